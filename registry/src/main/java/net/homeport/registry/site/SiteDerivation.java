package net.homeport.registry.site;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.site.SiteRegistry.HostOfSite;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** What the hosts of a site shall have, by its state. Thread safe; changes nothing. */
final class SiteDerivation {
  private static final int[] TYPES = {Type.A, Type.AAAA};

  private final SiteRegistry sites;
  private final Supplier<ZoneSnapshot> zones;

  SiteDerivation(SiteRegistry sites, Supplier<ZoneSnapshot> zones) {
    this.sites = sites;
    this.zones = zones;
  }

  /**
   * What all hosts of a site shall have, except those of which nothing is known and those whose
   * name something else stands at: one such host must not keep the others from changing.
   *
   * @param except a host that is planned elsewhere; null for none
   * @param report what the state comes from; null for all that is known
   */
  List<PlannedRrset> hosts(SiteState state, @Nullable Host except, @Nullable SiteReport report) {
    ZoneSnapshot snapshot = zones.get();
    var planned = new ArrayList<PlannedRrset>();
    for (HostOfSite one : sites.hosts(state.site().name())) {
      if (!one.host().equals(except)) {
        for (int type : TYPES) {
          HostPlan plan = effective(state, one.member().plan(type), one.host(), type);
          if (isConcerned(state, plan, report)) {
            PlannedRrset rrset = rrset(state, plan, one.host(), type, report);
            if (rrset != null && isFree(snapshot, rrset)) {
              planned.add(rrset);
            }
          }
        }
      }
    }
    return planned;
  }

  /** Whether a report may change what comes of the plan. */
  private static boolean isConcerned(SiteState state, HostPlan plan, @Nullable SiteReport report) {
    String source = plan.followed();
    return report == null
        || (source != null
            && (report.names().contains(source) || !state.site().uplinks().isEmpty()));
  }

  /**
   * The plan of a host, or of a router that reports for a site with several uplinks: what each of
   * them reports is not the one address of the router, but that of an uplink.
   */
  HostPlan effective(SiteState state, HostPlan plan, Host host, int type) {
    if (plan instanceof HostPlan.Reported && !state.site().uplinks().isEmpty()) {
      String input = type == Type.A ? AddressSource.IPV4 : AddressSource.IPV6;
      for (AddressSource source : state.site().sources().values()) {
        if (source.isReportedBy(host)
            && source.takes().equals(input)
            && source.prefixLength() == AddressSource.AS_REPORTED) {
          return new HostPlan.Source(source.name());
        }
      }
    }
    return plan;
  }

  /** What one host shall have of one family; null to leave it as it is. */
  @Nullable PlannedRrset rrset(
      SiteState state, HostPlan plan, Host host, int type, @Nullable SiteReport report) {
    DerivedAddresses derived = state.derive(plan, host.name(), type == Type.A);
    String source = plan.followed();
    boolean gone =
        report != null
            && source != null
            && report.sources().get(source) instanceof SourceReport.Gone;
    if (!derived.known() && !gone) {
      return null;
    }
    return new PlannedRrset(host, type, derived.addresses(), state.ttl(host));
  }

  /** Those that differ from what the zones hold. */
  List<PlannedRrset> differing(List<PlannedRrset> planned) {
    ZoneSnapshot snapshot = zones.get();
    return planned.stream().filter(rrset -> !isPresent(snapshot, rrset)).toList();
  }

  private static boolean isPresent(ZoneSnapshot snapshot, PlannedRrset planned) {
    Zone zone = snapshot.zone(planned.host().zone());
    Rrset present = zone == null ? null : zone.rrset(planned.host().name(), planned.type());
    List<InetAddress> addresses = planned.addresses();
    return addresses.isEmpty() ? present == null : Objects.equals(present, planned.rrset());
  }

  /** Whether the zone takes an address at this name: no cut, alias or static record. */
  private static boolean isFree(ZoneSnapshot snapshot, PlannedRrset planned) {
    Host host = planned.host();
    Zone zone = snapshot.zoneOf(host.name());
    if (zone == null || !zone.apex().equals(host.zone()) || zone.isBeyondCut(host.name())) {
      return false;
    }
    for (Rrset rrset : zone.rrsets(host.name())) {
      boolean isStatic = rrset.type() == planned.type() && rrset.management() == Management.STATIC;
      if (isStatic || rrset.type() == Type.CNAME) {
        return false;
      }
    }
    return true;
  }
}
