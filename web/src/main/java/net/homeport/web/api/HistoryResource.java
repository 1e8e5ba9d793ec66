package net.homeport.web.api;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.history.HistoryEntry;
import net.homeport.registry.history.Moment;
import net.homeport.registry.history.PastAnswer;
import net.homeport.registry.history.Recollection;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.history.RollbackResult;
import net.homeport.registry.history.StateDifference;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.web.api.HistoryModel.ChangeView;
import net.homeport.web.api.HistoryModel.DifferenceView;
import net.homeport.web.api.HistoryModel.HistoryList;
import net.homeport.web.api.HistoryModel.PastView;
import net.homeport.web.api.HistoryModel.RejectedList;
import net.homeport.web.api.HistoryModel.RejectedView;
import net.homeport.web.api.HistoryModel.RollbackView;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.text.RecordLines;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * {@code /api/v1/history}: what changed; {@code /history/NAME/at}: what was answered; {@code
 * /history/ZONE/diff} and {@code /history/ZONE/rollback}.
 */
public final class HistoryResource implements ApiResource {
  private static final int LIMIT = 100;

  private final ZoneHistory history;
  private final RejectedAttempts rejected;
  private final HostRegistry hosts;
  private final HostDetails details;

  public HistoryResource(
      ZoneHistory history, RejectedAttempts rejected, HostRegistry hosts, HostDetails details) {
    this.hosts = hosts;
    this.details = details;
    this.history = history;
    this.rejected = rejected;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("GET history");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    try {
      if (!maySee(request)) {
        return ApiResult.problem(
            HttpStatus.FORBIDDEN_403,
            "whose history",
            "members see the history of one of their hosts; say which as ?name=HOST");
      }
      return switch (request.operation()) {
        case "GET history" ->
            request.isSet("rejected")
                ? rejected(request, since(request))
                : changes(request, since(request));
        case "GET history/{name}/at" -> past(request);
        case "GET history/{name}/diff" -> difference(request);
        case "POST history/{name}/rollback" -> rollback(request);
        default -> null;
      };
    } catch (BadParameterException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "wrong parameter", String.valueOf(e.getMessage()));
    }
  }

  /** All for the administrator; for a member, one host that is theirs. */
  private boolean maySee(ApiRequest request) {
    return isAdministrator(request) || ownHost(request) != null;
  }

  private static boolean isAdministrator(ApiRequest request) {
    return request.principal() instanceof Principal.ServerAdministrator;
  }

  /** The host that the request names, if it is there and they may see it; else null. */
  private @Nullable Host ownHost(ApiRequest request) {
    Name name = name(request, "name");
    Host host = name == null ? null : hosts.host(name);
    return host != null
            && request.may(Deed.VIEW, details.accountOf(host.name())) == Permission.ALLOWED
        ? host
        : null;
  }

  /** From when on they may see it: what was before a host was added is another owner's. */
  private @Nullable Instant since(ApiRequest request) {
    Instant wanted = time(request, "since");
    Host host = isAdministrator(request) ? null : ownHost(request);
    if (host == null) {
      return wanted;
    }
    // Entries are kept by the millisecond.
    Instant added = host.createdAt().truncatedTo(ChronoUnit.MILLIS);
    return wanted == null || wanted.isBefore(added) ? added : wanted;
  }

  /** A parameter that makes no sense; the message says which and why. */
  private static final class BadParameterException extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    BadParameterException(String message) {
      super(message);
    }
  }

  private ApiResult changes(ApiRequest request, @Nullable Instant since) {
    List<HistoryEntry> entries =
        history.entries(name(request, "zone"), name(request, "name"), since, limit(request));
    return ApiResult.ok(new HistoryList(entries.stream().map(HistoryResource::view).toList()));
  }

  private static ChangeView view(HistoryEntry entry) {
    Attribution by = entry.by();
    String what =
        switch (entry.kind()) {
          case CREATED -> "zone added";
          case CHANGED -> "changed";
          case REMOVED -> "zone removed";
        };
    return new ChangeView(
        by.at().toString(),
        what,
        ApiNames.text(entry.zone()),
        entry.serial(),
        ApiNames.text(entry.owner()),
        entry.type() == 0 ? null : Type.string(entry.type()),
        data(entry.before()),
        data(entry.after()),
        by.actor(),
        by.frontDoor(),
        text(by.source()),
        by.rule());
  }

  private static List<String> data(@Nullable Rrset rrset) {
    return rrset == null ? List.of() : RecordLines.data(rrset);
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }

  private ApiResult rejected(ApiRequest request, @Nullable Instant since) {
    Name name = name(request, "name");
    List<RejectedAttempt> attempts =
        rejected.latest(name == null ? null : ApiNames.text(name), since, limit(request));
    return ApiResult.ok(
        new RejectedList(
            attempts.stream().map(HistoryResource::view).toList(), rejected.dropped()));
  }

  private static RejectedView view(RejectedAttempt attempt) {
    return new RejectedView(
        attempt.at().toString(),
        attempt.who(),
        attempt.frontDoor(),
        text(attempt.source()),
        attempt.names(),
        attempt.wanted(),
        attempt.why());
  }

  private ApiResult past(ApiRequest request) {
    Name name = ApiNames.parse(request.name());
    Instant at = time(request, "at");
    if (name == null || at == null) {
      return name == null
          ? ApiNames.notAName(request.name())
          : ApiResult.problem(HttpStatus.BAD_REQUEST_400, "wrong parameter", "at: say when");
    }
    Zone zone = history.zoneOf(name);
    if (zone == null) {
      return ApiResult.problem(
          HttpStatus.NOT_FOUND_404,
          "no zone for the name",
          "this server has no zone around '%s' now; 'homeport history %s' shows when it had one"
              .formatted(request.name(), request.name()));
    }
    Recollection past = history.zoneAt(zone.apex(), new Moment.Time(at));
    if (!(past instanceof Recollection.Known known)) {
      return unknown(ApiNames.text(zone.apex()), past);
    }
    PastAnswer answer = PastAnswer.of(known.zone(), name);
    return ApiResult.ok(
        new PastView(
            ApiNames.text(name),
            at.toString(),
            ApiNames.text(zone.apex()),
            known.zone().serial(),
            answer.how().name().toLowerCase(Locale.ROOT),
            ApiNames.text(answer.owner()),
            answer.rrsets().stream()
                .flatMap(rrset -> RecordLines.of(answer.owner(), rrset).stream())
                .toList()));
  }

  private static ApiResult unknown(String zone, Recollection why) {
    return switch (why) {
      case Recollection.NotYetThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the zone was not there",
              "the zone '%s' as it is now was added at %s; before that it was not served, or was another one that was removed"
                  .formatted(zone, there.made()));
      case Recollection.Forgotten forgotten ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "not in the history",
              forgotten.since() == null
                  ? "the zone '%s' never had that serial; 'homeport history --zone %s' shows those it had"
                      .formatted(zone, zone)
                  : "the history of '%s' does not reach back that far: it is complete since %s"
                      .formatted(zone, forgotten.since()));
      case Recollection.NoSuchZone _, Recollection.Known _ ->
          ApiResult.problem(
              HttpStatus.NOT_FOUND_404,
              "no such zone",
              "this server has no zone '%s'; 'homeport zone list' shows those it has"
                  .formatted(zone));
    };
  }

  private ApiResult difference(ApiRequest request) {
    Name zone = ApiNames.parse(request.name());
    if (zone == null) {
      return ApiNames.notAName(request.name());
    }
    return switch (history.difference(zone, moment(request, "from"), moment(request, "to"))) {
      case ZoneHistory.Comparison.Unknown unknown -> unknown(request.name(), unknown.why());
      case ZoneHistory.Comparison.Different different ->
          ApiResult.ok(
              new DifferenceView(
                  ApiNames.text(zone),
                  different.difference().fromSerial(),
                  different.difference().toSerial(),
                  lines(different.difference())));
    };
  }

  /** Records that are in both are not listed. */
  private static List<String> lines(StateDifference difference) {
    var lines = new ArrayList<String>();
    for (StateDifference.RrsetDifference rrset : difference.rrsets()) {
      List<String> from = lines(rrset.owner(), rrset.from());
      List<String> to = lines(rrset.owner(), rrset.to());
      from.stream().filter(line -> !to.contains(line)).forEach(line -> lines.add("-" + line));
      to.stream().filter(line -> !from.contains(line)).forEach(line -> lines.add("+" + line));
    }
    return lines;
  }

  private static List<String> lines(Name owner, @Nullable Rrset rrset) {
    return rrset == null ? List.of() : RecordLines.of(owner, rrset);
  }

  private ApiResult rollback(ApiRequest request) {
    Name zone = ApiNames.parse(request.name());
    if (zone == null) {
      return ApiNames.notAName(request.name());
    }
    boolean dryRun = request.isSet("dry-run");
    RollbackResult result =
        history.rollback(
            zone,
            moment(request, "to"),
            name(request, "name"),
            request.isSet("only-static"),
            dryRun,
            request.actor());
    return switch (result) {
      case RollbackResult.Done done ->
          ApiResult.ok(
              new RollbackView(
                  ApiNames.text(zone),
                  done.serial(),
                  done.difference().toSerial(),
                  !done.difference().rrsets().isEmpty(),
                  dryRun,
                  lines(done.difference())));
      case RollbackResult.Unknown unknown -> unknown(request.name(), unknown.why());
      case RollbackResult.MovedOn _ ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the zone keeps changing",
              "others changed '%s' each time it was to be rolled back, and nothing was; try again, or hold up the updates"
                  .formatted(request.name()));
      case RollbackResult.NotOurs not ->
          ApiResult.problem(HttpStatus.CONFLICT_409, "a copy of another server's zone", not.why());
      case RollbackResult.TooMany many ->
          ApiResult.problem(
              HttpStatus.PAYLOAD_TOO_LARGE_413,
              "too many changes at once",
              "%d RRsets would change at once; roll back in steps, to later serials first"
                  .formatted(many.rrsets()));
      case RollbackResult.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }

  private static @Nullable Name name(ApiRequest request, String parameter) {
    String text = request.parameter(parameter);
    if (text == null) {
      return null;
    }
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new BadParameterException(parameter + ": '" + text + "' is not a domain name");
    }
    return name;
  }

  private static @Nullable Instant time(ApiRequest request, String parameter) {
    String text = request.parameter(parameter);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw new BadParameterException(
          parameter + ": '" + text + "' is not a time such as 2026-11-20T14:03:00Z (RFC 3339)");
    }
  }

  private static int limit(ApiRequest request) {
    String text = request.parameter("limit");
    try {
      int limit = text == null ? LIMIT : Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException("limit: '" + text + "' is not a number from 1 on");
  }

  /** A serial, a time, or {@code now}, which is also what is not given. */
  private static Moment moment(ApiRequest request, String parameter) {
    String text = request.parameter(parameter);
    if (text == null || text.equals("now")) {
      return new Moment.Now();
    }
    if (text.matches("[0-9]{1,10}")) {
      return new Moment.Serial(Long.parseLong(text));
    }
    try {
      return new Moment.Time(Instant.parse(text));
    } catch (DateTimeException _) {
      throw new BadParameterException(
          "%s: '%s' is neither a serial, nor a time such as 2026-11-20T14:03:00Z, nor now"
              .formatted(parameter, text));
    }
  }
}
