package net.homeport.registry.update;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Changes the addresses of hosts on behalf of devices. Thread safe; blocks the caller until the
 * change is durable and visible.
 */
public final class HostUpdates {
  private final HostRegistry registry;
  private final ZoneWriter writer;
  private final InstantSource clock;
  private final HostCommits commits;
  private final UpdateStages stages;
  private final UpdateJudge judge;
  private final RejectedRequests rejected;
  private final LateChanges late;

  public HostUpdates(
      HostRegistry registry, ZoneWriter writer, InstantSource clock, UpdateStages stages) {
    this.registry = registry;
    this.writer = writer;
    this.clock = clock;
    this.stages = stages;
    this.commits = new HostCommits(writer, clock);
    this.judge = new UpdateJudge(registry, writer::snapshot, stages);
    this.rejected = new RejectedRequests(registry, stages.rejected(), clock);
    this.late = new LateChanges(registry, stages.checks(), writer, clock);
    registry.whenRemoved(late::removed);
  }

  /**
   * Credential, hosts, addresses, checks, then one atomic update a zone: all hosts of a zone that
   * the request may change, with both families, change together or not at all.
   */
  public UpdateAnswer update(UpdateRequest request) {
    return update(request, _ -> {});
  }

  /**
   * As the other one.
   *
   * @param also told, after the observers of all requests and on this thread, of each host of this
   *     one that the credential may change
   */
  public UpdateAnswer update(UpdateRequest request, UpdateObserver also) {
    return switch (stages.authenticator().authenticate(request.presented(), request.origin())) {
      case Authentication.Unproven unproven -> {
        rejected.record(request, request.hosts(), unproven.why());
        yield new UpdateAnswer.Unauthorized();
      }
      case Authentication.Postponed postponed ->
          new UpdateAnswer.Postponed(postponed.why(), postponed.retryAfter());
      case Authentication.Proven proven -> {
        Reason reason = obstacle(request);
        if (reason != null) {
          rejected.record(request, request.hosts(), reason.words());
          yield new UpdateAnswer.Rejected(reason);
        }
        yield answered(request, proven.credential(), also);
      }
    };
  }

  private UpdateAnswer answered(UpdateRequest request, Credential credential, UpdateObserver also) {
    var meant = new ArrayList<List<HostWish>>(request.hosts().size());
    var all = new ArrayList<HostWish>(request.hosts().size());
    for (HostWish wish : request.hosts()) {
      List<HostWish> wishes = meant(wish, credential);
      meant.add(wishes);
      all.addAll(wishes);
    }
    if (isTooMany(request, all)) {
      rejected.record(request, request.hosts(), Reason.TOO_MANY_HOSTS.words());
      return new UpdateAnswer.Rejected(Reason.TOO_MANY_HOSTS);
    }
    List<UpdateOutcome> outcomes = perHost(request.of(all), credential, also);
    var told = new ArrayList<UpdateOutcome>(meant.size());
    int from = 0;
    for (List<HostWish> wishes : meant) {
      told.add(UpdateOutcome.worst(outcomes.subList(from, from + wishes.size())));
      from += wishes.size();
    }
    return new UpdateAnswer.PerHost(told);
  }

  private static boolean isTooMany(UpdateRequest request, List<HostWish> meant) {
    return meant.size() > request.hosts().size() && meant.size() > UpdateRequest.GROUP_HOSTS_MAX;
  }

  /** What a wish means: itself, as a rule; that of each host of a group, if it names one. */
  private List<HostWish> meant(HostWish wish, Credential credential) {
    String name = wish.hostName();
    if (wish.inShort() || name.isEmpty() || name.contains(".")) {
      return List.of(wish);
    }
    List<Host> group = stages.access().group(name, credential);
    return group.isEmpty()
        ? List.of(wish)
        : group.stream().map(host -> wish.about(host.name().toString(true))).toList();
  }

