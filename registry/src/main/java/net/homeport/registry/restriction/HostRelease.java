package net.homeport.registry.restriction;

import java.util.function.Predicate;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Name;

/**
 * Does what a device reported while a person stood against it, once that person does no more.
 * Thread safe; blocks until the change is durable and visible.
 */
public final class HostRelease {
  private final HostRegistry hosts;
  private final WithheldReports reports;
  private final HostUpdates updates;
  private final Predicate<Host> isSilent;

  /**
   * @param isSilent hosts whose silence took their addresses out of DNS: what those reported last
   *     may be another subscriber's address by now
   */
  public HostRelease(
      HostRegistry hosts, WithheldReports reports, HostUpdates updates, Predicate<Host> isSilent) {
    this.hosts = hosts;
    this.reports = reports;
    this.updates = updates;
    this.isSilent = isSilent;
  }

  /** What became of it. */
  public sealed interface Released {
    /** Nothing is known that could be done: the device's next report is followed. */
    record NothingReported() implements Released {}

    /** The device reported anew meanwhile, and that was followed. */
    record Overtaken() implements Released {}

    /** The device was silent for too long since: its next report is followed. */
    record SilentSince(EarlierReport report) implements Released {}

    /** It was judged anew. */
    record Judged(EarlierReport report, UpdateOutcome outcome) implements Released {}
  }

  /** What is withheld of this name, if anything, is judged anew. */
  public Released release(Name name) {
    ZoneSnapshot zones = updates.zones(); // first: what comes after the report is newer
    Host host = hosts.host(name);
    EarlierReport report = reports.of(name);
    if (host == null || report == null) {
      return new Released.NothingReported();
    }
    if (isSilent.test(host)) {
      return new Released.SilentSince(report);
    }
    UpdateOutcome outcome = updates.again(report, zones);
    if (isDone(outcome)) {
      reports.forget(report);
    } else if (outcome instanceof UpdateOutcome.Postponed && !report.equals(reports.of(name))) {
      return new Released.Overtaken();
    }
    return new Released.Judged(report, outcome);
  }

  /** As {@link #release}, for all hosts that nothing stands against any more. */
  public void releaseFree() {
    reports.free(hosts).forEach(this::release);
  }

  /** Else it is kept for another time. */
  private static boolean isDone(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _ -> true;
      case UpdateOutcome.Rejected no -> no.reason() != Reason.BLOCKED;
      case UpdateOutcome.Withheld _, UpdateOutcome.Postponed _, UpdateOutcome.Failed _ -> false;
    };
  }
}
