package net.homeport.web.api;

import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;

/** What is said of verdicts and outcomes where a request is explained. */
final class VerdictWords {
  private VerdictWords() {}

  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "pass";
      case Verdict.Reject _ -> "reject";
      case Verdict.Withhold _ -> "withhold";
      case Verdict.Postpone _ -> "postpone";
    };
  }

  static @Nullable String why(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> null;
      case Verdict.Reject reject -> reject.why();
      case Verdict.Withhold withhold -> withhold.why();
      case Verdict.Postpone postpone -> postpone.why();
    };
  }

  static String word(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Updated _ -> "updated";
      case UpdateOutcome.Unchanged _ -> "unchanged";
      case UpdateOutcome.Withheld _ -> "withheld";
      case UpdateOutcome.Rejected no ->
          no.reason() == UpdateOutcome.Reason.BLOCKED ? "blocked" : "rejected";
      case UpdateOutcome.Postponed _ -> "postponed";
      case UpdateOutcome.Failed _ -> "failed";
    };
  }

  static String why(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Updated _ -> "it would be made";
      case UpdateOutcome.Unchanged _ -> "the addresses are those already";
      case UpdateOutcome.Withheld held -> held.why();
      case UpdateOutcome.Rejected no -> no.why();
      case UpdateOutcome.Postponed later ->
          "%s; again in %d s".formatted(later.why(), later.retryAfter().toSeconds());
      case UpdateOutcome.Failed failed -> failed.incident();
    };
  }
}
