package net.homeport.registry.secondary;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.secondary.MirroredZone.PrimaryTls;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All mirrored zones, in memory over a durable store. Reads take no lock; changes come one after
 * the other, stored first.
 */
public final class MirroredZones implements ZoneRoles {
  /** Most of them; each has a thread and a timer. */
  public static final int ZONES_MAX = 10_000;

  /** Most of the time, a check finds nothing new: a synced write for each would be too many. */
  public static final Duration WRITE_INTERVAL = Duration.ofMinutes(1);

  private final MirroredZoneStore store;
  private final Predicate<Name> exists;
  private final Map<Name, MirroredZone> zones = new ConcurrentHashMap<>();
  private final Set<Name> unwritten = new HashSet<>(); // guarded by this
  private Instant written = Instant.EPOCH; // guarded by this
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
    PrimaryTls tls = zone.tls();
    String problem = tls == null ? null : PrimaryTlsChecks.problem(tls);
    if (problem != null) {
      return new MirrorAddition.Refused(problem);
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

  /**
   * A primary was heard; nothing happens if the zone is not mirrored any more. What was heard is
   * durable within {@link #WRITE_INTERVAL} of the next that is heard, or by {@link #flush}: after a
   * crash a zone may seem not to have been heard for longer than it was, and is asked for at once.
   */
  public synchronized void heard(Name name, Instant at, boolean transferred) {
    MirroredZone zone = zones.get(name);
    if (zone == null) {
      return;
    }
    zones.put(name, zone.heard(at, transferred));
    unwritten.add(name);
    boolean isFirst = zone.lastChecked() == null;
    if (isFirst || Duration.between(written, at).abs().compareTo(WRITE_INTERVAL) >= 0) {
      flush();
      written = at;
    }
  }

  /** Makes durable what was heard; to be called when nothing is heard any more. */
  public synchronized void flush() {
    if (!unwritten.isEmpty()) {
      store.putAll(unwritten.stream().map(zones::get).filter(Objects::nonNull).toList());
      unwritten.clear();
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
    unwritten.remove(name);
    return zones.remove(name) != null;
  }
}
