package net.homeport.registry.update;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.policy.UpdateDecision;
import net.homeport.registry.policy.UpdatePolicy;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.update.ZoneUpdate.AliasConflict;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Changes zones on behalf of those who sign DNS updates (RFC 2136, RFC 3007): zone, policy, then
 * the writer. Thread safe.
 */
public final class DnsUpdates implements UpdateDoor {
  private static final int NAMES_TOLD_MAX = 10;

  private final UpdatePolicy policy;
  private final ZoneWriter writer;
  private final ZoneRoles roles;
  private final InstantSource clock;
  private final RejectedAttempts rejectedAttempts;
  private final NameVeto veto;
  private final BiConsumer<Name, Instant> heard;

  /** As the other one, of a server that is the primary of all its zones and keeps no attempts. */
  public DnsUpdates(UpdatePolicy policy, ZoneWriter writer, InstantSource clock) {
    this(
        policy,
        writer,
        ZoneRoles.ALL_PRIMARY,
        clock,
        RejectedAttempts.NONE,
        NameVeto.NONE,
        (_, _) -> {});
  }

  /**
   * @param roles asked before the policy: a zone of another primary is changed there
   * @param veto asked before the policy as well
   * @param heard told of each name that an update was allowed to change, whether it changed or not
   */
  public DnsUpdates(
      UpdatePolicy policy,
      ZoneWriter writer,
      ZoneRoles roles,
      InstantSource clock,
      RejectedAttempts rejectedAttempts,
      NameVeto veto,
      BiConsumer<Name, Instant> heard) {
    this.heard = heard;
    this.veto = veto;
    this.roles = roles;
    this.rejectedAttempts = rejectedAttempts;
    this.policy = policy;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Decision> propose(ProposedUpdate update, Requestor requestor) {
    ZoneSnapshot snapshot = writer.snapshot();
    if (snapshot.zone(update.zone()) == null) {
      return decided(Refusal.NO_SUCH_ZONE);
    }
    return switch (decide(update, requestor, snapshot)) {
      case UpdateDecision.Denied denied -> {
        rejected(update, requestor, denied.why());
        yield CompletableFuture.completedFuture(new Decision.NotAllowed(denied.why()));
      }
      case UpdateDecision.Allowed allowed ->
          writer
              .submit(zoneUpdate(update, requestor, allowed))
              .thenApply(result -> {
                // A prerequisite that does not hold is no offence: requestors ask so.
                if (result instanceof CommitResult.Refused refused
                    && refused.why().rcode() == Rcode.REFUSED) {
                  rejected(update, requestor, "refused by the zone: " + refused.why());
                }
                tell(update, result);
                return new Decision.Decided(result);
              });
    };
  }

  private void tell(ProposedUpdate update, CommitResult result) {
    switch (result) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> {
        Instant now = clock.instant();
        update.operations().stream()
            .map(UpdateOperation::name)
            .distinct()
            .forEach(name -> heard.accept(name, now));
      }
      case CommitResult.Refused _, CommitResult.Failed _, CommitResult.Overloaded _ -> {}
    }
  }

  private UpdateDecision decide(ProposedUpdate update, Requestor requestor, ZoneSnapshot snapshot) {
    String refusal = roles.refusal(update.zone());
    if (refusal != null) {
      return new UpdateDecision.Denied(null, refusal, List.of());
    }
    for (UpdateOperation operation : update.operations()) {
      String why = veto.against(operation.name());
      if (why != null) {
        return new UpdateDecision.Denied(null, why, List.of());
      }
    }
    return policy.decide(update, requestor, snapshot);
  }

  private void rejected(ProposedUpdate update, Requestor requestor, String why) {
    rejectedAttempts.record(
        new RejectedAttempt(
            who(requestor),
            frontDoor(requestor.carrier()),
            requestor.address(),
            update.operations().stream()
                .map(operation -> operation.name().toString(true))
                .distinct()
                .limit(NAMES_TOLD_MAX)
                .toList(),
            "%d changes in zone %s".formatted(update.operations().size(), update.zone()),
            why,
            clock.instant()));
  }

  private static CompletableFuture<Decision> decided(Refusal why) {
    return CompletableFuture.completedFuture(new Decision.Decided(new CommitResult.Refused(why)));
  }

  private ZoneUpdate zoneUpdate(
      ProposedUpdate update, Requestor requestor, UpdateDecision.Allowed allowed) {
    var attribution =
        new Attribution(
            allowed.key().toString(true),
            frontDoor(requestor.carrier()),
            requestor.address(),
            clock.instant(),
            allowed.rules());
    return new ZoneUpdate(
        update.zone(),
        update.prerequisites(),
        allowed.performed(),
        allowed.management(),
        AliasConflict.IGNORED,
        attribution,
        update.lease());
  }

  private static String who(Requestor requestor) {
    return switch (requestor.proof()) {
      case Requestor.Proof.None _ -> "unsigned";
      case Requestor.Proof.SharedKey shared -> shared.key().toString(true);
      case Requestor.Proof.PublicKey pair -> pair.key().toString(true);
    };
  }

  private static String frontDoor(Requestor.Carrier carrier) {
    return switch (carrier) {
      case UDP -> "dns-udp";
      case TCP -> "dns-tcp";
      case TLS -> "dns-tls";
    };
  }

  /** What {@link #propose} would do with the zone as it is now; changes nothing. */
  public UpdateExplanation explain(ProposedUpdate update, Requestor requestor) {
    ZoneSnapshot snapshot = writer.snapshot();
    Zone zone = snapshot.zone(update.zone());
    if (zone == null) {
      return new UpdateExplanation.NoSuchZone(zoneAround(snapshot, update.zone()));
    }
    return switch (decide(update, requestor, snapshot)) {
      case UpdateDecision.Denied denied -> new UpdateExplanation.NotAllowed(denied);
      case UpdateDecision.Allowed allowed ->
          switch (UpdateEvaluation.evaluate(zone, zoneUpdate(update, requestor, allowed))) {
            case UpdateResult.Refused refused ->
                new UpdateExplanation.Refused(allowed, refused.why());
            case UpdateResult.Unchanged _ -> new UpdateExplanation.Passes(allowed, List.of());
            case UpdateResult.Changed changed ->
                new UpdateExplanation.Passes(allowed, changed.changes());
          };
    };
  }

  private static List<Name> zoneAround(ZoneSnapshot snapshot, Name name) {
    Zone zone = snapshot.zoneOf(name);
    return zone == null ? List.of() : List.of(zone.apex());
  }
}
