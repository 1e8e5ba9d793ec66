package net.homeport.registry.site;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps an uplink that goes up and down out of use, after RFC 2439: each failure adds a penalty,
 * which halves in each half-life. From {@code suppress} on the uplink is not used; below {@code
 * reuse} it is again.
 *
 * @param penalty what a failure adds
 * @param halfLife in which the penalty halves
 * @param longest no uplink is kept out for longer than this after its last failure (RFC 2439 4.2)
 */
public record FlapDamping(
    double penalty, double suppress, double reuse, Duration halfLife, Duration longest) {
  /** The usual values of routers: the second failure within a few minutes suppresses. */
  public static final FlapDamping DEFAULT =
      new FlapDamping(1_000, 1_500, 750, Duration.ofMinutes(15), Duration.ofHours(1));

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  public FlapDamping {
    if (!(penalty > 0 && reuse > 0 && suppress > reuse)) {
      throw new IllegalArgumentException(
          "flap damping needs a penalty above 0 and thresholds with suppress above reuse above 0");
    }
    if (halfLife.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(halfLife) < 0) {
      throw new IllegalArgumentException(
          "the half-life is at least a second, and the longest suppression at least one half-life");
    }
  }

  /** What is left of a penalty after this time. */
  double decayed(double before, Instant since, Instant now) {
    double millis = Math.max(0, Duration.between(since, now).toMillis());
    return before * Math.pow(2, -millis / halfLife.toMillis());
  }

  /** A penalty with another failure; the ceiling bounds how long it suppresses. */
  double added(double before) {
    double ceiling = reuse * Math.pow(2, (double) longest.toMillis() / halfLife.toMillis());
    return Math.min(before + penalty, Math.max(ceiling, suppress));
  }

  /** How long until the penalty is below the reuse threshold; zero if it is. */
  Duration untilReuse(double present) {
    return present < reuse
        ? Duration.ZERO
        : Duration.ofMillis(
            (long) Math.ceil(halfLife.toMillis() * Math.log(present / reuse) / Math.log(2)) + 1);
  }
}
