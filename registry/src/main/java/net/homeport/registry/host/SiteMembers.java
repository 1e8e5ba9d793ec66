package net.homeport.registry.host;

/** Which hosts stand at which site. Thread safe; touches no disk. */
@FunctionalInterface
public interface SiteMembers {
  /** There are no sites. */
  SiteMembers NONE = (_, _) -> false;

  /** Whether the host is one of that site. */
  boolean isMember(String site, Host host);
}
