package net.homeport.registry.host;

import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;

/** Authenticates devices by the credentials of their hosts. Thread safe. */
public final class HostAuthenticator implements Authenticator {
  private final HostRegistry registry;
  private final SecretHasher hasher;
  private final SecretHash nobodysHash;

  public HostAuthenticator(HostRegistry registry, SecretHasher hasher) {
    this.registry = registry;
    this.hasher = hasher;
    this.nobodysHash = hasher.hash(hasher.newSecret());
  }

  @Override
  public Authentication authenticate(Presented presented, RequestOrigin origin) {
    return switch (presented) {
      case Presented.Password password -> {
        Credential credential = registry.credential(password.username());
        SecretHash given = hasher.hash(password.secret());
        boolean right = given.equals(credential == null ? nobodysHash : credential.secretHash());
        yield right && credential != null
            ? new Authentication.Proven(credential)
            : new Authentication.Unproven("unknown user name or wrong secret");
      }
      case Presented.Token token -> {
        // Found by its keyed hash: where the search ends tells nothing to who lacks the key.
        Credential credential = registry.credentialOf(hasher.hash(token.token()));
        yield credential == null
            ? new Authentication.Unproven("unknown token")
            : new Authentication.Proven(credential);
      }
    };
  }
}
