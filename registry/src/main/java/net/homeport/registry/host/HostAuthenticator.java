package net.homeport.registry.host;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Authenticates devices by the credentials of their hosts. Thread safe.
 *
 * <p>A secret is found by its keyed hash, whatever user name it came with; the user name must then
 * be that of the credential, the name of a host that the credential is for (many devices have no
 * other field than the host's name), or empty. So a name that exists takes no other time than one
 * that does not. Expiry, networks, front doors and TLS come after the secret was right.
 */
public final class HostAuthenticator implements Authenticator {
  private final HostRegistry registry;
  private final SecretHasher hasher;
  private final HostGrants grants;
  private final FailedAttempts attempts;
  private final @Nullable CredentialUses uses;
  private final @Nullable RequestSignatures signatures;
  private final @Nullable HashedLogins logins;
  private final InstantSource clock;

  /** Of a registry that keeps no uses and knows no signing secrets. */
  public HostAuthenticator(HostRegistry registry, SecretHasher hasher) {
    this(registry, hasher, new HostGrants(registry, SiteMembers.NONE), null, null);
  }

  /**
   * @param uses told of each success; null if nobody keeps them
   * @param signatures verifies signed requests; null if there are none
   */
  public HostAuthenticator(
      HostRegistry registry,
      SecretHasher hasher,
      HostGrants grants,
      @Nullable CredentialUses uses,
      @Nullable RequestSignatures signatures) {
    this.registry = registry;
    this.hasher = hasher;
    this.grants = grants;
    this.uses = uses;
    this.signatures = signatures;
    this.logins = signatures == null ? null : new HashedLogins(registry, signatures, hasher);
    this.clock = registry.clock();
    this.attempts = new FailedAttempts(clock);
  }

  @Override
  public Authentication authenticate(Presented presented, RequestOrigin origin) {
    return switch (presented) {
      case Presented.Password password -> {
        SecretHash given = hasher.hash(password.secret());
        Credential found = withSecret(given);
        boolean right = found != null && isMeant(password.username(), found);
        Credential claimed = registry.credential(password.username());
        yield judged(
            right ? found : null,
            claimed == null ? 0 : claimed.id(),
            given,
            origin,
            "unknown user name or wrong secret");
      }
      // Found by its keyed hash: where the search ends tells nothing to who lacks the key.
      case Presented.Token token -> {
        SecretHash given = hasher.hash(token.token());
        yield judged(withSecret(given), 0, given, origin, "unknown token");
      }
      case Presented.Signed signed -> {
        Credential named = registry.credential(signed.username());
        yield verified(named, origin, signed.signature(), true, (by, of) -> by.check(signed, of));
      }
      // An answer to a challenge says nothing of what is asked, so it is no signature.
      case Presented.Challenged challenged -> {
        Credential full = registry.credential(challenged.fullName());
        Credential named = full == null ? registry.credential(challenged.username()) : full;
        yield verified(
            named, origin, challenged.digest(), false, (by, of) -> by.check(challenged, of));
      }
      // Nor is a login that is the same each time.
      case Presented.Hashed hashed -> {
        Credential named = logins == null ? null : logins.find(hashed.digest());
        String username = named == null ? "" : named.username();
        yield verified(
            named, origin, hashed.digest(), false, (by, of) -> by.check(hashed, username, of));
      }
    };
  }

  /** The credential of which this is a secret now, or null. */
  private @Nullable Credential withSecret(SecretHash given) {
    Credential credential = registry.withSecret(given);
    if (credential == null || given.isSame(credential.secretHash())) {
      return credential;
    }
    CredentialProfile profile = registry.profile(credential);
    Instant now = clock.instant();
    boolean valid =
        profile != null
            && profile.older().stream()
                .anyMatch(older -> older.hash().isSame(given) && older.isValid(now));
    return valid ? credential : null;
  }

  private boolean isMeant(String username, Credential found) {
    if (username.isEmpty() || username.equalsIgnoreCase(found.username())) {
      return true;
    }
    try {
      Host host = registry.host(Name.fromString(username, Name.root));
      return host != null && grants.mayChange(found, host);
    } catch (TextParseException _) {
      return false;
    }
  }

  private Authentication judged(
      @Nullable Credential right, long aimedAt, SecretHash given, RequestOrigin origin, String no) {
    Authentication postponed = postponed(right, origin.source());
    if (postponed != null) {
      return postponed;
    }
    if (right == null) {
      attempts.failed(origin.source(), aimedAt, given);
      return new Authentication.Unproven(no);
    }
    attempts.succeeded(origin.source(), right.id());
    return admitted(right, origin, false);
  }

  /** What is right is not looked at either while its address waits, unless it is known there. */
  private @Nullable Authentication postponed(@Nullable Credential right, InetAddress source) {
    Duration wait = attempts.wait(source, right == null ? 0 : right.id());
    return wait == null || (right != null && registry.publishes(right, source))
        ? null
        : new Authentication.Postponed("too many wrong secrets came from this address", wait);
  }

  /**
   * Whether a credential may be used like this, once it is certain whose it is; if so, it counts as
   * used.
   *
   * @param isSigned whether no secret was sent that whoever listens could use
   */
  public Authentication admitted(Credential credential, RequestOrigin origin, boolean isSigned) {
    Instant now = clock.instant();
    String objection = objection(credential, origin, isSigned, now);
    if (objection != null) {
      return new Authentication.Unproven(objection);
    }
    if (uses != null) {
      uses.used(credential.id(), now);
    }
    return new Authentication.Proven(credential);
  }

  @Override
  public @Nullable String objection(Credential credential, RequestOrigin origin) {
    return objection(credential, origin, false, clock.instant());
  }

  @Override
  public @Nullable String objectionTo(Credential credential, RequestOrigin origin, Instant at) {
    Instant now = clock.instant();
    CredentialProfile profile = registry.profile(credential);
    if (profile == null) {
      return null;
    }
    // Who replaces a secret at once does not trust who has the old one.
    Instant made = profile.secretCreatedAt();
    boolean replaced = made != null && made.isAfter(at);
    return replaced && profile.older().stream().noneMatch(older -> older.isValid(now))
        ? "the secret that proved it was replaced since"
        : objection(credential, origin, true, now);
  }

  private @Nullable String objection(
      Credential credential, RequestOrigin origin, boolean isSigned, Instant now) {
    CredentialProfile profile = registry.profile(credential);
    if (profile == null) {
      return null;
    }
    return profile.disabled()
        ? "the credential is disabled"
        : profile.scope().objection(origin, isSigned, lastUse(credential, profile), now);
  }

  /** Unused since: the last use, or when the present secret was made. */
  private Instant lastUse(Credential credential, CredentialProfile profile) {
    Instant used = uses == null ? null : uses.lastUse(credential.id());
    Instant made = profile.secretCreatedAt();
    Instant since = made == null ? credential.createdAt() : made;
    return used != null && used.isAfter(since) ? used : since;
  }

  /** How something is verified that was made with a signing secret. */
  @FunctionalInterface
  private interface Verification {
    RequestSignatures.Check of(RequestSignatures by, @Nullable CredentialProfile profile);
  }

  private Authentication verified(
      @Nullable Credential named,
      RequestOrigin origin,
      String proof,
      boolean isSigned,
      Verification verification) {
    if (signatures == null) {
      return new Authentication.Unproven("signed requests are not taken here");
    }
    CredentialProfile profile = named == null ? null : registry.profile(named);
    Authentication postponed = postponed(null, origin.source());
    if (postponed != null && !isKnown(named, origin.source())) {
      return postponed;
    }
    return switch (verification.of(signatures, profile)) {
      case RequestSignatures.Check.Right _ when named != null -> {
        attempts.succeeded(origin.source(), named.id());
        yield admitted(named, origin, isSigned);
      }
      case RequestSignatures.Check.Right _ ->
          throw new IllegalStateException("signed by a credential that is not there");
      case RequestSignatures.Check.Wrong wrong -> {
        attempts.failed(origin.source(), named == null ? 0 : named.id(), hasher.hash(proof));
        yield new Authentication.Unproven(wrong.why());
      }
      case RequestSignatures.Check.Stale stale -> new Authentication.Unproven(stale.why());
      case RequestSignatures.Check.NotNow not ->
          new Authentication.Postponed(not.why(), not.retryAfter());
    };
  }

  private boolean isKnown(@Nullable Credential named, InetAddress source) {
    return named != null
        && (attempts.wait(source, named.id()) == null || registry.publishes(named, source));
  }
}