  /** The host that a wish names, if the credential may change it; else null. */
  public @Nullable Host named(HostWish wish, Credential credential) {
    return judge.named(wish, credential);
  }

  /** Why the request as a whole cannot be; null if it can. */
  public static @Nullable Reason obstacle(UpdateRequest request) {
    if (request.flaw() != null) {
      return request.flaw();
    }
    if (request.hosts().isEmpty()) {
      return Reason.NOT_A_HOST_NAME;
    }
    if (request.hosts().size() > UpdateRequest.HOSTS_MAX) {
      return Reason.TOO_MANY_HOSTS;
    }
    for (HostWish wish : request.hosts()) {
      if (!usable(wish.ipv4()) || !usable(wish.ipv6())) {
        return Reason.UNUSABLE_ADDRESS;
      }
    }
    return null;
  }

  private static boolean usable(AddressWish wish) {
    return !(wish instanceof AddressWish.Publish publish)
        || publish.addresses().stream().allMatch(HostUpdates::usable);
  }

  /** Addresses that no host has are refused; whether a private one makes sense is for checks. */
  private static boolean usable(InetAddress address) {
    int first = address.getAddress()[0] & 0xFF;
    boolean reservedIpv4 = address instanceof Inet4Address && (first == 0 || first >= 240);
    return !(address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.isLinkLocalAddress()
        || reservedIpv4);
  }

  private List<UpdateOutcome> perHost(
      UpdateRequest request, Credential credential, UpdateObserver also) {
    var judgements = new ArrayList<UpdateJudgement>(request.hosts().size());
    var planned = new ArrayList<PlannedRrset>();
    for (HostWish wish : request.hosts()) {
      UpdateJudgement judgement = judge.judge(wish, credential, request.origin());
      judgements.add(judgement);
      planned.addAll(judgement.toChange());
    }
    UpdateOutcome.Rejected none = request.together() ? obstacle(judgements, planned) : null;
    Map<Name, UpdateOutcome> committed =
        none == null ? commits.commit(request.origin(), credential, planned, null) : Map.of();
    if (!committed.isEmpty()) {
      planned.forEach(late::published);
    }
    var outcomes = new ArrayList<UpdateOutcome>(judgements.size());
    for (int i = 0; i < judgements.size(); i++) {
      UpdateJudgement judgement = judgements.get(i);
      UpdateOutcome outcome =
          none != null && judgement.decided() == null ? none : judgement.outcome(committed);
      outcomes.add(outcome);
      tell(request, request.hosts().get(i), credential, judgement, outcome, also);
    }
    return outcomes;
  }

  /** Why none of these hosts changes, if all or none shall; null if all can. */
  private static UpdateOutcome.@Nullable Rejected obstacle(
      List<UpdateJudgement> judgements, List<PlannedRrset> planned) {
    if (planned.stream().map(rrset -> rrset.host().zone()).distinct().count() > 1) {
      return new UpdateOutcome.Rejected(
          Reason.NOT_ALLOWED, "hosts of several zones cannot change together");
    }
    boolean any =
        judgements.stream()
            .anyMatch(judgement ->
                judgement.decided() instanceof UpdateOutcome.Rejected
                    || judgement.decided() instanceof UpdateOutcome.Postponed);
    return any
        ? new UpdateOutcome.Rejected(
            Reason.NOT_ALLOWED, "another host of the same request cannot change")
        : null;
  }

  private void tell(
      UpdateRequest request,
      HostWish wish,
      Credential credential,
      UpdateJudgement judgement,
      UpdateOutcome outcome,
      UpdateObserver also) {
    if (outcome instanceof UpdateOutcome.Rejected no) {
      rejected.record(request, List.of(wish), no.why());
    }
    Instant at = clock.instant();
    if (outcome instanceof UpdateOutcome.Updated) {
      made(judgement, at);
    }
    Host host = judgement.host();
    if (host != null) {
      var observation = new Observation(credential, request.origin(), host, wish, outcome, at);
      stages.observers().forEach(observer -> observer.observed(observation));
      also.observed(observation);
    }
  }

