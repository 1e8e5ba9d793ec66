package net.homeport.registry.catalog;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.zone.update.ZoneChange;
import org.xbill.DNS.Name;

/** Catalogs in memory, and the creations of zones as a journal in memory numbers them. */
final class MemoryCatalogStore implements CatalogStore {
  private final Map<Name, Catalog> catalogs = new ConcurrentHashMap<>();
  private final Map<Name, Long> creations = new ConcurrentHashMap<>();
  private long last;

  /** Numbers what a commit creates; called before the commit is visible. */
  void append(List<ZoneChange> batch) {
    for (ZoneChange change : batch) {
      if (change instanceof ZoneChange.Created) {
        creations.put(change.zone(), ++last);
      } else if (change instanceof ZoneChange.Removed) {
        creations.remove(change.zone());
      }
    }
  }

  @Override
  public List<Catalog> catalogs() {
    return List.copyOf(catalogs.values());
  }

  @Override
  public void put(Catalog catalog) {
    catalogs.put(catalog.zone(), catalog);
  }

  @Override
  public void removeCatalog(Name zone) {
    catalogs.remove(zone);
  }

  @Override
  public OptionalLong creation(Name zone) {
    Long creation = creations.get(zone);
    return creation == null ? OptionalLong.empty() : OptionalLong.of(creation);
  }
}
