package net.homeport.registry.liveness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time in which reports could be heard: silence while nobody listened is no silence.
 *
 * @param since not interrupted for longer than {@link #BREAK_MAX} since then
 * @param resumed the end of the last interruption, however short
 */
record Listening(Instant since, Instant resumed) {
  /**
   * A break within which devices try again by themselves: those that are known do in 10 minutes.
   */
  static final Duration BREAK_MAX = Duration.ofMinutes(10);

  /** Within this after any break, every device that met it has tried again. */
  private static final Duration RETRIED = Duration.ofHours(1);

  /** After a start. */
  static Listening resumed(LivenessStore.@Nullable Listened before, Instant now) {
    boolean goesOn =
        before != null
            && !before.until().isAfter(now)
            && Duration.between(before.until(), now).compareTo(BREAK_MAX) <= 0;
    return new Listening(before != null && goesOn ? before.since() : now, now);
  }

  private Instant reference(long seenMillis) {
    Instant seen = Instant.ofEpochMilli(seenMillis);
    return seen.isBefore(since) ? since : seen;
  }

  /** Until when nobody is taken for worse than late: a report has been possible then. */
  private Instant patience(Duration interval, Grace grace) {
    Duration one = grace.until(LivenessState.LATE, interval);
    return resumed.plus(one.compareTo(RETRIED) < 0 ? one : RETRIED);
  }

  /** The state of a host that was last heard then. */
  LivenessState state(long seenMillis, Duration interval, Grace grace, Instant now) {
    LivenessState state =
        LivenessState.of(Duration.between(reference(seenMillis), now), interval, grace);
    return state.compareTo(LivenessState.LATE) > 0 && now.isBefore(patience(interval, grace))
        ? LivenessState.LATE
        : state;
  }

  /** When this state begins for a host that was last heard then. */
  Instant begins(long seenMillis, Duration interval, Grace grace, LivenessState state) {
    Instant begins = reference(seenMillis).plus(grace.until(state, interval));
    Instant patience = patience(interval, grace);
    return state.compareTo(LivenessState.LATE) > 0 && begins.isBefore(patience) ? patience : begins;
  }
}
