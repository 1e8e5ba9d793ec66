package net.homeport.registry.update;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.UpdateJudgement.Step;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Decides what is to be done for one host of a request. Thread safe; changes nothing. */
final class UpdateJudge {
  private final HostRegistry registry;
  private final Supplier<ZoneSnapshot> zones;
  private final UpdateStages stages;
  private final HostNames names;

  UpdateJudge(HostRegistry registry, Supplier<ZoneSnapshot> zones, UpdateStages stages) {
    this.registry = registry;
    this.zones = zones;
    this.stages = stages;
    this.names = new HostNames(registry, zones, stages.access());
  }

  UpdateJudgement judge(HostWish wish, Credential credential, RequestOrigin origin) {
    Name name = names.full(wish, credential);
    if (name == null) {
      return rejected(null, Reason.NOT_A_HOST_NAME);
    }
    Host host = registry.host(name);
    if (host == null || !stages.access().mayChange(credential, host)) {
      return rejected(null, Reason.NO_SUCH_HOST);
    }
    if (isShadowed(host)) {
      return rejected(host, Reason.NAME_TAKEN);
    }
    return judged(host, wish, credential, origin);
  }

  /** The host that a wish names, if the credential may change it; else null. */
  @Nullable Host named(HostWish wish, Credential credential) {
    Name name = names.full(wish, credential);
    Host host = name == null ? null : registry.host(name);
    return host != null && stages.access().mayChange(credential, host) ? host : null;
  }

  private static UpdateJudgement rejected(@Nullable Host host, Reason reason) {
    return UpdateJudgement.decided(host, new UpdateOutcome.Rejected(reason), List.of());
  }

  private UpdateJudgement judged(
      Host asked, HostWish wish, Credential credential, RequestOrigin origin) {
    Map<Name, List<PlannedRrset>> plans = new LinkedHashMap<>();
    plans.put(asked.name(), new ArrayList<>(2));
    Map<Name, Host> hosts = new LinkedHashMap<>();
    hosts.put(asked.name(), asked);
    for (PlannedRrset rrset : stages.planner().plan(asked, wish, credential)) {
      hosts.putIfAbsent(rrset.host().name(), rrset.host());
      plans.computeIfAbsent(rrset.host().name(), _ -> new ArrayList<>(2)).add(rrset);
    }
    var changes = new ArrayList<ProposedChange>();
    var steps = new ArrayList<Step>();
    var left = new ArrayList<Step>();
    for (Map.Entry<Name, List<PlannedRrset>> plan : plans.entrySet()) {
      Host host = Objects.requireNonNull(hosts.get(plan.getKey()));
      boolean isAsked = host.equals(asked);
      var differing = new ArrayList<PlannedRrset>(2);
      for (PlannedRrset rrset : plan.getValue()) {
        if (!isCurrent(rrset)) {
          differing.add(rrset);
        }
      }
      var change =
          new ProposedChange(credential, origin, host, asked, wish, plan.getValue(), differing);
      Verdict verdict = isAsked ? verdict(change, steps) : verdict(change, new ArrayList<>());
      if (!(verdict instanceof Verdict.Pass)) {
        if (isAsked) {
          return UpdateJudgement.decided(asked, outcome(verdict), steps);
        }
        left.add(new Step(host.name().toString(true), verdict));
      } else if (change.changes() && (isAsked || !isShadowed(host))) {
        changes.add(change);
      }
    }
    return new UpdateJudgement(
        asked, changes.isEmpty() ? new UpdateOutcome.Unchanged() : null, changes, steps, left);
  }

  private Verdict verdict(ProposedChange change, List<Step> steps) {
    for (UpdateCheck check : stages.checks()) {
      Verdict verdict = check.check(change);
      steps.add(new Step(check.name(), verdict));
      if (!(verdict instanceof Verdict.Pass)) {
        return verdict;
      }
    }
    return Verdict.PASS;
  }

  private static UpdateOutcome outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> new UpdateOutcome.Unchanged();
      case Verdict.Reject reject -> new UpdateOutcome.Rejected(reject.reason(), reject.why());
      case Verdict.Withhold withhold -> new UpdateOutcome.Withheld(withhold.why());
      case Verdict.Postpone postpone ->
          new UpdateOutcome.Postponed(postpone.why(), postpone.retryAfter());
    };
  }

  /** Whether a zone that was added below the host's zone answers for its name now. */
  private boolean isShadowed(Host host) {
    Zone answering = zones.get().zoneOf(host.name());
    return answering != null && !answering.apex().equals(host.zone());
  }

  /** Whether the zone holds this and DNS answers it: no cut hides it. */
  private boolean isCurrent(PlannedRrset planned) {
    ZoneSnapshot snapshot = zones.get();
    Host host = planned.host();
    Zone zone = snapshot.zone(host.zone());
    if (zone == null) {
      return false;
    }
    Rrset present = zone.rrset(host.name(), planned.type());
    if (planned.addresses().isEmpty()) {
      return present == null;
    }
    return Objects.equals(present, planned.rrset())
        && snapshot.lookup(host.name(), planned.type()) instanceof LookupResult.Answer;
  }
}
