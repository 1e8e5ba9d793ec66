package net.homeport.registry.naming;

import org.jspecify.annotations.Nullable;

/** Where lists of names are durable. Every change is on disk when the method returns. */
public interface NameListStore {
  /** The list's text; null if it was never set, or was reset. */
  @Nullable String list(NameRules.Kind kind);

  /**
   * Keeps it.
   *
   * @param text null to forget it
   * @throws net.homeport.registry.host.RegistryStoreException when it was not stored
   */
  void put(NameRules.Kind kind, @Nullable String text);
}
