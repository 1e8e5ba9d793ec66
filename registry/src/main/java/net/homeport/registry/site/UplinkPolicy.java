package net.homeport.registry.site;

import java.time.Duration;

/**
 * Which of a site's uplinks are published, and how soon another one is.
 *
 * @param published at how many uplinks each host is published, with {@link Kind#WEIGHTED}
 * @param holdDown least time between two switches
 * @param failBackDelay an uplink that was down is used again when it was up for this long
 * @param unstableTtl TTL in seconds while uplinks come and go, if the host's own is not shorter
 */
public record UplinkPolicy(
    Kind kind,
    int published,
    Duration holdDown,
    Duration failBackDelay,
    FlapDamping damping,
    long unstableTtl) {
  /** How uplinks are chosen. */
  public enum Kind {
    /** All that work. */
    ALL,
    /** The first that works, in their order. */
    PRIORITY,
    /**
     * DNS gives records no weights: each host is published at one uplink (or {@code published} of
     * them), so that the hosts spread over the uplinks by weight. A failure moves the hosts of the
     * uplink that failed, and no other.
     */
    WEIGHTED
  }

  private static final Duration DELAY_MAX = Duration.ofDays(7);

  /** The first that works; back after five minutes. */
  public static final UplinkPolicy DEFAULT =
      new UplinkPolicy(
          Kind.PRIORITY, 1, Duration.ofSeconds(30), Duration.ofMinutes(5), FlapDamping.DEFAULT, 30);

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  public UplinkPolicy {
    for (Duration delay : new Duration[] {holdDown, failBackDelay}) {
      if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
        throw new IllegalArgumentException(
            "hold-down and fail-back delay are from 0 to %d days".formatted(DELAY_MAX.toDays()));
      }
    }
    if (published < 1 || published > Site.UPLINKS_MAX) {
      throw new IllegalArgumentException(
          "a host is published at 1 to %d uplinks".formatted(Site.UPLINKS_MAX));
    }
    if (unstableTtl < 1 || unstableTtl > 86_400) {
      throw new IllegalArgumentException("the TTL while unstable is from 1 to 86400 seconds");
    }
  }
}
