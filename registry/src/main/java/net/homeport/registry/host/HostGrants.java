package net.homeport.registry.host;

import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.NameScope;

/**
 * Which credential is for which hosts, as its scope says. Thread safe; touches no disk, and
 * allocates nothing for credentials without a profile.
 */
public final class HostGrants {
  private final HostRegistry registry;
  private final SiteMembers sites;

  public HostGrants(HostRegistry registry, SiteMembers sites) {
    this.registry = registry;
    this.sites = sites;
  }

  /** Whether it is for this host. */
  public boolean mayChange(Credential credential, Host host) {
    CredentialProfile profile = registry.profile(credential);
    return profile == null
        ? host.credentialId() == credential.id()
        : covers(profile.scope().names(), credential, host);
  }

  private boolean covers(NameScope names, Credential credential, Host host) {
    return switch (names) {
      case NameScope.Own _ -> host.credentialId() == credential.id();
      case NameScope.Listed listed ->
          listed.entries().stream().anyMatch(entry -> entry.covers(host.name()));
      case NameScope.OfSite of -> sites.isMember(of.site(), host);
    };
  }

  /** Whether it may change records of this type. */
  public boolean mayChange(Credential credential, int type) {
    CredentialProfile profile = registry.profile(credential);
    return profile == null || profile.scope().allowsType(type);
  }
}
