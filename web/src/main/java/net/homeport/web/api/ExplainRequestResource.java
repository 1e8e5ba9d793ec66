package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.LastObstacles;
import net.homeport.registry.restriction.RestrictionChecks;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.UpdateJudgement;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.Verdict;
import net.homeport.web.api.RestrictionModel.CheckView;
import net.homeport.web.api.RestrictionModel.LastView;
import net.homeport.web.api.RestrictionModel.PastEvent;
import net.homeport.web.api.RestrictionModel.RequestQuestion;
import net.homeport.web.api.RestrictionModel.RequestVerdict;
import net.homeport.zone.address.AddressText;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * {@code /api/v1/explain/request}: what would become of a device's request, before it is made;
 * {@code /explain/last}: what became of the last ones, and why.
 */
public final class ExplainRequestResource implements ApiResource {
  private final HostRegistry hosts;
  private final HostUpdates updates;
  private final HostPolicies policies;
  private final HostStatusReader statuses;
  private final LastObstacles obstacles;
  private final RejectedAttempts rejected;
  private final CredentialOwners owners;

  public ExplainRequestResource(
      HostRegistry hosts,
      HostUpdates updates,
      HostPolicies policies,
      HostStatusReader statuses,
      LastObstacles obstacles,
      RejectedAttempts rejected,
      CredentialOwners owners) {
    this.owners = owners;
    this.hosts = hosts;
    this.updates = updates;
    this.policies = policies;
    this.statuses = statuses;
    this.obstacles = obstacles;
    this.rejected = rejected;
  }

