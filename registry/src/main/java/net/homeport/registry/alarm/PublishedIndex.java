package net.homeport.registry.alarm;

import java.net.InetAddress;
import java.util.function.BiPredicate;
import net.homeport.registry.host.Host;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * For which host an address was first seen published. A hint: the zone is the truth, so entries are
 * not taken out when they cease to be true; whoever finds one looks whether it is, and a new one
 * may take its place. Not thread safe.
 *
 * <p>Two arrays, 12 octets a slot. An entry lies at most {@link #REACH} slots behind where its key
 * belongs, so that neither looking nor putting ever walks over many.
 */
final class PublishedIndex {
  /** Most slots; some three quarters of them can be in use. */
  static final int SLOTS_MAX = 1 << 22;

  /** How far an entry may lie behind the slot of its key. */
  private static final int REACH = 16;

  private static final int SLOTS_MIN = 1 << 10;

  private final int slotsMax;
  private final BiPredicate<Host, Long> isTrue;
  private long[] keys = new long[SLOTS_MIN];
  private @Nullable Host[] hosts = new Host[SLOTS_MIN];

  /**
   * @param isTrue whether the host publishes an address of that key now
   */
  PublishedIndex(BiPredicate<Host, Long> isTrue) {
    this(SLOTS_MAX, isTrue);
  }

  PublishedIndex(int slotsMax, BiPredicate<Host, Long> isTrue) {
    this.slotsMax = slotsMax;
    this.isTrue = isTrue;
  }

  /** What an address is found by. Two addresses may have the same: the zone tells them apart. */
  static long key(InetAddress address) {
    AddressBlock block = AddressBlock.of(address);
    return mix(mix(block.high()) + block.low());
  }

  /** The finalizer of SplitMix64: each bit of the key depends on each bit of the address. */
  private static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The host for this key, or null. */
  @Nullable Host get(long key) {
    int slot = slot(key);
    return slot >= 0 && keys[slot] == key ? hosts[slot] : null;
  }

  /**
   * Puts the host at this key, in place of another one.
   *
   * @return whether there was room
   */
  boolean put(long key, Host host) {
    int slot = slot(key);
    while (slot < 0) {
      slot = untrue(key);
      if (slot < 0 && !grow()) {
        return false;
      }
      slot = slot < 0 ? slot(key) : slot;
    }
    keys[slot] = key;
    hosts[slot] = host;
    return true;
  }

  /** The slot of this key, or the first empty one within its reach; negative if there is none. */
  private int slot(long key) {
    int mask = keys.length - 1;
    for (int i = 0; i < REACH; i++) {
      int slot = ((int) key + i) & mask;
      if (hosts[slot] == null || keys[slot] == key) {
        return slot;
      }
    }
    return -1;
  }

  /** A slot within the key's reach whose entry is not true any more; negative if there is none. */
  private int untrue(long key) {
    int mask = keys.length - 1;
    for (int i = 0; i < REACH; i++) {
      int slot = ((int) key + i) & mask;
      Host host = hosts[slot];
      if (host != null && !isTrue.test(host, keys[slot])) {
        return slot;
      }
    }
    return -1;
  }

  /** Twice the room, if that may be. */
  private boolean grow() {
    if (keys.length >= slotsMax) {
      return false;
    }
    long[] oldKeys = keys;
    @Nullable Host[] oldHosts = hosts;
    keys = new long[oldKeys.length * 2];
    hosts = new Host[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      Host host = oldHosts[i];
      int slot = host == null ? -1 : slot(oldKeys[i]);
      // That one finds no place among so many empty ones is next to impossible, and loses a hint.
      if (slot >= 0) {
        keys[slot] = oldKeys[i];
        hosts[slot] = host;
      }
    }
    return true;
  }

  /** How many slots there are. */
  int slots() {
    return keys.length;
  }
}
