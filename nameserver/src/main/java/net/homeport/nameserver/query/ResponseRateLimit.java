package net.homeport.nameserver.query;

import java.util.List;
import net.homeport.zone.address.AddressBlock;

/**
 * Response rate limiting: the same answer goes to the same network so often a second and not
 * oftener, so that forged queries cannot turn this server against a third party. What is over the
 * limit is dropped, but for one in so many, which is answered in short: a real asker then comes by
 * TCP or with a cookie.
 *
 * <p>The same answer is that about one name that exists; or any other about one zone, as a flood of
 * random names would never repeat. A network is 24 bits of IPv4 or 56 of IPv6.
 *
 * <p>Allocates nothing. Shared by all workers without a lock: a race may lose a count. The table
 * has a fixed size; two answers that fall on one entry take it from each other, and are limited
 * less.
 */
public final class ResponseRateLimit {
  /** Answers a second, unless told otherwise. */
  public static final int PER_SECOND_DEFAULT = 200;

  /** The most that may be asked for: what an entry can count. */
  public static final int PER_SECOND_MAX = 100_000;

  /** Of the answers over the limit, one in so many is sent in short, unless told otherwise. */
  public static final int SLIP_DEFAULT = 2;

  private static final int ENTRIES = 1 << 16;
  private static final int SECOND_BITS = 16;
  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long TAG_MASK = -1L << (SECOND_BITS + COUNT_BITS);
  private static final long SECOND_MASK = (1L << SECOND_BITS) - 1;
  private static final long LOOPBACK_IPV4 = 0xFFFF_7FL;
  private static final long LOOPBACK_IPV6 = 1;
  private static final long IPV6_NETWORK = -1L << 8;
  private static final long IPV4_NETWORK = -1L << 8;

  // An entry: 24 bits that tell keys apart, 16 of the second, 24 that count.
  private final long[] entries = new long[ENTRIES];
  private final int perSecond;
  private final int slip;
  private final List<AddressBlock> exempt;
  private final long secret;
  private final boolean sparesThisMachine;

  /**
   * @param perSecond from 1 to {@link #PER_SECOND_MAX}; 0 limits nothing
   * @param slip one in so many is sent in short; 0 drops all
   * @param exempt networks that are never limited, beside this machine itself
   * @param secret a random number, so that nobody can choose names that share an entry
   */
  public ResponseRateLimit(int perSecond, int slip, List<AddressBlock> exempt, long secret) {
    this(perSecond, slip, exempt, secret, true);
  }

  ResponseRateLimit(
      int perSecond, int slip, List<AddressBlock> exempt, long secret, boolean sparesThisMachine) {
    if (perSecond < 0 || perSecond > PER_SECOND_MAX || slip < 0) {
      throw new IllegalArgumentException("rate %d, slip %d".formatted(perSecond, slip));
    }
    this.perSecond = perSecond;
    this.slip = slip;
    this.exempt = List.copyOf(exempt);
    this.secret = secret | 1;
    this.sparesThisMachine = sparesThisMachine;
  }

  /** Limits nothing. */
  public static ResponseRateLimit off() {
    return new ResponseRateLimit(0, 0, List.of(), 0);
  }

  /** What to do with an answer. */
  enum Decision {
    SEND,
    SEND_SHORT,
    DROP
  }

  /**
   * Whether this asker, whose address may be forged, is limited at all.
   *
   * @param high the first 64 bits of the address, IPv4 as {@code ::ffff:a.b.c.d}
   * @param low the last 64 bits
   */
  boolean applies(long high, long low) {
    if (perSecond == 0 || (sparesThisMachine && isThisMachine(high, low))) {
      return false;
    }
    for (int i = 0; i < exempt.size(); i++) {
      if (exempt.get(i).contains(high, low)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one more answer may go out that has no short form. Counts it. */
  public boolean admits(long high, long low, long subject, long second) {
    return !applies(high, low) || count(high, low, subject, second) == Decision.SEND;
  }

  /** No packet from elsewhere has such an address (RFC 1122 3.2.1.3). */
  private static boolean isThisMachine(long high, long low) {
    return high == 0 && (low == LOOPBACK_IPV6 || low >>> 24 == LOOPBACK_IPV4);
  }

  /**
   * Counts one answer.
   *
   * @param subject what it is about, as a hash
   * @param second now
   */
  Decision count(long high, long low, long subject, long second) {
    long network = high == 0 ? low & IPV4_NETWORK : high & IPV6_NETWORK;
    long key = mix(mix(network * secret) ^ subject);
    int index = (int) (key & (ENTRIES - 1));
    long identity = (key & TAG_MASK) | ((second & SECOND_MASK) << COUNT_BITS);
    long entry = entries[index];
    boolean isSame = (entry & ~COUNT_MASK) == identity;
    long count = isSame ? Math.min((entry & COUNT_MASK) + 1, COUNT_MASK) : 1;
    entries[index] = identity | count;
    if (count <= perSecond) {
      return Decision.SEND;
    }
    return slip > 0 && (count - perSecond) % slip == 0 ? Decision.SEND_SHORT : Decision.DROP;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
    z = (z ^ (z >>> 32)) * 0xd6e8feb86659fd93L;
    return z ^ (z >>> 32);
  }
}
