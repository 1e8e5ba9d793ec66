package net.homeport.registry.update;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/**
 * Leaves nothing in DNS of a host that was removed or stopped while a change of it was under way:
 * judged before, and committed behind it. Thread safe; blocks only when there is something to take
 * out.
 */
/*
 * Who removes or stops a host looks at the zone after that is known, and an update looks whether it
 * is known after its records have come into the zone: whichever is the later one sees the other. No
 * update has to wait for a lock because of what might happen to its host.
 */
final class LateChanges implements UpdateObserver {
  private static final Logger LOG = LoggerFactory.getLogger(LateChanges.class);

  /** Who takes the addresses out, in the history. */
  private static final String REMOVAL = "removal";

  private static final String BLOCK = "block";

  private final HostRegistry registry;
  private final List<UpdateCheck> checks;
  private final ZoneWriter writer;
  private final InstantSource clock;

  LateChanges(
      HostRegistry registry, List<UpdateCheck> checks, ZoneWriter writer, InstantSource clock) {
    this.registry = registry;
    this.checks = checks;
    this.writer = writer;
    this.clock = clock;
  }

  /** To be told of each host when it has left the registry. */
  void removed(Host host) {
    takeOut(host, List.of(Type.A, Type.AAAA), REMOVAL);
  }

  /** To be told of each RRset when it is in its zone. */
  void published(PlannedRrset planned) {
    String why = planned.addresses().isEmpty() ? "" : reason(planned.host());
    if (!why.isEmpty()) {
      takeOut(planned.host(), List.of(planned.type()), why);
    }
  }

  /** A report is published, or is not: see {@link #published(PlannedRrset)}. */
  @Override
  public void observed(Observation observation) {}

  /** On the thread that commits, which must not wait for a commit. */
  @Override
  public void made(ProposedChange change, Instant at) {
    if (!reason(change.host()).isEmpty()) {
      Thread.ofVirtual()
          .name("late-change")
          .start(() -> change.differing().forEach(this::published));
    }
  }

  /** Why nothing of this host may be in DNS; empty if it may. */
  private String reason(Host host) {
    if (!host.isSame(registry.host(host.name()))) {
      return REMOVAL;
    }
    return isStopped(host) ? BLOCK : "";
  }

  private boolean isStopped(Host host) {
    for (UpdateCheck check : checks) {
      if (check.stops(host)) {
        return true;
      }
    }
    return false;
  }

  private void takeOut(Host host, List<Integer> types, String why) {
    Zone zone = writer.snapshot().zone(host.zone());
    if (zone == null) {
      return;
    }
    var operations = new ArrayList<UpdateOperation>(types.size());
    for (int type : types) {
      Rrset rrset = zone.rrset(host.name(), type);
      if (rrset != null && rrset.management() == Management.DYNAMIC) {
        operations.add(new UpdateOperation.DeleteRrset(host.name(), type));
      }
    }
    if (operations.isEmpty()) {
      return;
    }
    var actor = new Attribution(why, why, null, clock.instant());
    CommitResult result =
        writer
            .submit(new ZoneUpdate(host.zone(), List.of(), operations, Management.DYNAMIC, actor))
            .join();
    switch (result) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> {}
      case CommitResult.Refused _, CommitResult.Failed _, CommitResult.Overloaded _ ->
          LOG.error(
              "addresses of {} stand in DNS still after its {}, since they could not be taken out ({}); once changes are possible again, do it again (a removed host: add it anew before), or delete its addresses by a signed update",
              host.name(),
              why,
              result);
    }
  }
}
