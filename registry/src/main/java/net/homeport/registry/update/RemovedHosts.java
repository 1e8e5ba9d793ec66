package net.homeport.registry.update;

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
 * Leaves nothing of a removed host in DNS, although an update that was judged before its removal
 * may be committed behind it. Thread safe; blocks only when there is something to take out.
 */
/*
 * The removal looks at the zone after the host has left the registry, and an update looks at the
 * registry after its records have come into the zone: whichever is the later one sees the other. No
 * update has to wait for a lock because a host might be removed.
 */
final class RemovedHosts {
  private static final Logger LOG = LoggerFactory.getLogger(RemovedHosts.class);

  /** Who takes the addresses out, in the history. */
  private static final String REMOVAL = "removal";

  private final HostRegistry registry;
  private final ZoneWriter writer;
  private final InstantSource clock;

  RemovedHosts(HostRegistry registry, ZoneWriter writer, InstantSource clock) {
    this.registry = registry;
    this.writer = writer;
    this.clock = clock;
  }

  /** To be told of each host when it has left the registry. */
  void removed(Host host) {
    takeOut(host, List.of(Type.A, Type.AAAA));
  }

  /** To be told of each RRset when it is in its zone. */
  void published(PlannedRrset planned) {
    Host host = planned.host();
    if (!planned.addresses().isEmpty() && !host.isSame(registry.host(host.name()))) {
      takeOut(host, List.of(planned.type()));
    }
  }

  private void takeOut(Host host, List<Integer> types) {
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
    var actor = new Attribution(REMOVAL, REMOVAL, null, clock.instant());
    CommitResult result =
        writer
            .submit(new ZoneUpdate(host.zone(), List.of(), operations, Management.DYNAMIC, actor))
            .join();
    switch (result) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> {}
      case CommitResult.Refused _, CommitResult.Failed _, CommitResult.Overloaded _ ->
          LOG.error(
              "addresses of {}, which was removed, stand in DNS still, since they could not be taken out ({}); once changes are possible again, add the host anew and remove it, or delete its addresses by a signed update",
              host.name(),
              result);
    }
  }
}
