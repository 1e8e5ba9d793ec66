package net.homeport.registry.update;

import java.time.Duration;
import net.homeport.registry.update.UpdateOutcome.Reason;

/** What one check says of a proposed change. */
public sealed interface Verdict {
  /** Nothing speaks against it. */
  Verdict PASS = new Pass();

  /** Nothing speaks against it. */
  record Pass() implements Verdict {}

  /** It may not be. */
  record Reject(Reason reason, String why) implements Verdict {}

  /** It is understood, and not published. */
  record Withhold(String why) implements Verdict {}

  /** Not now. */
  record Postpone(String why, Duration retryAfter) implements Verdict {}
}
