package net.homeport.registry.restriction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What devices reported while their hosts waited for a person's approval or were blocked: done once
 * that person says so, for the device was told that all is well, or to stop, and may not speak
 * again for weeks. In memory; what changed is written by {@link #flush}, so that a device that
 * reports again and again costs no write each time. Thread safe.
 */
public final class WithheldReports implements UpdateObserver {
  private final WithheldReportStore store;
  private final HostPolicies policies;
  private final HostStandings standings;
  private final Map<Name, EarlierReport> kept = new ConcurrentHashMap<>(); // changed under this
  private final Set<Name> changed = new HashSet<>(); // guarded by this; not as the store has it

  /** Loads what the store holds. */
  public WithheldReports(
      WithheldReportStore store, HostPolicies policies, HostStandings standings) {
    this.store = store;
    this.policies = policies;
    this.standings = standings;
    store.reports().forEach(report -> kept.put(report.host(), report));
  }

  @Override
  public void observed(Observation observation) {
    boolean withheld = isOurs(observation);
    boolean done = observation.outcome().isDone();
    if (!withheld && (!done || !kept.containsKey(observation.host().name()))) {
      // Put off, failed, or against another rule: it says nothing of what waits. And almost always
      // nothing does.
      return;
    }
    EarlierReport report = EarlierReport.of(observation);
    synchronized (this) {
      EarlierReport before = kept.get(report.host());
      if (withheld) {
        keep(before, before == null ? report : report.after(before));
      } else if (before != null) {
        EarlierReport left = before.without(report.wish());
        if (left.wish().isEmpty()) {
          kept.remove(report.host());
          changed.add(report.host());
        } else {
          keep(before, left);
        }
      }
    }
  }

  private void keep(@Nullable EarlierReport before, EarlierReport report) {
    kept.put(report.host(), report);
    if (before == null || !before.saysTheSame(report)) {
      changed.add(report.host());
    }
  }

  private boolean isOurs(Observation observation) {
    return switch (observation.outcome()) {
      case UpdateOutcome.Withheld _ -> ApprovalCheck.waits(observation.host(), policies, standings);
      case UpdateOutcome.Rejected no -> no.reason() == UpdateOutcome.Reason.BLOCKED;
      case UpdateOutcome.Updated _,
          UpdateOutcome.Unchanged _,
          UpdateOutcome.Postponed _,
          UpdateOutcome.Failed _ ->
          false;
    };
  }

  /** The last one of this host; null if none was withheld, or all was well since. */
  public synchronized @Nullable EarlierReport of(Name host) {
    return kept.get(host);
  }

  /** The hosts of which something is withheld that nothing stands against any more. */
  public List<Name> free(HostRegistry hosts) {
    List<Name> all;
    synchronized (this) {
      all = List.copyOf(kept.keySet());
    }
    return all.stream()
        .filter(name -> {
          Host host = hosts.host(name);
          return host != null
              && standings.block(name) == null
              && !ApprovalCheck.waits(host, policies, standings);
        })
        .toList();
  }

  /** It was done: unless another one came in its place meanwhile, nothing waits any more. */
  public synchronized void forget(EarlierReport report) {
    if (kept.remove(report.host(), report)) {
      changed.add(report.host());
    }
  }

  /** Its host is gone. */
  public synchronized void forget(Host host) {
    if (kept.remove(host.name()) != null) {
      changed.add(host.name());
    }
  }

  /**
   * Writes what changed since the last time.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not; the next one does
   */
  public void flush() {
    List<EarlierReport> reports = new ArrayList<>();
    List<Name> forgotten = new ArrayList<>();
    synchronized (this) {
      for (Name host : changed) {
        EarlierReport report = kept.get(host);
        if (report == null) {
          forgotten.add(host);
        } else {
          reports.add(report);
        }
      }
      changed.clear();
    }
    if (reports.isEmpty() && forgotten.isEmpty()) {
      return;
    }
    try {
      store.keep(reports, forgotten);
    } catch (RuntimeException e) {
      synchronized (this) {
        reports.forEach(report -> changed.add(report.host()));
        changed.addAll(forgotten);
      }
      throw e;
    }
  }
}
