package net.homeport.registry.secondary;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.homeport.registry.host.ZoneRoles;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All mirrored zones, in memory over a durable store. Reads take no lock; changes come one after
 * the other, stored first.
 */
public final class MirroredZones implements ZoneRoles {
  /** Most of them; each has a thread and a timer. */
  public static final int ZONES_MAX = 10_000;

  private final MirroredZoneStore store;
  private final Predicate<Name> exists;
  private final Map<Name, MirroredZone> zones = new ConcurrentHashMap<>();
  private volatile @Nullable MirrorKeeper keeper;

  /**
   * Loads what the store holds.
   *
   * @param exists whether there is a zone of this name, mirrored or not
   */
  public MirroredZones(MirroredZoneStore store, Predicate<Name> exists) {
    this.store = store;
    this.exists = exists;
    store.mirroredZones().forEach(zone -> zones.put(zone.zone(), zone));
  }

  /** Has all of them kept from now on. Called once, before anything is added. */
  public synchronized void keepBy(MirrorKeeper wanted) {
    keeper = wanted;
    zones.values().forEach(wanted::keep);
  }

  /** All of them in canonical order of their names (RFC 4034 6.1). */
  public List<MirroredZone> zones() {
    return zones.values().stream().sorted(Comparator.comparing(MirroredZone::zone)).toList();
  }

  /** That of this name, or null. */
  public @Nullable MirroredZone zone(Name name) {
    return zones.get(name);
  }

  /** How it stands with one; null if there is none. */
  public @Nullable MirrorStatus status(Name zone) {
    MirrorKeeper present = keeper;
    return present == null ? null : present.status(zone);
  }

  /** As {@link MirrorKeeper#check}. */
  public @Nullable CompletableFuture<MirrorStatus> check(Name zone, boolean all) {
    MirrorKeeper present = keeper;
    return present == null ? null : present.check(zone, all);
  }

  /**
   * Adds one; its primaries are asked at once.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized MirrorAddition add(MirroredZone zone) {
    if (zones.containsKey(zone.zone()) || exists.test(zone.zone())) {
      return new MirrorAddition.AlreadyThere(zone.zone());
    }
    int primaries = zone.primaries().size();
    if (primaries == 0 || primaries > MirroredZone.PRIMARIES_MAX) {
      return new MirrorAddition.Refused(
          "a zone has 1 to %d primaries, not %d".formatted(MirroredZone.PRIMARIES_MAX, primaries));
    }
    if (zones.size() >= ZONES_MAX) {
      return new MirrorAddition.Refused(
          "there are %d zones of other primaries, and no more can be added".formatted(ZONES_MAX));
    }
    store.put(zone);
    zones.put(zone.zone(), zone);
    MirrorKeeper present = keeper;
    if (present != null) {
      present.keep(zone);
    }
    return new MirrorAddition.Added(zone);
  }

  /** A primary was heard; nothing happens if the zone is not mirrored any more. */
  public synchronized void heard(Name name, Instant at, boolean transferred) {
    MirroredZone zone = zones.get(name);
    if (zone != null) {
      MirroredZone next = zone.heard(at, transferred);
      store.put(next);
      zones.put(name, next);
    }
  }

  @Override
  public boolean isSecondary(Name zone) {
    return zones.containsKey(zone);
  }

  @Override
  public boolean release(Name name) {
    MirrorKeeper present = keeper;
    // Not under the lock: the keeper waits for a thread that may be about to say what it heard.
    if (zones.containsKey(name) && present != null) {
      present.release(name);
    }
    return forget(name);
  }

  private synchronized boolean forget(Name name) {
    if (!zones.containsKey(name)) {
      return false;
    }
    store.removeMirroredZone(name);
    return zones.remove(name) != null;
  }
}
