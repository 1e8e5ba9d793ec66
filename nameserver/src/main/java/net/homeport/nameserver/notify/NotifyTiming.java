package net.homeport.nameserver.notify;

import java.time.Duration;

/**
 * How patiently targets are told.
 *
 * @param interval least time between two NOTIFY messages of one zone to one target
 * @param firstTimeout how long the first datagram's answer is waited for; for each further one
 *     twice as long as for the one before
 * @param datagrams how many are sent before TCP is tried
 * @param streamTimeout how long TCP may take to connect, and then to answer
 */
public record NotifyTiming(
    Duration interval, Duration firstTimeout, int datagrams, Duration streamTimeout) {
  /** Told at once; given up after some 20 seconds, until the next change. */
  public static final NotifyTiming DEFAULTS =
      new NotifyTiming(Duration.ofMillis(50), Duration.ofMillis(500), 5, Duration.ofSeconds(5));

  public NotifyTiming {
    if (datagrams < 1 || datagrams > 10 || firstTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("at least one datagram, and some time for it");
    }
  }
}
