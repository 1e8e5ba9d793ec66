package net.homeport.nameserver.cookie;

import java.util.List;

/**
 * Makes and checks server cookies of the interoperable form (RFC 9018 4): version 1, three reserved
 * octets, 32 bits of time, 64 bits of SipHash-2-4 over client cookie, those eight octets and the
 * client's address. Allocates nothing; safe for use by many threads.
 *
 * <p>Cookies are made with the first secret and accepted from all of them, so that a secret can be
 * rolled over (RFC 9018 5) on one server or on several that answer at one address.
 */
public final class ServerCookies {
  /** Octets of a client cookie (RFC 7873 4). */
  public static final int CLIENT_OCTETS = 8;

  /** Octets of a server cookie of ours. */
  public static final int SERVER_OCTETS = 16;

  private static final long VERSION = 1;
  private static final int OLDEST_SECONDS = 3600;
  private static final int NEWEST_SECONDS = 300;
  private static final long MAPPED_IPV4 = 0xFFFFL;

  private volatile List<CookieSecret> secrets;

  /**
   * @param secrets at least one; the first one makes cookies
   */
  public ServerCookies(List<CookieSecret> secrets) {
    this.secrets = checked(secrets);
  }

  /** Takes other secrets from now on. From any thread. */
  public void use(List<CookieSecret> next) {
    secrets = checked(next);
  }

  private static List<CookieSecret> checked(List<CookieSecret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("cookies need a secret");
    }
    return List.copyOf(secrets);
  }

  /** The first half of a cookie made at this time, in seconds since 1970 (modulo 2^32). */
  public static long head(long seconds) {
    return VERSION << 56 | (seconds & 0xFFFF_FFFFL);
  }

  /**
   * The second half of the cookie.
   *
   * @param client the client cookie, most significant octet first
   * @param head the first half
   * @param high the first 64 bits of the client's address, IPv4 as {@code ::ffff:a.b.c.d}
   * @param low the last 64 bits
   */
  public long hash(long client, long head, long high, long low) {
    return hash(secrets.get(0), client, head, high, low);
  }

  private static long hash(CookieSecret secret, long client, long head, long high, long low) {
    long first = Long.reverseBytes(client);
    long second = Long.reverseBytes(head);
    long sip =
        isIpv4(high, low)
            ? SipHash.of20(secret, first, second, Integer.reverseBytes((int) low))
            : SipHash.of32(secret, first, second, Long.reverseBytes(high), Long.reverseBytes(low));
    return Long.reverseBytes(sip);
  }

  private static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == MAPPED_IPV4;
  }

  /**
   * Whether this server cookie was made here, for this client at this address, within the last hour
   * (RFC 9018 4.3).
   *
   * @param head the first half of the server cookie
   * @param hash its second half
   * @param seconds now, since 1970
   */
  public boolean isValid(long client, long head, long hash, long high, long low, long seconds) {
    int age = (int) seconds - (int) head; // serial number arithmetic (RFC 1982)
    // Reserved octets that another server of this secret set are hashed as they came.
    if (head >>> 56 != VERSION || age > OLDEST_SECONDS || age < -NEWEST_SECONDS) {
      return false;
    }
    List<CookieSecret> accepted = secrets;
    boolean valid = false;
    // All of them, always: how long it takes tells nothing.
    for (int i = 0; i < accepted.size(); i++) {
      valid |= hash(accepted.get(i), client, head, high, low) == hash;
    }
    return valid;
  }
}
