package net.homeport.web.api;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.naming.Quarantine;
import net.homeport.registry.restriction.ApprovalCheck;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostRelease;
import net.homeport.registry.restriction.HostRelease.Released;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.WithheldReports;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.api.RestrictionModel.FreedList;
import net.homeport.web.api.RestrictionModel.FreedView;
import net.homeport.web.api.RestrictionModel.NewBlock;
import net.homeport.web.api.RestrictionModel.StandingList;
import net.homeport.web.api.RestrictionModel.StandingView;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Beside a host, {@code /api/v1/hosts/NAME/approve}, {@code /block} and {@code /unblock}; {@code
 * /api/v1/standings}: those that are blocked or wait; {@code /api/v1/quarantine}: freed names.
 */
public final class StandingResource implements ApiResource {
  private final HostRegistry hosts;
  private final HostUpdates updates;
  private final HostRelease release;
  private final HostPolicies policies;
  private final HostStandings standings;
  private final WithheldReports withheld;
  private final Quarantine quarantine;
  private final Consumer<Host> stopped;

  /**
   * @param stopped told of each host that is blocked: takes out what is in DNS besides its
   *     addresses
   */
  public StandingResource(
      HostRegistry hosts,
      HostUpdates updates,
      HostRelease release,
      HostPolicies policies,
      HostStandings standings,
      WithheldReports withheld,
      Quarantine quarantine,
      Consumer<Host> stopped) {
    this.stopped = stopped;
    this.hosts = hosts;
    this.withheld = withheld;
    this.updates = updates;
    this.release = release;
    this.policies = policies;
    this.standings = standings;
    this.quarantine = quarantine;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("GET quarantine");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    Attribution actor = request.actor();
    return switch (request.operation()) {
      case "POST hosts/{name}/approve" -> approve(request.name(), actor);
      case "POST hosts/{name}/block" ->
          block(request.name(), request.body(NewBlock.class).reason(), actor);
      case "POST hosts/{name}/unblock" -> unblock(request.name());
      case "GET standings" -> ApiResult.ok(new StandingList(list()));
      case "GET quarantine" -> ApiResult.ok(new FreedList(freed(request)));
      default -> null;
    };
  }

  private ApiResult approve(String text, Attribution actor) {
    Name name = ApiNames.parse(text);
    Host host = name == null ? null : hosts.host(name);
    if (host == null) {
      return ApiResult.problem(
          HttpStatus.NOT_FOUND_404,
          "no such host",
          "this server has no host '%s'; 'homeport host list' shows those it has".formatted(text));
    }
    standings.approve(new HostApproval(host.name(), actor.actor(), actor.at()));
    return again(host.name());
  }

  /** What the device reported meanwhile is done now: it was told that all is well, or to stop. */
  private ApiResult again(Name name) {
    return switch (release.release(name)) {
      case Released.NothingReported _ ->
          ApiResult.ok(
              view(name, "nothing of its device is waiting: its next report will be followed"));
      case Released.Overtaken _ ->
          ApiResult.ok(view(name, "its device has reported since, and that was followed"));
      case Released.SilentSince silent ->
          ApiResult.ok(
              view(
                  name,
                  "its device asked for %s at %s and was silent for too long since: its next report will be followed"
                      .formatted(silent.report().wish().words(), time(silent.report()))));
      case Released.Judged judged ->
          judged.outcome() instanceof UpdateOutcome.Failed failed
              ? ApiResult.trouble(failed.incident())
              : ApiResult.ok(view(name, words(judged)));
    };
  }

  private static String time(EarlierReport report) {
    return report.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String words(Released.Judged judged) {
    EarlierReport report = judged.report();
    String what =
        "what its device asked for at %s (%s) ".formatted(time(report), report.wish().words());
    return what
        + switch (judged.outcome()) {
          case UpdateOutcome.Updated _ -> "is published now";
          case UpdateOutcome.Unchanged _ -> "is what DNS answers already";
          case UpdateOutcome.Withheld held -> "is withheld: " + held.why();
          case UpdateOutcome.Rejected no -> "may not be: " + no.why();
          case UpdateOutcome.Postponed later -> "is put off: " + later.why();
          case UpdateOutcome.Failed failed -> "failed: " + failed.incident();
        };
  }

  private ApiResult block(String text, @Nullable String reason, Attribution actor) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      return ApiNames.notAName(text);
    }
    if (reason == null || reason.isBlank()) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "no reason", "say why it is blocked: the owner asks");
    }
    // First the block: what is taken out of DNS then cannot come back.
    standings.block(new HostBlock(name, reason.strip(), actor.actor(), actor.at()));
    Host host = hosts.host(name);
    if (host != null) {
      stopped.accept(host);
      if (updates.withdraw(host, actor) instanceof UpdateOutcome.Failed failed) {
        return ApiResult.trouble(failed.incident());
      }
    }
    return ApiResult.ok(view(name));
  }

  private ApiResult unblock(String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      return ApiNames.notAName(text);
    }
    HostBlock was = standings.unblock(name);
    Host host = hosts.host(name);
    // What could not be published when the block ended is tried again.
    boolean isLeft =
        host != null
            && withheld.of(name) != null
            && !ApprovalCheck.waits(host, policies, standings);
    return was == null && !isLeft
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "not blocked",
            "'%s' is not blocked; 'homeport host standings' shows what is".formatted(text))
        : again(name);
  }

  private StandingView view(Name name) {
    return view(name, null);
  }

  private StandingView view(Name name, @Nullable String released) {
    EarlierReport report = withheld.of(name);
    Host host = hosts.host(name);
    HostApproval approval = standings.approval(name);
    HostBlock block = standings.block(name);
    return new StandingView(
        ApiNames.text(name),
        host != null,
        host != null && ApprovalCheck.waits(host, policies, standings),
        approval == null ? null : approval.by(),
        approval == null ? null : approval.at().toString(),
        block == null ? null : block.reason(),
        block == null ? null : block.by(),
        block == null ? null : block.at().toString(),
        report == null ? null : report.wish().words(),
        report == null ? null : time(report),
        released);
  }

  private List<StandingView> list() {
    var names = new TreeSet<Name>();
    standings.blocks().forEach(block -> names.add(block.name()));
    hosts.forEachHost(host -> {
      if (ApprovalCheck.waits(host, policies, standings)) {
        names.add(host.name());
      }
    });
    var views = new ArrayList<StandingView>(names.size());
    names.forEach(name -> views.add(view(name)));
    return views;
  }

  private List<FreedView> freed(ApiRequest request) {
    return quarantine.tombstones().stream()
        .filter(tombstone -> request.may(Deed.VIEW, tombstone.accountId()) == Permission.ALLOWED)
        .map(tombstone ->
            new FreedView(
                ApiNames.text(tombstone.name()),
                ApiNames.text(tombstone.zone()),
                tombstone.username(),
                tombstone.accountId(),
                tombstone.removedAt().toString(),
                tombstone.until().toString()))
        .toList();
  }
}
