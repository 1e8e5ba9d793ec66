package net.homeport.registry.host;

import java.util.Collection;
import java.util.List;

/** Which hosts stand at which site. Thread safe; touches no disk. */
@FunctionalInterface
public interface SiteMembers {
  /** There are no sites. */
  SiteMembers NONE = (_, _) -> false;

  /** Whether the host is one of that site. */
  boolean isMember(String site, Host host);

  /** Whether there is a site of that name. */
  default boolean exists(String site) {
    return !hostsOf(site).isEmpty();
  }

  /** The hosts of that site, in no order. */
  default Collection<Host> hostsOf(String site) {
    return List.of();
  }
}
