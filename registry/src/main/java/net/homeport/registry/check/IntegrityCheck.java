package net.homeport.registry.check;

/** Reads all that is stored and tells what is wrong with it; changes nothing. Any thread. */
@FunctionalInterface
public interface IntegrityCheck {
  /**
   * Checks all of it, as it is at one instant; commits go on beside it.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it cannot be read at all, for
   *     another reason than damage
   */
  IntegrityReport check();
}
