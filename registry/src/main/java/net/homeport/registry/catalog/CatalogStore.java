package net.homeport.registry.catalog;

import java.util.List;
import java.util.OptionalLong;
import org.xbill.DNS.Name;

/** Where catalogs are durable. Every change is on disk when the method returns. */
public interface CatalogStore {
  /** All of them. */
  List<Catalog> catalogs();

  /**
   * Keeps one, in place of one of the same name.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was stored
   */
  void put(Catalog catalog);

  /**
   * Forgets one.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was removed
   */
  void removeCatalog(Name zone);

  /**
   * A number that belongs to the present creation of a zone: one that is removed and added again
   * has another. Empty if there is no such zone.
   */
  OptionalLong creation(Name zone);
}
