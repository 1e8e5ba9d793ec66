package net.homeport.web.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.HostPlan;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteRegistry.HostOfSite;
import net.homeport.registry.site.SiteState;
import net.homeport.registry.site.SourceValue;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.registry.site.UplinkState;
import net.homeport.web.api.SiteModel.HostPlanView;
import net.homeport.web.api.SiteModel.PolicyView;
import net.homeport.web.api.SiteModel.SiteSummary;
import net.homeport.web.api.SiteModel.SiteView;
import net.homeport.web.api.SiteModel.SourceView;
import net.homeport.web.api.SiteModel.UplinkView;
import net.homeport.web.api.SiteModel.ValueView;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Sites as the API shows them. Thread safe. */
final class SiteViews {
  private final SiteRegistry sites;
  private final Supplier<ZoneSnapshot> zones;

  SiteViews(SiteRegistry sites, Supplier<ZoneSnapshot> zones) {
    this.sites = sites;
    this.zones = zones;
  }

  SiteSummary summary(SiteState state) {
    String name = state.site().name();
    return new SiteSummary(
        name, sites.hosts(name).size(), values(state), state.uplinks().chosen(), state.unstable());
  }

  SiteView view(SiteState state) {
    Site site = state.site();
    ZoneSnapshot snapshot = zones.get();
    return new SiteView(
        site.name(),
        site.createdAt().toString(),
        site.sources().values().stream()
            .sorted(Comparator.comparing(AddressSource::name))
            .map(SiteViews::view)
            .toList(),
        values(state),
        view(site.policy()),
        site.uplinks().stream().map(uplink -> view(state, uplink)).toList(),
        state.unstable(),
        sites.hosts(site.name()).stream()
            .sorted(Comparator.comparing(one -> one.host().name()))
            .map(one -> view(snapshot, state, one))
            .toList());
  }

  private static SourceView view(AddressSource source) {
    Name reporter = source.reporter();
    return new SourceView(
        source.name(),
        reporter == null ? null : ApiNames.text(reporter),
        source.takes(),
        source.prefixLength() == AddressSource.AS_REPORTED ? null : source.prefixLength());
  }

  private static List<ValueView> values(SiteState state) {
    return state.values().entrySet().stream()
        .map(one -> {
          SourceValue value = one.getValue();
          return new ValueView(
              one.getKey().source(),
              one.getKey().uplink(),
              value.text(),
              value.at().toString(),
              value.by(),
              value.isLengthChanged() ? value.lengthBefore() : null);
        })
        .sorted(Comparator.comparing(ValueView::source).thenComparing(ValueView::uplink))
        .toList();
  }

  private static PolicyView view(UplinkPolicy policy) {
    return new PolicyView(
        policy.kind().name().toLowerCase(Locale.ROOT),
        policy.published(),
        policy.holdDown().toSeconds(),
        policy.failBackDelay().toSeconds(),
        policy.damping().penalty(),
        policy.damping().suppress(),
        policy.damping().reuse(),
        policy.damping().halfLife().toSeconds(),
        policy.damping().longest().toSeconds(),
        policy.unstableTtl());
  }

  private static UplinkView view(SiteState site, Uplink uplink) {
    UplinkState state = site.uplinks().state(uplink.name());
    String words;
    if (state == null) {
      words = "never heard";
    } else if (state.suppressed()) {
      words = "suppressed";
    } else {
      words = state.up() ? "up" : "down";
    }
    return new UplinkView(
        uplink.name(),
        uplink.weight(),
        uplink.interval().toSeconds(),
        uplink.username(),
        words,
        site.uplinks().chosen().contains(uplink.name()),
        state == null ? null : state.heardAt().toString());
  }

  private static HostPlanView view(ZoneSnapshot snapshot, SiteState state, HostOfSite one) {
    var addresses = new ArrayList<String>();
    var misfits = new ArrayList<String>(0);
    for (int type : new int[] {Type.A, Type.AAAA}) {
      HostAddresses.of(snapshot, one.host(), type)
          .forEach(address -> addresses.add(AddressText.of(address)));
      HostPlan plan = one.member().plan(type);
      misfits.addAll(state.derive(plan, one.host().name(), type == Type.A).misfits());
    }
    return new HostPlanView(
        ApiNames.text(one.host().name()),
        one.member().ipv4().toString(),
        one.member().ipv6().toString(),
        addresses,
        misfits);
  }
}
