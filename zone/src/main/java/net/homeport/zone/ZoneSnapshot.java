package net.homeport.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * All zones at one instant, immutable and shared by every reader, a transfer in progress included.
 *
 * <p>Look-ups touch memory only and take no lock. The next snapshot comes from the one writer and
 * shares all that did not change.
 */
public final class ZoneSnapshot {
  private final long seed;
  private final HashTrie<Zone> zones;

  /** Apexes of zones that are to come; one that has come stands in {@link #zones} too. */
  private final HashTrie<NameKey> awaited;

  private ZoneSnapshot(long seed, HashTrie<Zone> zones, HashTrie<NameKey> awaited) {
    this.seed = seed;
    this.zones = zones;
    this.awaited = awaited;
  }

  /**
   * A snapshot without zones.
   *
   * @param hashSeed random and secret for a process that serves others, so that nobody can choose
   *     names that collide; any number in a test
   */
  public static ZoneSnapshot empty(long hashSeed) {
    return new ZoneSnapshot(
        hashSeed, HashTrie.empty(ZoneKeys.KEYS), HashTrie.empty(AwaitedKeys.KEYS));
  }

  /** A reusable key for {@link #zoneOf}, with room for any name. */
  public NameKey newKey() {
    return new NameKey(seed);
  }

  /** Number of zones. */
  public int zoneCount() {
    return zones.size();
  }

  /** All zones, in no special order. */
  public List<Zone> zones() {
    var all = new ArrayList<Zone>(zones.size());
    zones.forEach(all::add);
    return all;
  }

  /** The zone with this apex, or null. */
  public @Nullable Zone zone(Name apex) {
    NameKey key = NameKey.of(seed, apex);
    return zones.get(key.suffixHash(0), key.wire(), 0, key.length());
  }

  /**
   * The zone in which the name lies: that of the longest matching apex, or null; null also if that
   * zone is awaited.
   */
  public @Nullable Zone zoneOf(Name name) {
    return zoneOf(NameKey.of(seed, name), 0);
  }

  /** The zone in which the name in {@code key} lies, or null. No allocation. */
  public @Nullable Zone zoneOf(NameKey key) {
    return zoneOf(key, 0);
  }

  private @Nullable Zone zoneOf(NameKey key, int firstLabel) {
    for (int label = firstLabel; label < key.labels(); label++) {
      int from = key.labelStart(label);
      Zone zone = zones.get(key.suffixHash(label), key.wire(), from, key.length() - from);
      if (zone != null) {
        return zone;
      }
      if (awaited.size() > 0 && isAwaited(key, label)) {
        return null;
      }
    }
    return null;
  }

  private boolean isAwaited(NameKey key, int label) {
    int from = key.labelStart(label);
    return awaited.get(key.suffixHash(label), key.wire(), from, key.length() - from) != null;
  }

  /** Whether a name that lies in no zone of here lies in one that is to come. */
  private boolean isInAwaited(NameKey key) {
    for (int label = 0; awaited.size() > 0 && label < key.labels(); label++) {
      if (isAwaited(key, label)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a zone of this apex is to come, and is not here. */
  public boolean isAwaited(Name apex) {
    return awaited.size() > 0 && isAwaited(NameKey.of(seed, apex), 0) && zone(apex) == null;
  }

  /**
   * What is true of this name and type.
   *
   * @param name absolute
   * @param type RR type or ANY; a DS question about an apex is answered by the parent zone if we
   *     have it (RFC 4035 3.1.4.1)
   */
  public LookupResult lookup(Name name, int type) {
    NameKey key = NameKey.of(seed, name);
    Zone zone = zoneOf(key, 0);
    if (zone != null && type == Type.DS && zone.apex().equals(name)) {
      Zone parent = zoneOf(key, 1);
      zone = parent == null ? zone : parent;
    }
    if (zone == null && type == Type.DS && isAwaited(key, 0)) {
      zone = zoneOf(key, 1);
    }
    if (zone != null) {
      return zone.lookup(name, type);
    }
    return isInAwaited(key) ? new LookupResult.NotReady() : new LookupResult.NotAuthoritative();
  }

  /** A snapshot in which this zone stands, in place of one with the same apex. */
  public ZoneSnapshot with(Zone zone) {
    return new ZoneSnapshot(seed, zones.with(zone), awaited);
  }

  /** A snapshot without the zone of this apex. */
  public ZoneSnapshot without(Name apex) {
    Zone zone = zone(apex);
    return zone == null ? this : new ZoneSnapshot(seed, zones.without(zone), awaited);
  }

  /**
   * A snapshot in which a zone of this apex is to come: until it is here, names in it are {@link
   * LookupResult.NotReady}, rather than nobody's, or those of a zone above it.
   */
  public ZoneSnapshot awaiting(Name apex) {
    return new ZoneSnapshot(seed, zones, awaited.with(NameKey.of(seed, apex)));
  }

  /** A snapshot in which no zone of this apex is to come. */
  public ZoneSnapshot notAwaiting(Name apex) {
    NameKey key = NameKey.of(seed, apex);
    return isAwaited(key, 0) ? new ZoneSnapshot(seed, zones, awaited.without(key)) : this;
  }

  /** An editor for a new zone that will stand in this snapshot. */
  public ZoneEditor newZone(Name apex) {
    return ZoneEditor.fresh(apex, seed);
  }

  /** A loader for a zone that a store kept, and that will stand in this snapshot. */
  public ZoneLoader newLoader(Name apex) {
    return new ZoneLoader(apex, seed);
  }

  /** How the table of zones reads a zone's key: the apex. */
  private enum ZoneKeys implements HashTrie.Keys<Zone> {
    KEYS;

    @Override
    public long hash(Zone zone) {
      return zone.apexHash();
    }

    @Override
    public boolean matches(Zone zone, byte[] name, int from, int length) {
      byte[] apex = zone.apexWire();
      return apex.length == length && Arrays.equals(apex, 0, length, name, from, from + length);
    }

    @Override
    public boolean sameKey(Zone one, Zone other) {
      return Arrays.equals(one.apexWire(), other.apexWire());
    }
  }

  /** How the table of zones that are to come reads a key. */
  private enum AwaitedKeys implements HashTrie.Keys<NameKey> {
    KEYS;

    @Override
    public long hash(NameKey key) {
      return key.suffixHash(0);
    }

    @Override
    public boolean matches(NameKey key, byte[] name, int from, int length) {
      return key.length() == length
          && Arrays.equals(key.wire(), 0, length, name, from, from + length);
    }

    @Override
    public boolean sameKey(NameKey one, NameKey other) {
      return matches(one, other.wire(), 0, other.length());
    }
  }
}
