package net.homeport.registry.peer;

import java.util.List;

/** Where secondaries are durable. Every change is on disk when the method returns. */
public interface SecondaryStore {
  /** All secondaries. */
  List<Secondary> secondaries();

  /**
   * Adds a secondary.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was stored
   */
  void add(Secondary secondary);

  /**
   * Removes the secondary of this name.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was removed
   */
  void remove(String name);
}
