package net.homeport.registry.update;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import net.homeport.registry.credential.RequestOrigin;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Changes zones on behalf of those who sign DNS updates (RFC 2136, RFC 3007): zone, blocks, the
 * rules of the key, the policies of hosts and zone, then the writer. Thread safe.
 */
public final class DnsUpdates implements UpdateDoor {
  private static final Logger LOG = LoggerFactory.getLogger(DnsUpdates.class);
  private static final int NAMES_TOLD_MAX = 10;

  /** How often a line of the log may tell of a refusal; all are among the rejected attempts. */
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final UpdatePolicy policy;
  private final ZoneWriter writer;
  private final ZoneRoles roles;
  private final InstantSource clock;
  private final RejectedAttempts rejectedAttempts;
  private final SignedUpdateJudge judge;
  private final BiConsumer<Name, Instant> heard;
  private final AtomicReference<Instant> nextLine = new AtomicReference<>(Instant.MIN);

  /** As the other one, of a server that is the primary of all its zones and keeps no attempts. */
  public DnsUpdates(UpdatePolicy policy, ZoneWriter writer, InstantSource clock) {
    this(
        policy,
        writer,
        ZoneRoles.ALL_PRIMARY,
        clock,
        RejectedAttempts.NONE,
        SignedUpdateJudge.NONE,
        (_, _) -> {});
  }

  /**
   * @param roles asked before the policy: a zone of another primary is changed there
   * @param judge asked before the policy for names, after it for what would change
   * @param heard told of each name that the rules of its key let an update change, whether it
   *     changed or not
   */
  public DnsUpdates(
      UpdatePolicy policy,
      ZoneWriter writer,
      ZoneRoles roles,
      InstantSource clock,
      RejectedAttempts rejectedAttempts,
      SignedUpdateJudge judge,
      BiConsumer<Name, Instant> heard) {
    this.heard = heard;
    this.judge = judge;
    this.roles = roles;
    this.rejectedAttempts = rejectedAttempts;
    this.policy = policy;
    this.writer = writer;
    this.clock = clock;
  }

  /** What is to become of an update. */
  private sealed interface Plan {
    /** Nothing: no rule of its key allows it. */
    record Denied(UpdateDecision.Denied why) implements Plan {}

    /** Nothing: a policy of a host or of the zone is against it. */
    record AgainstPolicy(UpdateDecision.Allowed allowed, String why, boolean later)
        implements Plan {}

    /** Nothing: the zone as it is does not let it. */
    record Refused(UpdateDecision.Allowed allowed, Refusal why) implements Plan {}

    /** This. */
    record Submit(UpdateDecision.Allowed allowed, ZoneUpdate update, List<ProposedChange> changes)
        implements Plan {}
  }

  @Override
  public CompletableFuture<Decision> propose(ProposedUpdate update, Requestor requestor) {
    ZoneSnapshot snapshot = writer.snapshot();
    Zone zone = snapshot.zone(update.zone());
    if (zone == null) {
      return decided(Refusal.NO_SUCH_ZONE);
    }
    return switch (plan(update, requestor, snapshot, zone)) {
      case Plan.Denied denied -> {
        rejected(update, requestor, denied.why().why());
        yield CompletableFuture.completedFuture(new Decision.NotAllowed(denied.why().why()));
      }
      case Plan.AgainstPolicy against -> {
        rejected(update, requestor, against.why());
        log(update, requestor, against.why());
        tell(update);
        yield CompletableFuture.completedFuture(
            against.later()
                ? new Decision.NotNow(against.why())
                : new Decision.NotAllowed(against.why()));
      }
      case Plan.Refused refused -> {
        told(update, requestor, refused.why());
        yield decided(refused.why());
      }
      case Plan.Submit submit ->
          writer
              .submit(submit.update())
              .thenApply(result -> {
                switch (result) {
                  case CommitResult.Committed _ -> {
                    judge.made(submit.changes(), clock.instant());
                    tell(update);
                  }
                  case CommitResult.Unchanged _ -> tell(update);
                  case CommitResult.Refused refused -> told(update, requestor, refused.why());
                  case CommitResult.Failed _, CommitResult.Overloaded _ -> {}
                }
                return new Decision.Decided(result);
              });
    };
  }

