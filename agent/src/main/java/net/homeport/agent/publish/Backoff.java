package net.homeport.agent.publish;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each failure in a row: doubling from {@code first} to {@code limit}, each
 * drawn at random up to half as long again, so that the agents of a server that was away do not
 * return together. One thread.
 */
public final class Backoff {
  /** Where the waiting begins. */
  public static final Duration FIRST = Duration.ofSeconds(5);

  /** What it never exceeds. */
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private final Duration first;
  private final Duration limit;
  private final RandomGenerator random;
  private Duration base;

  /**
   * A series that has not begun.
   *
   * @param first positive; the least of all waits
   * @param limit at least {@code first}; the greatest of all waits
   */
  public Backoff(Duration first, Duration limit, RandomGenerator random) {
    if (!first.isPositive() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException("0 < first <= limit");
    }
    this.first = first;
    this.limit = limit;
    this.random = random;
    base = first;
  }

  /** The wait after one more failure. */
  Duration next() {
    // Leaves room for chance below the limit; otherwise long outages would end in lockstep.
    Duration ceiling = limit.multipliedBy(2).dividedBy(3);
    Duration low = base.compareTo(ceiling) < 0 ? base : larger(first, ceiling);
    long spread = Math.min(low.toMillis() / 2, limit.minus(low).toMillis());
    if (base.compareTo(limit) < 0) {
      base = base.multipliedBy(2);
    }
    return low.plusMillis(random.nextLong(spread + 1));
  }

  /** The least wait there is. */
  Duration first() {
    return first;
  }

  /** Begins anew, after a success. */
  void reset() {
    base = first;
  }

  private static Duration larger(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
