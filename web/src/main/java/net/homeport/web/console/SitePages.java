package net.homeport.web.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteRegistry.HostOfSite;
import net.homeport.registry.site.SiteState;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.web.console.HostPageModel.HostLink;
import net.homeport.web.console.SiteModel.MemberRow;
import net.homeport.web.console.SiteModel.SitePage;
import net.homeport.web.console.SiteModel.SiteRow;
import net.homeport.web.console.SiteModel.SiteTable;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** Puts together what the pages of sites show. Thread safe; may read the disk. */
final class SitePages {
  /** Under which the pages of sites stand; without the slash at its end, the list. */
  static final String PREFIX = "/sites/";

  /** Sites on one page. */
  static final int ROWS_MAX = 100;

  /** Hosts of a site that are shown. */
  static final int HOSTS_MAX = 200;

  private final SiteRegistry sites;
  private final HostStatusReader statuses;

  SitePages(SiteRegistry sites, HostStatusReader statuses) {
    this.sites = sites;
    this.statuses = statuses;
  }

  /** One page of the sites; the last one when there are less. */
  SiteTable table(int wanted) {
    List<SiteState> all = sites.sites();
    int pages = Math.max(1, Math.ceilDiv(all.size(), ROWS_MAX));
    int page = Math.min(wanted, pages);
    int from = (page - 1) * ROWS_MAX;
    return new SiteTable(
        all.size(),
        page,
        pages,
        all.subList(from, Math.min(from + ROWS_MAX, all.size())).stream().map(this::row).toList());
  }

  private SiteRow row(SiteState state) {
    String name = state.site().name();
    return new SiteRow(
        name,
        sites.hosts(name).size(),
        SiteParts.sources(state),
        state.uplinks().chosen(),
        state.unstable());
  }

  /** The page of the site of this name; null if there is none. */
  @Nullable SitePage page(String name) {
    SiteState state = sites.site(name);
    if (state == null) {
      return null;
    }
    List<HostOfSite> hosts = sites.hosts(name);
    return new SitePage(
        name,
        state.unstable(),
        SiteParts.sources(state),
        SiteParts.uplinks(state),
        state.site().uplinks().isEmpty() ? "" : policy(state.site().policy()),
        hosts.stream()
            .sorted(Comparator.comparing(one -> one.host().name()))
            .limit(HOSTS_MAX)
            .map(one -> member(state, one))
            .toList(),
        hosts.size());
  }

  private static String policy(UplinkPolicy policy) {
    return switch (policy.kind()) {
      case ALL -> "all uplinks that are up are published";
      case PRIORITY -> "the first uplink that is up is published";
      case WEIGHTED -> "each host is published at its share of the uplinks that are up";
    };
  }

  private MemberRow member(SiteState state, HostOfSite one) {
    Host host = one.host();
    SiteMember member = one.member();
    String name = host.name().toString(true);
    var misfits = new ArrayList<String>(0);
    for (int type : new int[] {Type.A, Type.AAAA}) {
      misfits.addAll(state.derive(member.plan(type), host.name(), type == Type.A).misfits());
    }
    return new MemberRow(
        new HostLink(name, HostPages.link(name)),
        SiteParts.plan(member.ipv4()),
        SiteParts.plan(member.ipv6()),
        statuses.status(host).addresses().stream().map(AddressText::of).toList(),
        misfits);
  }
}