  private Plan plan(ProposedUpdate update, Requestor requestor, ZoneSnapshot snapshot, Zone zone) {
    return switch (decide(update, requestor, snapshot)) {
      case UpdateDecision.Denied denied -> new Plan.Denied(denied);
      case UpdateDecision.Allowed allowed -> {
        ZoneUpdate wanted = zoneUpdate(update, requestor, allowed);
        var origin = new RequestOrigin(requestor.address(), frontDoor(requestor.carrier()));
        SignedUpdateJudge.Finding finding = judge.judge(wanted, origin, zone);
        if (finding.refusal() != null) {
          yield new Plan.Refused(allowed, finding.refusal());
        }
        yield switch (finding.verdict()) {
          case Verdict.Pass _ -> new Plan.Submit(allowed, wanted, finding.changes());
          case Verdict.Reject reject -> new Plan.AgainstPolicy(allowed, reject.why(), false);
          // An update is made or it is not: nothing in it says "well done" of what is not
          // published.
          case Verdict.Withhold withhold ->
              new Plan.AgainstPolicy(
                  allowed, withhold.why() + " (as a DNS update: refused)", false);
          case Verdict.Postpone postpone -> new Plan.AgainstPolicy(allowed, postpone.why(), true);
        };
      }
    };
  }

  /** A prerequisite that does not hold is no offence: requestors ask so. */
  private void told(ProposedUpdate update, Requestor requestor, Refusal why) {
    if (why.rcode() == Rcode.REFUSED) {
      rejected(update, requestor, "refused by the zone: " + why);
    }
  }

  private void tell(ProposedUpdate update) {
    Instant now = clock.instant();
    update.operations().stream()
        .map(UpdateOperation::name)
        .distinct()
        .forEach(name -> heard.accept(name, now));
  }

  private UpdateDecision decide(ProposedUpdate update, Requestor requestor, ZoneSnapshot snapshot) {
    String refusal = roles.refusal(update.zone());
    if (refusal == null) {
      refusal = judge.objection(update);
    }
    return refusal == null
        ? policy.decide(update, requestor, snapshot)
        : new UpdateDecision.Denied(null, refusal, List.of());
  }

  /** One line now and then: a device that is refused asks again and again. */
  private void log(ProposedUpdate update, Requestor requestor, String why) {
    Instant now = clock.instant();
    Instant next = nextLine.get();
    if (!now.isBefore(next) && nextLine.compareAndSet(next, now.plus(BETWEEN_LINES))) {
      LOG.info(
          "Refused an update of the zone {} by the key {}: {}; all of them: 'homeport history --rejected'",
          update.zone(),
          who(requestor),
          why);
    }
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
    return switch (plan(update, requestor, snapshot, zone)) {
      case Plan.Denied denied -> new UpdateExplanation.NotAllowed(denied.why());
      case Plan.AgainstPolicy against ->
          new UpdateExplanation.AgainstPolicy(against.allowed(), against.why(), against.later());
      case Plan.Refused refused -> new UpdateExplanation.Refused(refused.allowed(), refused.why());
      case Plan.Submit submit ->
          switch (UpdateEvaluation.evaluate(zone, submit.update())) {
            case UpdateResult.Refused refused ->
                new UpdateExplanation.Refused(submit.allowed(), refused.why());
            case UpdateResult.Unchanged _ ->
                new UpdateExplanation.Passes(submit.allowed(), List.of());
            case UpdateResult.Changed changed ->
                new UpdateExplanation.Passes(submit.allowed(), changed.changes());
          };
    };
  }

  private static List<Name> zoneAround(ZoneSnapshot snapshot, Name name) {
    Zone zone = snapshot.zoneOf(name);
    return zone == null ? List.of() : List.of(zone.apex());
  }
}