  private void made(UpdateJudgement judgement, Instant at) {
    for (ProposedChange change : judgement.changes()) {
      stages.checks().forEach(check -> check.made(change));
      stages.observers().forEach(observer -> observer.made(change, at));
    }
  }

  /**
   * Makes these RRsets so, without credential and checks: for the server's own reasons, such as a
   * host that was silent for too long.
   *
   * @param planned all of one zone
   * @param actor why
   */
  public UpdateOutcome publish(List<PlannedRrset> planned, Attribution actor) {
    if (planned.isEmpty()) {
      return new UpdateOutcome.Unchanged();
    }
    Name zone = planned.getFirst().host().zone();
    if (planned.stream().anyMatch(rrset -> !rrset.host().zone().equals(zone))) {
      throw new IllegalArgumentException("RRsets of several zones cannot change together");
    }
    UpdateOutcome outcome = commits.commit(zone, planned, actor);
    if (outcome.isDone()) {
      stages.observers().forEach(observer -> observer.published(planned, actor));
      planned.forEach(late::published);
    }
    return outcome;
  }

  /**
   * Does what was not done of a report, once what stood against it is gone: as if the device sent
   * it again, for it was told that all is well and will not. All else is asked anew, also of the
   * credential; what was changed since it was judged stays, and the outcome is then that it is
   * postponed.
   *
   * @param earlier of a host and a credential that may have gone since: then it is nobody's word
   * @param asIn the zones as they were when it was the latest report
   */
  public UpdateOutcome again(EarlierReport earlier, ZoneSnapshot asIn) {
    Credential credential = registry.credential(earlier.credentialId());
    if (credential == null) {
      return new UpdateOutcome.Rejected(Reason.NO_SUCH_HOST);
    }
    String objection =
        stages.authenticator().objectionTo(credential, earlier.origin(), earlier.at());
    if (objection != null) {
      return new UpdateOutcome.Rejected(Reason.NOT_ALLOWED, objection);
    }
    UpdateJudgement judgement = judge.judge(earlier.wish(), credential, earlier.origin());
    UpdateOutcome outcome =
        judgement.outcome(commits.commit(earlier.origin(), credential, judgement.toChange(), asIn));
    judgement.toChange().forEach(late::published);
    if (outcome instanceof UpdateOutcome.Updated) {
      made(judgement, clock.instant());
    }
    return outcome;
  }

  /**
   * Takes a host's addresses out of its zone, when the host is removed.
   *
   * @param actor who removes it
   */
  public UpdateOutcome withdraw(Host host, Attribution actor) {
    return publish(
        List.of(
            new PlannedRrset(host, Type.A, List.of()),
            new PlannedRrset(host, Type.AAAA, List.of())),
        actor);
  }

  /** The zones as they are now. */
  public ZoneSnapshot zones() {
    return writer.snapshot();
  }

  /** For changes that others commit: takes out what is behind a removal or a block. */
  public UpdateObserver late() {
    return late;
  }

  /** Why this credential would not be taken from there; null if it would. */
  public @Nullable String objection(Credential credential, RequestOrigin origin) {
    return stages.authenticator().objection(credential, origin);
  }

  /**
   * What {@link #update} would say of each host now, and which check decides; changes nothing. A
   * wish that names a group is told for each of its hosts.
   */
  public List<UpdateJudgement> explain(UpdateRequest request, Credential credential) {
    Objects.requireNonNull(credential, "explained for somebody");
    List<HostWish> all =
        request.hosts().stream().flatMap(wish -> meant(wish, credential).stream()).toList();
    if (isTooMany(request, all)) {
      var tooMany = new UpdateOutcome.Rejected(Reason.TOO_MANY_HOSTS);
      return List.of(UpdateJudgement.decided(null, tooMany, List.of()));
    }
    return all.stream().map(wish -> judge.judge(wish, credential, request.origin())).toList();
  }
}
