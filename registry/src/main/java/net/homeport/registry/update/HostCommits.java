package net.homeport.registry.update;

import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.writer.CommitResult;

/** What a commit means for the hosts that it was about. */
final class CommitOutcomes {
  private CommitOutcomes() {}

  /** The outcome for a host of an update that was committed, or was not. */
  static UpdateOutcome of(CommitResult result) {
    return switch (result) {
      case CommitResult.Committed _ -> new UpdateOutcome.Updated();
      case CommitResult.Unchanged _ -> new UpdateOutcome.Unchanged();
      case CommitResult.Refused refused -> of(refused.why());
      case CommitResult.Failed failed -> new UpdateOutcome.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new UpdateOutcome.Failed("too many updates are waiting");
    };
  }

  private static UpdateOutcome of(Refusal why) {
    return switch (why) {
      case NO_SUCH_ZONE -> new UpdateOutcome.Rejected(Reason.NO_SUCH_HOST);
      case STATIC_RECORD, BELOW_ZONE_CUT, ALIAS -> new UpdateOutcome.Rejected(Reason.NAME_TAKEN);
      case NAME_NOT_IN_USE,
          NAME_IN_USE,
          RRSET_MISSING,
          RRSET_EXISTS,
          OUTSIDE_ZONE,
          RRSET_TOO_LARGE,
          TOO_MANY_LEASES,
          MALFORMED ->
          new UpdateOutcome.Failed("a host's update was refused as " + why);
    };
  }
}
