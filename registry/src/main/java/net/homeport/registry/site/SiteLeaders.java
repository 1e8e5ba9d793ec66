package net.homeport.registry.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Which hosts speak for the addresses of a host of a site. Thread safe; touches no disk. */
public final class SiteLeaders {
  private final SiteRegistry sites;
  private final Supplier<ZoneSnapshot> zones;

  public SiteLeaders(SiteRegistry sites, Supplier<ZoneSnapshot> zones) {
    this.sites = sites;
    this.zones = zones;
  }

  /**
   * The hosts that report the sources which this host's plans follow; none if its addresses are an
   * administrator's word. Null if it must be heard itself: it belongs to no site, or it has an
   * address that it reported itself.
   */
  public @Nullable List<Name> of(Host host) {
    SiteMember member = sites.member(host);
    SiteState state = member == null ? null : sites.site(member.site());
    if (member == null || state == null) {
      return null;
    }
    var leaders = new ArrayList<Name>(1);
    boolean follows = false;
    for (int type : new int[] {Type.A, Type.AAAA}) {
      HostPlan plan = member.plan(type);
      if (plan instanceof HostPlan.Reported) {
        if (!HostAddresses.of(zones.get(), host, type).isEmpty()) {
          return null;
        }
        continue;
      }
      follows = true;
      String followed = plan.followed();
      AddressSource source = followed == null ? null : state.site().sources().get(followed);
      Name reporter = source == null ? null : source.reporter();
      if (reporter != null && !leaders.contains(reporter)) {
        leaders.add(reporter);
      }
    }
    return follows ? leaders : null;
  }

  /** The hosts whose addresses follow what this one reports, in order of their names. */
  public List<Host> followers(Host leader) {
    var followers = new ArrayList<Host>();
    for (SiteState state : sites.reportedBy(leader)) {
      for (SiteRegistry.HostOfSite one : sites.hosts(state.site().name())) {
        boolean follows =
            isFrom(state, one.member().ipv4(), leader)
                || isFrom(state, one.member().ipv6(), leader);
        if (follows && !one.host().equals(leader)) {
          followers.add(one.host());
        }
      }
    }
    followers.sort(Comparator.comparing(Host::name));
    return followers;
  }

  private static boolean isFrom(SiteState state, HostPlan plan, Host leader) {
    String followed = plan.followed();
    AddressSource source = followed == null ? null : state.site().sources().get(followed);
    return source != null && source.isReportedBy(leader);
  }
}
