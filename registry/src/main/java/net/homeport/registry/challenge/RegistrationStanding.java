package net.homeport.registry.challenge;

import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Whether a registration still stands: it may do nothing that the credential which made it may not
 * do itself. Thread safe; touches no disk.
 */
public final class RegistrationStanding {
  private final HostRegistry hosts;
  private final HostAuthenticator authenticator;
  private final HostGrants grants;

  public RegistrationStanding(
      HostRegistry hosts, HostAuthenticator authenticator, HostGrants grants) {
    this.hosts = hosts;
    this.authenticator = authenticator;
    this.grants = grants;
  }

  /** The credential that made it; null if it is not known, or gone. */
  public @Nullable Credential maker(ChallengeRegistration registration) {
    return registration.credentialId() == ChallengeRegistration.NO_CREDENTIAL
        ? null
        : hosts.credential(registration.credentialId());
  }

  /** The host that it was made for; null if that is gone. No registration outlasts its host. */
  @Nullable Host host(ChallengeRegistration registration) {
    return hosts.host(registration.host());
  }

  /** Whether this host is there, and not another of its name. */
  boolean isThere(Host host) {
    return host.isSame(hosts.host(host.name()));
  }

  /** Whether it can never publish again: its host or the credential that made it is gone. */
  boolean isOrphaned(ChallengeRegistration registration) {
    return host(registration) == null
        || (registration.credentialId() != ChallengeRegistration.NO_CREDENTIAL
            && maker(registration) == null);
  }

  /**
   * Why it may publish nothing, wherever it is used from; null if it may. What the credential's
   * scope says of doors, networks and time is asked by {@link #objection(ChallengeRegistration,
   * RequestOrigin)}.
   */
  public @Nullable String objection(ChallengeRegistration registration) {
    Host host = host(registration);
    if (host == null) {
      return "its host is gone";
    }
    if (registration.credentialId() == ChallengeRegistration.NO_CREDENTIAL) {
      return null;
    }
    Credential maker = maker(registration);
    if (maker == null) {
      return "the credential that made it is gone";
    }
    if (!grants.mayChange(maker, host) || !grants.mayChange(maker, Type.TXT)) {
      return "the credential that made it may not change TXT records of its host";
    }
    CredentialProfile profile = hosts.profile(maker);
    return profile != null && profile.disabled() ? "the credential that made it is disabled" : null;
  }

  /** Why it may publish nothing from there; null if it may, which counts as a use of its maker. */
  @Nullable String objection(ChallengeRegistration registration, RequestOrigin origin) {
    String objection = objection(registration);
    Credential maker = maker(registration);
    return objection == null
            && maker != null
            && authenticator.admitted(maker, origin, false)
                instanceof Authentication.Unproven unproven
        ? "made with a credential that may not: " + unproven.why()
        : objection;
  }
}
