package net.homeport.nameserver.cookie;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) over whole 64-bit words and one last half word.
 * Allocates nothing.
 */
final class SipHash {
  private static final long C0 = 0x736f6d6570736575L;
  private static final long C1 = 0x646f72616e646f6dL;
  private static final long C2 = 0x6c7967656e657261L;
  private static final long C3 = 0x7465646279746573L;

  private SipHash() {}

  /** The hash of 20 octets: two words, then four octets; all least significant octet first. */
  static long of20(CookieSecret key, long first, long second, int last) {
    return hash(key, 2, first, second, 0, 0, 20L << 56 | Integer.toUnsignedLong(last));
  }

  /** The hash of 32 octets: four words, least significant octet first. */
  static long of32(CookieSecret key, long first, long second, long third, long fourth) {
    return hash(key, 4, first, second, third, fourth, 32L << 56);
  }

  private static long hash(
      CookieSecret key, int words, long w0, long w1, long w2, long w3, long tail) {
    long v0 = key.k0() ^ C0;
    long v1 = key.k1() ^ C1;
    long v2 = key.k0() ^ C2;
    long v3 = key.k1() ^ C3;
    // Words 0 .. words - 1, then the tail; after it four rounds of finishing.
    for (int word = 0; word <= words + 2; word++) {
      long m;
      if (word > words) {
        m = 0;
      } else if (word == words) {
        m = tail;
      } else {
        m = word == 0 ? w0 : word == 1 ? w1 : word == 2 ? w2 : w3;
      }
      if (word == words + 1) {
        v2 ^= 0xff;
      }
      v3 ^= m;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= m;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
