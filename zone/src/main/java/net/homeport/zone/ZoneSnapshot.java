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

  private ZoneSnapshot(long seed, HashTrie<Zone> zones) {
    this.seed = seed;
    this.zones = zones;
  }

  /**
   * A snapshot without zones.
   *
   * @param hashSeed random and secret for a process that serves others, so that nobody can choose
   *     names that collide; any number in a test
   */
  public static ZoneSnapshot empty(long hashSeed) {
    return new ZoneSnapshot(hashSeed, HashTrie.empty(ZoneKeys.KEYS));
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

  /** The zone in which the name lies: that of the longest matching apex, or null. */
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
    }
    return null;
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
    return zone == null ? new LookupResult.NotAuthoritative() : zone.lookup(name, type);
  }

  /** A snapshot in which this zone stands, in place of one with the same apex. */
  public ZoneSnapshot with(Zone zone) {
    return new ZoneSnapshot(seed, zones.with(zone));
  }

  /** A snapshot without the zone of this apex. */
  public ZoneSnapshot without(Name apex) {
    Zone zone = zone(apex);
    return zone == null ? this : new ZoneSnapshot(seed, zones.without(zone));
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
}
