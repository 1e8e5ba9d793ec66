package net.homeport.registry.update;

import java.time.Duration;
import java.util.List;

/** The answer to an update request. */
public sealed interface UpdateAnswer {
  /** Unknown user name or wrong secret; which of the two is not told. */
  record Unauthorized() implements UpdateAnswer {}

  /**
   * Nobody has looked at it: too much came before. Asking again later is right.
   *
   * @param retryAfter how much later
   */
  record Postponed(String why, Duration retryAfter) implements UpdateAnswer {}

  /** The request as a whole was rejected. */
  record Rejected(UpdateOutcome.Reason reason) implements UpdateAnswer {}

  /** One outcome for each host name, in the order of the request. */
  record PerHost(List<UpdateOutcome> outcomes) implements UpdateAnswer {
    public PerHost {
      outcomes = List.copyOf(outcomes);
    }

    /** Whether all hosts have the addresses that were asked for. */
    public boolean isDone() {
      for (UpdateOutcome outcome : outcomes) {
        if (!outcome.isDone()) {
          return false;
        }
      }
      return true;
    }
  }
}
