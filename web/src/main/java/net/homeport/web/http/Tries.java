package net.homeport.web.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Counts wrong tokens and passwords of each client, and slows down who sends many. Thread safe. */
public final class Tries {
  /** Wrong ones of one client in {@link #WINDOW}; one more has to wait. */
  public static final int TRIES_MAX = 10;

  public static final Duration WINDOW = Duration.ofMinutes(1);

  /** One more forgets the client that came first; its next wrong one counts as its first. */
  public static final int CLIENTS_MAX = 10_000;

  private static final int IPV6_NETWORK_OCTETS = 8;

  private final InstantSource clock;
  private final SequencedMap<String, Deque<Instant>> tries = new LinkedHashMap<>();

  public Tries(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts a try before its secret is looked at, so that tries at the same time are not looked at
   * beyond the limit either.
   *
   * @return how long to wait before trying; zero to go ahead
   */
  public synchronized Duration begin(InetAddress client) {
    Instant now = clock.instant();
    Deque<Instant> recent = tries.computeIfAbsent(key(client), _ -> new ArrayDeque<>(TRIES_MAX));
    while (!recent.isEmpty() && !isWithin(recent.peekFirst(), now)) {
      recent.removeFirst();
    }
    if (recent.size() >= TRIES_MAX) {
      return Duration.between(now, recent.peekFirst().plus(WINDOW));
    }
    recent.addLast(now);
    if (tries.size() > CLIENTS_MAX) {
      tries.pollFirstEntry();
    }
    return Duration.ZERO;
  }

  /**
   * Whether a try counts still; not if it is of a time to come, before which the clock was set
   * back.
   */
  private static boolean isWithin(Instant tried, Instant now) {
    return !tried.isAfter(now) && now.isBefore(tried.plus(WINDOW));
  }

  /** It was right: what the client sent before was a slip of the hand. */
  public synchronized void succeeded(InetAddress client) {
    tries.remove(key(client));
  }

  /** Who has one IPv6 address has the whole /64 around it, so that counts as one client. */
  private static String key(InetAddress client) {
    byte[] octets = client.getAddress();
    int length = client instanceof Inet6Address ? IPV6_NETWORK_OCTETS : octets.length;
    return HexFormat.of().formatHex(octets, 0, length);
  }
}
