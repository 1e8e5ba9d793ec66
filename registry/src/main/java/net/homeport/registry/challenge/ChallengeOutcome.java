package net.homeport.registry.challenge;

import java.time.Duration;
import net.homeport.zone.writer.CommitResult;

/** What became of a wish to publish an answer. */
public sealed interface ChallengeOutcome {
  /** On disk and answered by DNS. */
  record Published() implements ChallengeOutcome {}

  /** Not who they say, not from there, or not of that host; which, is not told. */
  record Forbidden(String why) implements ChallengeOutcome {}

  /**
   * It can never be: something else stands at the name.
   *
   * @param why in words for a person
   */
  record Refused(String why) implements ChallengeOutcome {}

  /**
   * Not looked at: too many wrong secrets came from there.
   *
   * @param retryAfter when asking again is right
   */
  record Postponed(Duration retryAfter) implements ChallengeOutcome {}

  /** Our fault or our overload; asking again later is right. */
  record Failed(String incident) implements ChallengeOutcome {}

  /** What a commit means for who asked. */
  static ChallengeOutcome of(CommitResult result) {
    return switch (result) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> new Published();
      case CommitResult.Refused refused ->
          new Refused(
              "the zone refuses it as "
                  + refused.why()
                  + ": a static record or an alias stands there");
      case CommitResult.Failed failed -> new Failed(failed.incident());
      case CommitResult.Overloaded _ -> new Failed("too many updates are waiting");
    };
  }
}
