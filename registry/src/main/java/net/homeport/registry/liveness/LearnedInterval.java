package net.homeport.registry.liveness;

import java.util.Arrays;

/**
 * What the gaps between reports teach. Only a report that changed nothing teaches: its client
 * speaks without need, so it will again; one that moved may be silent until it moves the next time.
 */
final class LearnedInterval {
  /** How many gaps are remembered, and needed. */
  static final int GAPS = 5;

  /** A repeated report within this is the same sign of life: for the other family, or a retry. */
  static final int GAP_MIN_SECONDS = 20;

  /** What a client is not taken to be more frequent than. */
  static final int SECONDS_MIN = 60;

  /** What a client is not taken to be rarer than. */
  static final int SECONDS_MAX = 60 * 86_400;

  private LearnedInterval() {}

  /**
   * The interval that these gaps teach, in seconds; 0 while they teach none.
   *
   * @param gaps in seconds, 0 for none yet, {@link #GAPS} of them from the first index on
   */
  static int of(int[] gaps, int first) {
    int[] sorted = Arrays.copyOfRange(gaps, first, first + GAPS);
    Arrays.sort(sorted);
    if (sorted[0] == 0) {
      return 0;
    }
    int median = sorted[GAPS / 2];
    // Three reboots in an hour are not a habit: when the gaps differ much, the longest counts.
    int longest = sorted[GAPS - 1];
    int regular = longest <= 2L * median ? median : longest;
    return Math.clamp(regular, SECONDS_MIN, SECONDS_MAX);
  }
}