  /** What others explain at these is theirs to guard. */
  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("POST explain/{name}", "GET explain/{name}");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation() + " " + request.name()) {
        case "POST explain/{name} request" -> {
          RequestQuestion question = request.body(RequestQuestion.class);
          ApiResult refusal = refusal(request, question.host(), question.username());
          yield refusal == null
              ? explain(
                  question,
                  host -> request.may(Deed.VIEW, owners.accountOf(host)) == Permission.ALLOWED)
              : refusal;
        }
        case "GET explain/{name} last" -> {
          ApiResult refusal = refusal(request, request.parameter("host"), null);
          yield refusal == null ? last(request, request.parameter("host")) : refusal;
        }
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  /** A member asks of their own hosts, and of credentials that are their account's. */
  private @Nullable ApiResult refusal(
      ApiRequest request, @Nullable String hostText, @Nullable String username) {
    if (isAdministrator(request)) {
      return null;
    }
    Name name = name(hostText);
    Host host = hosts.host(name);
    if (host == null || request.may(Deed.VIEW, owners.accountOf(host)) != Permission.ALLOWED) {
      return HostAnswers.noSuchHost(ApiNames.text(name));
    }
    Credential credential =
        username == null ? hosts.credentialOf(host) : hosts.credential(username);
    Account owner = credential == null ? null : owners.ownerOf(credential);
    return owner != null && request.may(Deed.VIEW, owner.id()) == Permission.ALLOWED
        ? null
        : ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such credential",
            "no credential of your account %s"
                .formatted(
                    username == null
                        ? "is that of '%s'".formatted(ApiNames.text(name))
                        : "has the user name '%s'".formatted(username)));
  }

  private static boolean isAdministrator(ApiRequest request) {
    return request.principal() instanceof Principal.ServerAdministrator;
  }

  private static Name name(@Nullable String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException(
          "'%s' is not a domain name; say which 'host'".formatted(text == null ? "" : text));
    }
    return name;
  }

  private static InetAddress address(String text) {
    InetAddress address = AddressText.parse(text);
    if (address == null) {
      throw new IllegalArgumentException("'%s' is not an address".formatted(text));
    }
    return address;
  }

  /**
   * @param shown whose changes they may see: a host that follows may be another account's
   */
  private ApiResult explain(RequestQuestion question, Predicate<Host> shown) {
    Name name = name(question.host());
    List<String> texts = question.addresses();
    List<InetAddress> addresses = new ArrayList<>();
    (texts == null ? List.<String>of() : texts).forEach(text -> addresses.add(address(text)));
    String from = question.source();
    if (from == null && addresses.isEmpty()) {
      throw new IllegalArgumentException("say an address, or the source of the request");
    }
    InetAddress source = from == null ? addresses.getFirst() : address(from);
    if (addresses.isEmpty()) {
      addresses.add(source);
    }
    String username = question.username();
    Host host = hosts.host(name);
    Credential credential =
        username != null
            ? hosts.credential(username)
            : host == null ? hosts.credential(ApiNames.text(name)) : hosts.credentialOf(host);
    if (credential == null) {
      return ApiResult.ok(nobody(name, username));
    }
    String tls = question.tls();
    String door = question.door();
    var origin =
        new RequestOrigin(
            source, door == null ? "dyndns2" : door, tls == null ? null : "TLSv" + tls, "");
    var request =
        new UpdateRequest(
            new Presented.Password(credential.username(), ""),
            origin,
            List.of(new HostWish(ApiNames.text(name), wish(addresses, 4), wish(addresses, 16))));
    String objection = updates.objection(credential, origin);
    if (objection != null) {
      return ApiResult.ok(rejected(name, credential.username(), objection, "credential"));
    }
    UpdateOutcome.Reason obstacle = HostUpdates.obstacle(request);
    if (obstacle != null) {
      return ApiResult.ok(rejected(name, credential.username(), obstacle.words(), "request"));
    }
    List<UpdateJudgement> judgements = updates.explain(request, credential);
    Host first = judgements.getFirst().host();
    boolean isGroup = judgements.size() > 1 || (first != null && !first.name().equals(name));
    return ApiResult.ok(
        isGroup
            ? ofGroup(name, credential, judgements, shown)
            : verdict(name, credential, judgements.getFirst(), shown));
  }

  /** One line a host, as a group is answered by one word: that of the host that fared worst. */
  private RequestVerdict ofGroup(
      Name name, Credential credential, List<UpdateJudgement> all, Predicate<Host> shown) {
    List<UpdateOutcome> outcomes =
        all.stream()
            .map(judgement ->
                judgement.decided() == null ? new UpdateOutcome.Updated() : judgement.decided())
            .toList();
    int worst = outcomes.indexOf(UpdateOutcome.worst(outcomes));
    var hostsOf = new ArrayList<CheckView>();
    var changes = new ArrayList<String>();
    for (UpdateJudgement judgement : all) {
      Host host = judgement.host();
      RequestVerdict one = verdict(host == null ? name : host.name(), credential, judgement, shown);
      CheckView last = one.checks().isEmpty() ? null : one.checks().getLast();
      boolean passes = one.decidedBy() == null;
      hostsOf.add(
          new CheckView(
              passes ? one.host() : "%s by %s".formatted(one.host(), one.decidedBy()),
              passes ? "pass" : last == null || last.why() == null ? "reject" : last.verdict(),
              passes ? null : one.why(),
              passes || last == null ? null : last.rule()));
      changes.addAll(one.changes());
    }
    CheckView decides = hostsOf.get(worst);
    return new RequestVerdict(
        ApiNames.text(name),
        credential.username(),
        VerdictWords.word(outcomes.get(worst)),
        "the group has %d hosts; %s".formatted(all.size(), VerdictWords.why(outcomes.get(worst))),
        decides.why() == null ? null : decides.check(),
        hostsOf,
        changes);
  }

  private static RequestVerdict nobody(Name name, @Nullable String username) {
    return username == null
        ? rejected(
            name,
            null,
            "this server has no host of that name; if it is a group, say whose request ('username')",
            "access")
        : rejected(
            name,
            username,
            "no credential has the user name '%s'".formatted(username),
            "credential");
  }

  /** Before any check. */
  private static RequestVerdict rejected(
      Name name, @Nullable String username, String why, String by) {
    return new RequestVerdict(
        ApiNames.text(name), username, "rejected", why, by, List.of(), List.of());
  }

  private static AddressWish wish(List<InetAddress> addresses, int octets) {
    List<InetAddress> ofFamily =
        addresses.stream().filter(address -> address.getAddress().length == octets).toList();
    return ofFamily.isEmpty() ? AddressWish.KEEP : new AddressWish.Publish(ofFamily);
  }

  private RequestVerdict verdict(
      Name name, Credential credential, UpdateJudgement judgement, Predicate<Host> shown) {
    Host host = judgement.host();
    var checks = new ArrayList<CheckView>();
    for (UpdateJudgement.Step step : judgement.steps()) {
      checks.add(
          new CheckView(
              step.of(),
              VerdictWords.word(step.verdict()),
              VerdictWords.why(step.verdict()),
              host == null ? null : RestrictionChecks.rule(step.of(), host, policies)));
    }
    UpdateOutcome decided = judgement.decided();
    boolean byCheck =
        !checks.isEmpty() && !(judgement.steps().getLast().verdict() instanceof Verdict.Pass);
    List<String> changes =
        judgement.changes().stream()
            .flatMap(change -> change.differing().stream())
            .filter(rrset -> shown.test(rrset.host()))
            .map(ExplainRequestResource::words)
            .toList();
    return new RequestVerdict(
        ApiNames.text(name),
        credential.username(),
        decided == null ? "updated" : VerdictWords.word(decided),
        decided == null ? "it would be made" : VerdictWords.why(decided),
        decided == null || decided instanceof UpdateOutcome.Unchanged
            ? null
            : byCheck ? checks.getLast().check() : "access",
        checks,
        changes);
  }

  private static String words(PlannedRrset rrset) {
    List<String> addresses = rrset.addresses().stream().map(AddressText::of).toList();
    return "%s %s -> %s"
        .formatted(
            ApiNames.text(rrset.host().name()),
            Type.string(rrset.type()),
            addresses.isEmpty() ? "none" : String.join(", ", addresses));
  }

  /** Of what was before a host was added, its owner hears nothing. */
  private ApiResult last(ApiRequest request, @Nullable String text) {
    Name name = name(text);
    var events = new ArrayList<PastEvent>();
    Host host = hosts.host(name);
    Attribution change = host == null ? null : statuses.status(host).lastChange();
    if (change != null) {
      events.add(
          new PastEvent(
              change.at().toString(),
              "changed",
              change.actor(),
              change.frontDoor(),
              text(change.source()),
              "the change was made"));
    }
    LastObstacles.Obstacle obstacle = obstacles.of(name);
    if (obstacle != null) {
      events.add(
          new PastEvent(
              obstacle.at().toString(),
              obstacle.outcome(),
              obstacle.request().credential().username(),
              obstacle.request().origin().frontDoor(),
              text(obstacle.request().origin().source()),
              obstacle.why()));
    }
    for (RejectedAttempt attempt : rejected.latest(ApiNames.text(name), null, 1)) {
      // What is in memory is among the attempts a second later, too.
      if (obstacle == null || !attempt.why().equals(obstacle.why())) {
        events.add(
            new PastEvent(
                attempt.at().toString(),
                "rejected",
                attempt.who(),
                attempt.frontDoor(),
                text(attempt.source()),
                "%s (wanted: %s)".formatted(attempt.why(), attempt.wanted())));
      }
    }
    if (host != null && !isAdministrator(request)) {
      Instant since = host.createdAt().truncatedTo(ChronoUnit.MILLIS);
      events.removeIf(event -> Instant.parse(event.at()).isBefore(since));
    }
    events.sort(
        Comparator.<PastEvent, Instant>comparing(event -> Instant.parse(event.at())).reversed());
    return ApiResult.ok(new LastView(ApiNames.text(name), events));
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : AddressText.of(address);
  }
}
