package net.homeport.zone;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.xbill.DNS.Name;

/**
 * A domain name ready for look-up: its wire form in lower case (RFC 4343) and the hash of each of
 * its suffixes, so that the zone, the owner name and its ancestors are found without hashing twice.
 *
 * <p>Reusable: a listener thread keeps one and fills it for each query. Not thread safe.
 */
public final class NameKey {
  /** Longest name in wire form, in octets (RFC 1035 2.3.4). */
  public static final int MAX_OCTETS = 255;

  /** Longest label, in octets (RFC 1035 2.3.4). */
  static final int MAX_LABEL_OCTETS = 63;

  private static final int MAX_LABELS = 127;
  private static final int POINTER_OR_EXTENDED = 0xC0;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed;
  private final byte[] wire;
  private final short[] labelStart;
  private final long[] suffixHash;
  private int length;
  private int labels;

  /**
   * An empty key with room for any name.
   *
   * @param seed the hash seed of the snapshot in which to look up; see {@link ZoneSnapshot#newKey}
   */
  NameKey(long seed) {
    this.seed = seed;
    this.wire = new byte[MAX_OCTETS];
    this.labelStart = new short[MAX_LABELS + 1];
    this.suffixHash = new long[MAX_LABELS + 1];
  }

  private NameKey(long seed, Name name) {
    this.seed = seed;
    this.wire = name.toWire();
    this.labelStart = new short[name.labels()];
    this.suffixHash = new long[name.labels()];
    if (!index(wire.length)) {
      throw new IllegalStateException("not a valid name: " + name);
    }
  }

  /** The key of an absolute name. */
  static NameKey of(long seed, Name name) {
    return new NameKey(seed, name);
  }

  /**
   * Where the caller puts the name's wire form before {@link #index}: at most {@link #MAX_OCTETS}.
   */
  public byte[] buffer() {
    return wire;
  }

  /**
   * Indexes the uncompressed name at the start of {@link #buffer}, of which {@code available}
   * octets are valid; lowers its case in place.
   *
   * @return false if it is no complete uncompressed name; then the key must not be used
   */
  public boolean index(int available) {
    int count = 0;
    int at = 0;
    while (true) {
      if (at >= available) {
        return false;
      }
      int label = wire[at] & 0xFF;
      if ((label & POINTER_OR_EXTENDED) != 0 || count == labelStart.length) {
        return false;
      }
      labelStart[count++] = (short) at;
      at++;
      if (label == 0) {
        break;
      }
      int end = at + label;
      if (end >= available) {
        return false;
      }
      for (; at < end; at++) {
        int octet = wire[at];
        if (octet >= 'A' && octet <= 'Z') {
          wire[at] = (byte) (octet | 0x20);
        }
      }
    }
    length = at;
    labels = count;
    hashSuffixes();
    return true;
  }

  private void hashSuffixes() {
    long hash = seed;
    suffixHash[labels - 1] = hash;
    for (int label = labels - 2; label >= 0; label--) {
      hash = hashLabel(hash, wire, labelStart[label]);
      suffixHash[label] = hash;
    }
  }

  /**
   * Extends the hash of a suffix by the label (with its length octet) that stands at {@code at}.
   */
  static long hashLabel(long hash, byte[] wire, int at) {
    int left = wire[at] + 1;
    long state = hash;
    for (; left >= Long.BYTES; left -= Long.BYTES, at += Long.BYTES) {
      state = mix(state ^ (long) LONG.get(wire, at));
    }
    if (left > 0) {
      long tail = left;
      for (int i = 0; i < left; i++) {
        tail = tail << 8 | (wire[at + i] & 0xFF);
      }
      state = mix(state ^ tail);
    }
    return state;
  }

  private static long mix(long value) {
    // The finaliser of SplitMix64: each input bit reaches each output bit.
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Octets of the name in wire form, the root label included. */
  public int length() {
    return length;
  }

  /** Number of labels, the root label included: 1 for the root. */
  public int labels() {
    return labels;
  }

  /** A hash of the name, without regard to case; secret, as its seed is. */
  public long hash() {
    return suffixHash[0];
  }

  /** Where label {@code label} starts in {@link #wire}; label 0 is the leftmost. */
  int labelStart(int label) {
    return labelStart[label];
  }

  /** Hash of the suffix that starts at label {@code label}. */
  long suffixHash(int label) {
    return suffixHash[label];
  }

  byte[] wire() {
    return wire;
  }

  /** The lower-case octets of the labels from the leftmost up to the suffix of that many octets. */
  byte[] relative(int suffixLength) {
    return Arrays.copyOf(wire, length - suffixLength);
  }
}
