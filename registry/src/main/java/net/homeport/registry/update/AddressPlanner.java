package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;

/**
 * Turns what was asked into what shall be: of the host that was asked for, and of others whose
 * addresses follow from it. Thread safe; touches no disk.
 */
@FunctionalInterface
public interface AddressPlanner {
  /**
   * What shall be; RRsets that are left as they are do not appear.
   *
   * @param credential who asks
   */
  List<PlannedRrset> plan(Host host, HostWish wish, Credential credential);
}
