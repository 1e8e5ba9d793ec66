package net.homeport.registry.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.Verdict;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Publishes what follows from the state of a site when no request is there to carry it: a host
 * joined, the administrator reported, an uplink went silent. Thread safe; blocks until it is
 * durable and visible.
 */
public final class SitePublisher {
  private final SiteRegistry sites;
  private final SiteDerivation derivation;
  private final HostUpdates updates;
  private final List<UpdateCheck> checks;
  private final SiteReports reports;

  /**
   * @param checks those of requests: what follows from an uplink's silence must keep them as well
   */
  public SitePublisher(
      SiteRegistry sites,
      Supplier<ZoneSnapshot> zones,
      HostUpdates updates,
      List<UpdateCheck> checks,
      SiteReports reports) {
    this.sites = sites;
    this.derivation = new SiteDerivation(sites, zones);
    this.updates = updates;
    this.checks = List.copyOf(checks);
    this.reports = reports;
  }

  /**
   * Takes over a report of the administrator and publishes what follows, whatever checks say.
   *
   * @param report its sources must be the site's
   */
  public SiteChange report(String name, SiteReport report, Attribution actor) {
    SiteState state = sites.site(name);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    String why = obstacle(state.site(), report);
    if (why != null) {
      return new SiteChange.Refused(why);
    }
    SiteReport cut = report.cut(state.site());
    sites.accept(name, cut);
    SiteState after = Objects.requireNonNullElse(sites.site(name), state);
    SiteChange change = publish(after, derivation.hosts(after, null, cut), actor);
    sites.save();
    return change;
  }

  private static @Nullable String obstacle(Site site, SiteReport report) {
    for (var said : report.sources().entrySet()) {
      AddressSource source = site.sources().get(said.getKey());
      if (source == null) {
        return "the site %s has no address source '%s'; 'homeport site source %s %s' adds it"
            .formatted(site.name(), said.getKey(), site.name(), said.getKey());
      }
      if (report.uplink().isEmpty() && source.reporter() != null && !site.uplinks().isEmpty()) {
        return "%s has a value at each uplink of the site; say which".formatted(source.name());
      }
      if (said.getValue() instanceof SourceReport.Is is) {
        String why = SiteReportCheck.valueObstacle(said.getKey(), is.value());
        if (why != null) {
          return why;
        }
      }
    }
    return report.uplink().isEmpty() || site.uplink(report.uplink()) != null
        ? null
        : "the site %s has no uplink '%s'".formatted(site.name(), report.uplink());
  }

  /** Publishes what follows for all hosts of a site, or for one of them. */
  public SiteChange publish(String name, @Nullable Host only, Attribution actor) {
    SiteState state = sites.site(name);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    List<PlannedRrset> planned = derivation.hosts(state, null, null);
    return publish(
        state,
        only == null
            ? planned
            : planned.stream().filter(rrset -> rrset.host().equals(only)).toList(),
        actor);
  }

  private SiteChange publish(SiteState state, List<PlannedRrset> planned, Attribution actor) {
    for (List<PlannedRrset> ofZone : byZone(derivation.differing(planned)).values()) {
      switch (updates.publish(ofZone, actor)) {
        case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _, UpdateOutcome.Withheld _ -> {}
        case UpdateOutcome.Rejected no -> {
          return failed(state, no.why());
        }
        case UpdateOutcome.Postponed later -> {
          return failed(state, later.why());
        }
        case UpdateOutcome.Failed failed -> {
          return failed(state, failed.incident());
        }
      }
    }
    return new SiteChange.Done(state);
  }

  private SiteChange failed(SiteState state, String why) {
    reports.markChanged(state.site().name());
    return new SiteChange.NotPublished(state, why);
  }

  private static Map<Name, List<PlannedRrset>> byZone(List<PlannedRrset> planned) {
    Map<Name, List<PlannedRrset>> zones = new LinkedHashMap<>();
    for (PlannedRrset rrset : planned) {
      zones.computeIfAbsent(rrset.host().zone(), _ -> new ArrayList<>()).add(rrset);
    }
    return zones;
  }

  /**
   * Makes the zones what the state of a site says, where a check does not forbid it: after a
   * switch, and after reports that crossed.
   */
  SiteChange settle(SiteState state, Attribution actor) {
    List<PlannedRrset> differing = derivation.differing(derivation.hosts(state, null, null));
    Observation cause = reports.latest(state.site().name());
    if (differing.isEmpty() || cause == null) {
      return publish(state, differing, actor);
    }
    Map<Host, List<PlannedRrset>> hosts = new LinkedHashMap<>();
    for (PlannedRrset rrset : differing) {
      hosts.computeIfAbsent(rrset.host(), _ -> new ArrayList<>(2)).add(rrset);
    }
    var allowed = new ArrayList<ProposedChange>();
    hosts.forEach((host, planned) -> {
      var change =
          new ProposedChange(
              cause.credential(),
              cause.origin(),
              host,
              cause.host(),
              cause.wish(),
              planned,
              planned);
      if (checks.stream().allMatch(check -> check.check(change) instanceof Verdict.Pass)) {
        allowed.add(change);
      }
    });
    SiteChange result =
        publish(
            state, allowed.stream().flatMap(change -> change.planned().stream()).toList(), actor);
    if (result instanceof SiteChange.Done) {
      allowed.forEach(change -> checks.forEach(check -> check.made(change)));
    }
    return result;
  }

  /** What the hosts of a site shall have: all that is known, of both families. */
  public List<PlannedRrset> planned(SiteState state) {
    return derivation.hosts(state, null, null);
  }
}
