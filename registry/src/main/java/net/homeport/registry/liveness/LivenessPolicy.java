package net.homeport.registry.liveness;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one host, of all that was said.
 *
 * @param stated the interval that was stated; null to take what its client teaches
 */
public record LivenessPolicy(
    @Nullable Duration stated, Grace grace, Map<LivenessState, LivenessAction> actions) {
  /**
   * Of a host of which nothing was said: silence is told, and the addresses of whoever is dead
   * leave DNS: they may be somebody else's by then.
   */
  public static final LivenessSettings UNLESS_STATED =
      new LivenessSettings(
          null,
          Grace.DEFAULT,
          Map.of(
              LivenessState.SILENT,
              LivenessAction.TELL,
              LivenessState.DEAD,
              LivenessAction.WITHDRAW));

  public LivenessPolicy {
    actions = Map.copyOf(actions);
  }

  /** Of settings that lie over {@link #UNLESS_STATED}. */
  static LivenessPolicy of(LivenessSettings settings) {
    return new LivenessPolicy(
        settings.interval(), Objects.requireNonNull(settings.grace()), settings.actions());
  }

  /** What is done when a host comes into this state. */
  public LivenessAction action(LivenessState state) {
    return actions.getOrDefault(state, LivenessAction.NONE);
  }
}
