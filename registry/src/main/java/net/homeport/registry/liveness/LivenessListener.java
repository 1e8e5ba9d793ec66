package net.homeport.registry.liveness;

import java.time.Instant;
import net.homeport.registry.host.Host;

/** Told of hosts that fall silent, and of those that are heard again. Thread safe; never waits. */
@FunctionalInterface
public interface LivenessListener {
  /** It did. */
  void changed(Event event);

  /**
   * A host came into another state.
   *
   * @param action what was done about it; {@link LivenessAction#NONE} when it is heard again
   * @param lastSeen when it was last heard
   * @param outcome what became of the action, in words; empty for the expected
   */
  record Event(
      Host host, LivenessState state, LivenessAction action, Instant lastSeen, String outcome) {}
}
