package net.homeport.registry.alarm;

import java.net.InetAddress;
import java.util.function.BiPredicate;
import net.homeport.registry.host.Host;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * For which host an address was first seen published. A hint: the zone is the truth, so entries are
 * not taken out when they cease to be true; whoever finds one looks whether it is. Not thread safe.
 *
 * <p>Two arrays, 12 octets a slot, so that a million hosts take some 50 MB.
 */
final class PublishedIndex {
  /** Most slots; three quarters of them may be in use. */
  static final int SLOTS_MAX = 1 << 22;

  private static final int SLOTS_MIN = 1 << 10;

  private final int slotsMax;
  private final BiPredicate<Host, Long> isTrue;
  private long[] keys = new long[SLOTS_MIN];
  private @Nullable Host[] hosts = new Host[SLOTS_MIN];
  private int used;

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
    return hosts[slot(key)];
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (hosts[slot] != null && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Puts the host at this key, in place of another one.
   *
   * @return whether there was room
   */
  boolean put(long key, Host host) {
    if (used >= keys.length / 4 * 3 && hosts[slot(key)] == null) {
      rebuild();
      if (used >= keys.length / 4 * 3) {
        return false;
      }
    }
    int slot = slot(key);
    used += hosts[slot] == null ? 1 : 0;
    keys[slot] = key;
    hosts[slot] = host;
    return true;
  }

  /** Keeps what is true; twice the room if that is still much. */
  private void rebuild() {
    long[] oldKeys = keys;
    @Nullable Host[] oldHosts = hosts;
    boolean[] keep = new boolean[oldKeys.length];
    int kept = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      Host host = oldHosts[i];
      keep[i] = host != null && isTrue.test(host, oldKeys[i]);
      kept += keep[i] ? 1 : 0;
    }
    int slots = kept > oldKeys.length / 2 ? Math.min(oldKeys.length * 2, slotsMax) : oldKeys.length;
    keys = new long[slots];
    hosts = new Host[slots];
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      Host host = oldHosts[i];
      if (keep[i] && host != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        hosts[slot] = host;
        used++;
      }
    }
  }

  /** How many entries there are. */
  int size() {
    return used;
  }
}
