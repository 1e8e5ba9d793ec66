package net.homeport.registry.update;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Prerequisite;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Commits what is planned for hosts, one atomic update a zone. Thread safe; blocks the caller until
 * it is durable and visible.
 */
final class HostCommits {
  private final ZoneWriter writer;
  private final InstantSource clock;

  HostCommits(ZoneWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Commits these on behalf of a credential.
   *
   * @param asIn only if what changes is still as it was here; null to change it whatever it is
   * @return what became of each zone's part
   */
  Map<Name, UpdateOutcome> commit(
      RequestOrigin origin,
      Credential credential,
      List<PlannedRrset> planned,
      @Nullable ZoneSnapshot asIn) {
    if (planned.isEmpty()) {
      return Map.of();
    }
    Map<Name, List<UpdateOperation>> operations = new LinkedHashMap<>();
    Map<Name, List<Prerequisite>> prerequisites = new LinkedHashMap<>();
    for (PlannedRrset rrset : planned) {
      Name zone = rrset.host().zone();
      operations.computeIfAbsent(zone, _ -> new ArrayList<>()).addAll(operations(rrset));
      if (asIn != null) {
        prerequisites.computeIfAbsent(zone, _ -> new ArrayList<>()).add(asIn(asIn, rrset));
      }
    }
    var attribution =
        new Attribution(
            credential.username(), origin.frontDoor(), origin.source(), clock.instant());
    // All zones first, so that they share a commit; then wait for each.
    Map<Name, CompletableFuture<CommitResult>> submitted = new LinkedHashMap<>();
    operations.forEach((zone, changes) ->
        submitted.put(
            zone,
            writer.submit(
                new ZoneUpdate(
                    zone,
                    prerequisites.getOrDefault(zone, List.of()),
                    changes,
                    Management.DYNAMIC,
                    attribution))));
    Map<Name, UpdateOutcome> outcomes = new LinkedHashMap<>();
    submitted.forEach((zone, result) -> outcomes.put(zone, of(result.join())));
    return outcomes;
  }

  /** The same for the server's own reasons; all of one zone. */
  UpdateOutcome commit(Name zone, List<PlannedRrset> planned, Attribution actor) {
    List<UpdateOperation> operations =
        planned.stream().flatMap(rrset -> operations(rrset).stream()).toList();
    return of(
        writer
            .submit(new ZoneUpdate(zone, List.of(), operations, Management.DYNAMIC, actor))
            .join());
  }

  private static List<UpdateOperation> operations(PlannedRrset rrset) {
    var operations = new ArrayList<UpdateOperation>(2);
    operations.add(new UpdateOperation.DeleteRrset(rrset.host().name(), rrset.type()));
    rrset.records().forEach(record -> operations.add(new UpdateOperation.AddRecord(record)));
    return operations;
  }

  /** That what is to change is still what it was (RFC 2136 2.4.2 and 2.4.3). */
  private static Prerequisite asIn(ZoneSnapshot before, PlannedRrset planned) {
    Host host = planned.host();
    Zone zone = before.zone(host.zone());
    Rrset present = zone == null ? null : zone.rrset(host.name(), planned.type());
    return present == null
        ? new Prerequisite.RrsetAbsent(host.name(), planned.type())
        : new Prerequisite.RrsetEquals(host.name(), planned.type(), present.records(host.name()));
  }

  /** The outcome for a host of an update that was committed, or was not. */
  private static UpdateOutcome of(CommitResult result) {
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
      case RRSET_MISSING, RRSET_EXISTS ->
          new UpdateOutcome.Postponed("another change of it came first", Duration.ofSeconds(1));
      case NAME_NOT_IN_USE,
          NAME_IN_USE,
          OUTSIDE_ZONE,
          RRSET_TOO_LARGE,
          TOO_MANY_LEASES,
          MALFORMED ->
          new UpdateOutcome.Failed("a host's update was refused as " + why);
    };
  }
}
