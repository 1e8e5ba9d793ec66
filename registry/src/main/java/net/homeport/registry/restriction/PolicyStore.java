package net.homeport.registry.restriction;

import java.util.List;
import net.homeport.registry.host.RegistryStoreException;

/**
 * Where settings are durable. Every change is on disk when the method returns. Those of a host go
 * with the host.
 */
public interface PolicyStore {
  /** All that is set. */
  List<StoredSetting> settings();

  /**
   * Sets it, in place of what was set of that name in that scope.
   *
   * @throws RegistryStoreException when it was not stored
   */
  void put(StoredSetting setting);

  /**
   * Unsets it.
   *
   * @throws RegistryStoreException when it is still stored
   */
  void remove(PolicyScope scope, String setting);
}
