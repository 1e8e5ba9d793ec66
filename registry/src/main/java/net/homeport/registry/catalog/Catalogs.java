package net.homeport.registry.catalog;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All catalogs (RFC 9432), in memory over a durable store, and what keeps their content: a zone
 * that is added or removed is soon listed or listed no more. Safe for any thread.
 */
/*
 * One way: zones change, then the catalogs. What a commit changed is only noted on the writer's
 * thread; the update of the catalogs is submitted by a thread of its own, and may gather many zones.
 * A server that stops between both finds the difference at its next start, since all zones are looked
 * at then; the label of a member comes from the number of its creation, so that a zone that was
 * removed and added again in between is seen as well.
 */
public final class Catalogs implements ZoneRoles, AutoCloseable {
  /** Most catalogs. */
  public static final int CATALOGS_MAX = 64;

  private static final String ACTOR = "catalog";

  private final CatalogStore store;
  private final ZoneWriter writer;
  private final ZoneRoles copies;
  private final InstantSource clock;
  private final Map<Name, Catalog> catalogs = new ConcurrentHashMap<>();

  /** Being added: its zone may be there already, and is no member of other catalogs. */
  private volatile @Nullable Name adding;

  private final CatalogUpkeep upkeep;

  /**
   * Loads what the store holds; nothing changes before {@link #start}.
   *
   * @param copies tells which zones are copies of other servers' zones: they are no members
   */
  public Catalogs(CatalogStore store, ZoneWriter writer, ZoneRoles copies, InstantSource clock) {
    this.store = store;
    this.writer = writer;
    this.copies = copies;
    this.clock = clock;
    store.catalogs().forEach(catalog -> catalogs.put(catalog.zone(), catalog));
    upkeep = new CatalogUpkeep(writer, catalogs::values, this::creation, this::attribution);
  }

  /** Begins to keep the catalogs, all zones looked at. Called once. */
  public void start() {
    upkeep.start();
  }

  /** Notes what a commit has changed. Quick; does not wait. */
  public void committed(List<ZoneChange> changes) {
    for (ZoneChange change : changes) {
      switch (change) {
        case ZoneChange.Created created -> upkeep.changed(created.zone());
        case ZoneChange.Removed removed -> upkeep.changed(removed.zone());
        case ZoneChange.Leased _, Changeset _ -> {}
      }
    }
  }

  /** Which creation of a zone is to be listed; empty if it is not to be. */
  private OptionalLong creation(Catalog catalog, Name zone) {
    boolean belongs =
        writer.snapshot().zone(zone) != null
            && !isCatalog(zone)
            && !copies.isSecondary(zone)
            && !catalog.except().contains(zone);
    return belongs ? store.creation(zone) : OptionalLong.empty();
  }

  private Attribution attribution() {
    return new Attribution(ACTOR, ACTOR, null, clock.instant());
  }

  /** All of them in canonical order of their names (RFC 4034 6.1). */
  public List<Catalog> catalogs() {
    return catalogs.values().stream().sorted(Comparator.comparing(Catalog::zone)).toList();
  }

  /** That of this name, or null. */
  public @Nullable Catalog catalog(Name zone) {
    return catalogs.get(zone);
  }

  /** The zones that it lists at present, in canonical order; empty if there is no such catalog. */
  public List<Name> members(Name catalog) {
    Zone zone = catalogs.containsKey(catalog) ? writer.snapshot().zone(catalog) : null;
    return zone == null
        ? List.of()
        : CatalogContent.members(zone).keySet().stream().sorted().toList();
  }

  /**
   * Adds one; it lists the present zones a moment later.
   *
   * @param except zones that it leaves out
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized CatalogAddition add(Name name, Set<Name> except, Attribution actor) {
    ZoneSnapshot snapshot = writer.snapshot();
    if (catalogs.containsKey(name) || copies.isSecondary(name) || snapshot.zone(name) != null) {
      return new CatalogAddition.AlreadyThere(name);
    }
    if (name.length() > CatalogContent.APEX_OCTETS_MAX) {
      return new CatalogAddition.Refused(
          "the name of a catalog has at most %d octets, for names of 39 more stand in it"
              .formatted(CatalogContent.APEX_OCTETS_MAX));
    }
    if (except.size() > Catalog.EXCEPT_MAX) {
      return new CatalogAddition.Refused(
          "a catalog leaves out at most %d zones by name, not %d"
              .formatted(Catalog.EXCEPT_MAX, except.size()));
    }
    if (catalogs.size() >= CATALOGS_MAX) {
      return new CatalogAddition.Refused(
          "there are %d catalogs, and no more can be added".formatted(CATALOGS_MAX));
    }
    var catalog = new Catalog(name, except, actor.at());
    // Stored first: a catalog without its zone is made at the next start, the reverse would be
    // lost.
    store.put(catalog);
    adding = name;
    long serial = actor.at().getEpochSecond() & 0xFFFF_FFFFL;
    var created = new ZoneChange.Created(CatalogContent.empty(snapshot, name, serial), actor);
    CommitResult result = writer.create(created).join();
    CatalogAddition addition =
        switch (result) {
          case CommitResult.Committed _, CommitResult.Unchanged _ -> {
            catalogs.put(name, catalog);
            upkeep.changedAll();
            yield new CatalogAddition.Added(catalog);
          }
          case CommitResult.Refused _ -> {
            store.removeCatalog(name);
            yield new CatalogAddition.AlreadyThere(name);
          }
          case CommitResult.Failed failed -> {
            store.removeCatalog(name);
            yield new CatalogAddition.Failed(failed.incident());
          }
          case CommitResult.Overloaded _ -> {
            store.removeCatalog(name);
            yield new CatalogAddition.Failed("too many updates are waiting");
          }
        };
    adding = null;
    return addition;
  }

  private boolean forget(Name name) {
    if (!catalogs.containsKey(name)) {
      return false;
    }
    store.removeCatalog(name);
    return catalogs.remove(name) != null;
  }

  @Override
  public boolean isSecondary(Name zone) {
    return false;
  }

  @Override
  public boolean isCatalog(Name zone) {
    return catalogs.containsKey(zone) || zone.equals(adding);
  }

  @Override
  public synchronized boolean release(Name zone) {
    return forget(zone);
  }

  /** Stops keeping them; what is left is done at the next start. */
  @Override
  public void close() {
    upkeep.close();
  }
}
