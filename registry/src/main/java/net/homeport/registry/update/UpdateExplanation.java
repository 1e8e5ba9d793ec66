package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.policy.UpdateDecision;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.RrsetChange;
import org.xbill.DNS.Name;

/** What would become of a DNS update, and why. */
public sealed interface UpdateExplanation {
  /**
   * It would be made.
   *
   * @param changes what would change; empty if the zone is like that already
   */
  record Passes(UpdateDecision.Allowed allowed, List<RrsetChange> changes)
      implements UpdateExplanation {
    public Passes {
      changes = List.copyOf(changes);
    }
  }

  /** The requestor may, but the zone as it is does not let it: a prerequisite, a static record. */
  record Refused(UpdateDecision.Allowed allowed, Refusal why) implements UpdateExplanation {}

  /**
   * The rules of its key allow it, but a policy of a host or of the zone does not.
   *
   * @param later whether it may be that the same passes later
   */
  record AgainstPolicy(UpdateDecision.Allowed allowed, String why, boolean later)
      implements UpdateExplanation {}

  /** The requestor may not. */
  record NotAllowed(UpdateDecision.Denied denied) implements UpdateExplanation {}

  /**
   * We have no such zone.
   *
   * @param around the zone in which the name lies, if any
   */
  record NoSuchZone(List<Name> around) implements UpdateExplanation {
    public NoSuchZone {
      around = List.copyOf(around);
    }
  }
}
