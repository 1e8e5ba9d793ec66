package net.homeport.registry.host;

import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import org.jspecify.annotations.Nullable;

/** What became of the wish to change a credential. */
public sealed interface CredentialChange {
  /**
   * Done.
   *
   * @param credential as it is now; as it was, if it was removed
   * @param secret a secret that was made, to be shown once; null if none was
   * @param signingSecret a secret that signs requests, to be shown once; null if none was made
   */
  record Done(
      Credential credential,
      CredentialProfile profile,
      @Nullable String secret,
      @Nullable String signingSecret)
      implements CredentialChange {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Done[" + credential + "]";
    }
  }

  /** A credential of that user name exists. */
  record AlreadyThere(Credential credential) implements CredentialChange {}

  /** There is no credential of that user name. */
  record NoSuchCredential(String username) implements CredentialChange {}

  /** It makes no sense; the words say why and what to do. */
  record Refused(String why) implements CredentialChange {}
}
