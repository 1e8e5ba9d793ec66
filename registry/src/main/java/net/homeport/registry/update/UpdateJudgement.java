package net.homeport.registry.update;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What is to be done for one host of a request, before it is done.
 *
 * @param host the host that was asked for; null if there is none that they may change
 * @param decided the outcome, if nothing has to be written; null if something has
 * @param changes what shall change, of this host and of those that follow it; empty when decided
 * @param steps what each check said, in their order, up to the one that decided
 * @param left hosts whose addresses would follow, and why they do not
 */
public record UpdateJudgement(
    @Nullable Host host,
    @Nullable UpdateOutcome decided,
    List<ProposedChange> changes,
    List<Step> steps,
    List<Step> left) {
  public UpdateJudgement {
    changes = List.copyOf(changes);
    steps = List.copyOf(steps);
    left = List.copyOf(left);
  }

  /**
   * One step of a judgement.
   *
   * @param of the name of a check, or a host's
   * @param verdict what it said
   */
  public record Step(String of, Verdict verdict) {}

  static UpdateJudgement decided(@Nullable Host host, UpdateOutcome outcome, List<Step> steps) {
    return new UpdateJudgement(host, outcome, List.of(), steps, List.of());
  }

  /** All RRsets to be written. */
  List<PlannedRrset> toChange() {
    var planned = new ArrayList<PlannedRrset>();
    changes.forEach(change -> planned.addAll(change.planned()));
    return planned;
  }

  /**
   * The outcome, given what became of each zone: of several zones, the worst, since a device must
   * not take a half for the whole.
   */
  UpdateOutcome outcome(Map<Name, UpdateOutcome> committed) {
    if (decided != null) {
      return decided;
    }
    Set<Name> zones = new LinkedHashSet<>();
    changes.forEach(change -> zones.add(change.host().zone()));
    UpdateOutcome result = new UpdateOutcome.Unchanged();
    for (Name zone : zones) {
      UpdateOutcome one = committed.get(zone);
      if (one != null && rank(one) > rank(result)) {
        result = one;
      }
    }
    return result;
  }

  private static int rank(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Unchanged _ -> 0;
      case UpdateOutcome.Updated _ -> 1;
      case UpdateOutcome.Withheld _ -> 2;
      case UpdateOutcome.Rejected _ -> 3;
      case UpdateOutcome.Postponed _ -> 4;
      case UpdateOutcome.Failed _ -> 5;
    };
  }
}
