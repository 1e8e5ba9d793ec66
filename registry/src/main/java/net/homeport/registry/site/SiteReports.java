package net.homeport.registry.site;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what reports said of a site once the zones hold what follows from it. Waits for no
 * disk: {@link SiteKeeper} stores it soon after.
 */
public final class SiteReports implements UpdateObserver {
  private static final Logger LOG = LoggerFactory.getLogger(SiteReports.class);

  private final SiteRegistry sites;
  private final Map<String, Observation> latest = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  public SiteReports(SiteRegistry sites) {
    this.sites = sites;
  }

  @Override
  public void observed(Observation observation) {
    for (SiteState before : sites.reportedBy(observation.host())) {
      switch (observation.outcome()) {
        case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _ ->
            accept(before, observation, report(before, observation));
        case UpdateOutcome.Withheld _ ->
            accept(before, observation, report(before, observation).withoutSources());
        case UpdateOutcome.Rejected _, UpdateOutcome.Postponed _, UpdateOutcome.Failed _ -> {}
      }
    }
  }

  private static SiteReport report(SiteState state, Observation observation) {
    return SiteReport.of(
        state.site(),
        observation.host(),
        observation.wish(),
        observation.credential().username(),
        observation.at());
  }

  private void accept(SiteState before, Observation observation, SiteReport report) {
    String site = before.site().name();
    latest.put(site, observation);
    if (sites.accept(site, report)) {
      changed.add(site);
      warn(before, report);
    }
  }

  /** Subnet numbers and suffixes that fitted may fit no more: a person should look. */
  private void warn(SiteState before, SiteReport report) {
    SiteState after = sites.site(before.site().name());
    for (String source : report.names()) {
      SourceValue old = before.value(source, report.uplink());
      SourceValue now = after == null ? null : after.value(source, report.uplink());
      if (old != null && now != null && now.block().bits() != old.block().bits()) {
        LOG.warn(
            "site {}: the prefix length of {} changed from /{} to /{}; 'homeport site show {}' tells which plans fit no more",
            before.site().name(),
            source,
            old.block().prefixLength(),
            now.block().prefixLength(),
            before.site().name());
      }
    }
  }

  /** The last report of a site since the start, or null. */
  @Nullable Observation latest(String site) {
    return latest.get(site);
  }

  /** Has a site looked at by the keeper. */
  void markChanged(String site) {
    changed.add(site);
  }

  /** The sites that changed since the last call. */
  Set<String> takeChanged() {
    Set<String> taken = new HashSet<>(changed);
    changed.removeAll(taken);
    return taken;
  }
}
