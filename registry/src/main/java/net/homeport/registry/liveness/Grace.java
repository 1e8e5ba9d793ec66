package net.homeport.registry.liveness;

import java.time.Duration;

/**
 * After how many of its intervals a host is late, silent, dead. To each the time of two retries is
 * added, since a device that fails tries again within a minute: two minutes, or one interval where
 * that is shorter.
 *
 * @param late at least 1
 * @param silent at least as many as {@code late}
 * @param dead at least as many as {@code silent}, at most {@link #FACTOR_MAX}
 */
public record Grace(double late, double silent, double dead) {
  /** Half an interval late; silent when three reports are missing; dead after ten. */
  public static final Grace DEFAULT = new Grace(1.5, 3, 10);

  /** Most intervals that can be waited for. */
  public static final double FACTOR_MAX = 1_000;

  private static final Duration RETRIES = Duration.ofMinutes(2);

  /**
   * As described.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public Grace {
    if (!(late >= 1 && silent >= late && dead >= silent && dead <= FACTOR_MAX)) {
      throw new IllegalArgumentException(
          "late after %s, silent after %s, dead after %s intervals: each must be at least the one before it, from 1 to %s"
              .formatted(late, silent, dead, FACTOR_MAX));
    }
  }

  /** The silence with which this state begins. */
  public Duration until(LivenessState state, Duration interval) {
    double factor =
        switch (state) {
          case FRESH -> 0;
          case LATE -> late;
          case SILENT -> silent;
          case DEAD -> dead;
        };
    return factor == 0
        ? Duration.ZERO
        : Duration.ofMillis((long) (interval.toMillis() * factor))
            .plus(interval.compareTo(RETRIES) < 0 ? interval : RETRIES);
  }
}
