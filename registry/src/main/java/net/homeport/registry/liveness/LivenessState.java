package net.homeport.registry.liveness;

import java.time.Duration;

/** How long a host has not been heard, measured by how often it is expected. In this order. */
public enum LivenessState {
  /** Heard when it was expected. */
  FRESH,
  /** Expected, and not heard yet: a report may have been lost. */
  LATE,
  /** Several reports are missing. */
  SILENT,
  /** Gone, as far as anyone can tell. */
  DEAD;

  /**
   * The state of a host that was not heard for this long. A pure function; it never goes back as
   * the silence grows.
   *
   * @param silence since it was last heard; of no account if negative, as after a clock was set
   *     back
   * @param interval between two reports of this host
   */
  public static LivenessState of(Duration silence, Duration interval, Grace grace) {
    LivenessState state = FRESH;
    for (LivenessState next : values()) {
      if (next != FRESH && silence.compareTo(grace.until(next, interval)) >= 0) {
        state = next;
      }
    }
    return state;
  }
}
