package net.homeport.registry.liveness;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said about a host, a zone, or all of them; what was not is for the next wider one.
 *
 * @param interval between two reports; null if not stated
 * @param grace null if not stated
 * @param actions of the states for which one is stated; never of {@link LivenessState#FRESH}
 */
public record LivenessSettings(
    @Nullable Duration interval,
    @Nullable Grace grace,
    Map<LivenessState, LivenessAction> actions) {
  /** Nothing was said. */
  public static final LivenessSettings NONE = new LivenessSettings(null, null, Map.of());

  /** The shortest interval that can be stated. */
  public static final Duration INTERVAL_MIN = Duration.ofSeconds(1);

  /** The longest interval that can be stated. */
  public static final Duration INTERVAL_MAX = Duration.ofDays(366);

  /**
   * As described.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public LivenessSettings {
    if (interval != null
        && (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0)) {
      throw new IllegalArgumentException(
          "an interval is %d seconds to %d days, not %s"
              .formatted(INTERVAL_MIN.toSeconds(), INTERVAL_MAX.toDays(), interval));
    }
    actions = Map.copyOf(actions);
    if (actions.containsKey(LivenessState.FRESH)) {
      throw new IllegalArgumentException("a fresh host needs no action");
    }
  }

  /** These, and where they say nothing, those. */
  public LivenessSettings over(LivenessSettings wider) {
    if (equals(NONE)) {
      return wider;
    }
    Map<LivenessState, LivenessAction> all = new EnumMap<>(LivenessState.class);
    all.putAll(wider.actions);
    all.putAll(actions);
    return new LivenessSettings(
        interval == null ? wider.interval : interval, grace == null ? wider.grace : grace, all);
  }
}
