package net.homeport.web.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.Host;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.HostPlan;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteState;
import net.homeport.registry.site.SourceKey;
import net.homeport.registry.site.SourceValue;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkState;
import net.homeport.web.console.HostPageModel.SitePart;
import net.homeport.web.console.HostPageModel.SourceRow;
import net.homeport.web.console.HostPageModel.UplinkRow;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What the console says of sites. Thread safe. */
final class SiteParts {
  private final SiteRegistry sites;

  SiteParts(SiteRegistry sites) {
    this.sites = sites;
  }

  /** The site of a host; null if it belongs to none. */
  @Nullable SitePart of(Host host) {
    SiteMember member = sites.member(host);
    SiteState state = member == null ? null : sites.site(member.site());
    return member == null || state == null
        ? null
        : new SitePart(
            member.site(),
            plan(member.ipv4()),
            plan(member.ipv6()),
            sources(state),
            uplinks(state),
            state.unstable());
  }

  /** A plan in words. */
  static String plan(HostPlan plan) {
    return plan instanceof HostPlan.Reported ? "as its device reports" : plan.toString();
  }

  /**
   * Where the address of a host comes from, in words.
   *
   * @param type A or AAAA
   */
  String origin(Host host, int type) {
    SiteMember member = sites.member(host);
    HostPlan plan = member == null ? HostPlan.REPORTED : member.plan(type);
    String site = member == null ? "" : member.site();
    return switch (plan) {
      case HostPlan.Reported _ -> "as its device reports";
      case HostPlan.Literal _ -> "always this, as set for it in the site " + site;
      case HostPlan.Source source ->
          "the address source %s of the site %s".formatted(source.source(), site);
      case HostPlan.PrefixSuffix follows -> derived(follows.source(), site, plan);
      case HostPlan.PrefixMac follows -> derived(follows.source(), site, plan);
      case HostPlan.PrefixSubnet follows -> derived(follows.source(), site, plan);
    };
  }

  private static String derived(String source, String site, HostPlan plan) {
    return "made of the network %s of the site %s, by the plan %s".formatted(source, site, plan);
  }

  /** The address sources of a site: one row for each value, one for each that has none. */
  static List<SourceRow> sources(SiteState state) {
    var rows = new ArrayList<SourceRow>();
    for (AddressSource source : state.site().sources().values()) {
      int before = rows.size();
      for (Map.Entry<SourceKey, SourceValue> one : state.values().entrySet()) {
        if (one.getKey().source().equals(source.name())) {
          SourceValue value = one.getValue();
          rows.add(
              new SourceRow(
                  source.name(), one.getKey().uplink(), value.text(), value.at(), value.by()));
        }
      }
      if (rows.size() == before) {
        Name reporter = source.reporter();
        rows.add(
            new SourceRow(
                source.name(),
                "",
                "",
                null,
                reporter == null ? "the administrator" : reporter.toString(true)));
      }
    }
    rows.sort(Comparator.comparing(SourceRow::name).thenComparing(SourceRow::uplink));
    return rows;
  }

  /** The uplinks of a site, in their order. */
  static List<UplinkRow> uplinks(SiteState state) {
    return state.site().uplinks().stream().map(uplink -> row(state, uplink)).toList();
  }

  private static UplinkRow row(SiteState site, Uplink uplink) {
    UplinkState state = site.uplinks().state(uplink.name());
    String words;
    if (state == null) {
      words = "never heard";
    } else if (state.suppressed()) {
      words = "kept out, for it comes and goes";
    } else {
      words = state.up() ? "up" : "down";
    }
    return new UplinkRow(
        uplink.name(),
        words,
        site.uplinks().chosen().contains(uplink.name()),
        state == null ? null : state.heardAt());
  }
}
