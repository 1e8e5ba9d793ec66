package net.homeport.registry.site;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.AddressWish;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A site at one moment: how it is set up, what its sources are, which uplinks are in use.
 * Immutable; a report gives a new one.
 *
 * @param values what each source was last reported to be
 * @param unstable whether uplinks come and go, so that TTLs are short
 * @param due when its uplinks change by themselves next; {@link Instant#MAX} if they do not
 */
public record SiteState(
    Site site,
    Map<SourceKey, SourceValue> values,
    UplinkStates uplinks,
    boolean unstable,
    Instant due) {
  public SiteState {
    values = Map.copyOf(values);
  }

  /** With what follows from its uplinks at this time. */
  SiteState(Site site, Map<SourceKey, SourceValue> values, UplinkStates uplinks, Instant now) {
    this(
        site,
        values,
        uplinks,
        uplinks.isUnstable(site, now),
        site.uplinks().isEmpty() ? Instant.MAX : uplinks.nextEvent(site, now));
  }

  /** As stored. */
  static SiteState restored(StoredSite stored, Instant now) {
    Site site = stored.site();
    return new SiteState(
            site, stored.values(), UplinkStates.restarted(site, stored.chosen(), now), now)
        .at(now);
  }

  StoredSite toStore() {
    return new StoredSite(site, values, uplinks.chosen());
  }

  /** After a report. */
  SiteState after(SiteReport report) {
    Map<SourceKey, SourceValue> changed = new HashMap<>(values);
    report
        .sources()
        .forEach((name, said) -> {
          var key = new SourceKey(name, report.uplink());
          switch (said) {
            case SourceReport.Silent _ -> {}
            case SourceReport.Gone _ -> changed.remove(key);
            case SourceReport.Is is ->
                changed.put(
                    key, SourceValue.after(changed.get(key), is.value(), report.at(), report.by()));
          }
        });
    UplinkStates heard = uplinks.heard(site, report.uplink(), report.at());
    return new SiteState(site, changed, heard, report.at());
  }

  /** What has become of its uplinks by this time. */
  SiteState at(Instant now) {
    return new SiteState(site, values, uplinks.at(site, now), now);
  }

  /** Set up in another way; values of what is no more are forgotten. */
  SiteState with(Site changed, Instant now) {
    Map<SourceKey, SourceValue> kept = new HashMap<>(values);
    kept.keySet().removeIf(key -> !isStillOf(changed, key));
    List<String> chosen =
        uplinks.chosen().stream().filter(name -> changed.uplink(name) != null).toList();
    var present = new UplinkStates(uplinks.states(), chosen, uplinks.switchedAt());
    return new SiteState(changed, kept, present, now).at(now);
  }

  private static boolean isStillOf(Site changed, SourceKey key) {
    AddressSource source = changed.sources().get(key.source());
    if (source == null) {
      return false;
    }
    // What a device said before its site had named uplinks is of one that is not known.
    return key.uplink().isEmpty()
        ? source.reporter() == null || changed.uplinks().isEmpty()
        : changed.uplink(key.uplink()) != null;
  }

  /** Whether what is published, or is to be stored, is the same. */
  boolean isLike(SiteState other) {
    return unstable == other.unstable
        && uplinks.chosen().equals(other.uplinks.chosen())
        && values.equals(other.values);
  }

  /** TTL of a derived address, in seconds. */
  long ttl(Host host) {
    return unstable ? Math.min(host.ttl(), site.policy().unstableTtl()) : host.ttl();
  }

  /** The present value of a source at that uplink, or null. */
  public @Nullable SourceValue value(String source, String uplink) {
    return values.get(new SourceKey(source, uplink));
  }

  /**
   * The addresses of a host by its plan.
   *
   * @param plan not the one of its own reports
   */
  public DerivedAddresses derive(HostPlan plan, Name host, boolean isIpv4) {
    return switch (plan) {
      case HostPlan.Reported _ -> DerivedAddresses.UNKNOWN;
      case HostPlan.Literal literal ->
          literal.address() instanceof Inet4Address == isIpv4
              ? new DerivedAddresses(true, List.of(literal.address()), List.of())
              : DerivedAddresses.UNKNOWN;
      case HostPlan.Source follow -> derive(plan, follow.source(), host, isIpv4);
      case HostPlan.PrefixSuffix follow -> derive(plan, follow.source(), host, isIpv4);
      case HostPlan.PrefixMac follow -> derive(plan, follow.source(), host, isIpv4);
      case HostPlan.PrefixSubnet follow -> derive(plan, follow.source(), host, isIpv4);
    };
  }

  private DerivedAddresses derive(HostPlan plan, String source, Name host, boolean isIpv4) {
    var addresses = new ArrayList<InetAddress>(2);
    var misfits = new ArrayList<String>(0);
    for (String uplink : uplinksOf(host)) {
      SourceValue value = value(source, uplink);
      if (value != null && addresses.size() < AddressWish.ADDRESSES_MAX) {
        switch (Derivation.of(plan, value.block(), isIpv4)) {
          case Derivation.Derived derived -> {
            if (!addresses.contains(derived.address())) {
              addresses.add(derived.address());
            }
          }
          case Derivation.Misfit misfit -> misfits.add(misfit.why());
        }
      }
    }
    boolean known =
        !addresses.isEmpty()
            || values.keySet().stream().anyMatch(key -> key.source().equals(source));
    return new DerivedAddresses(known, addresses, misfits);
  }

  /** The uplinks at which a host is published, and the one without name. */
  private List<String> uplinksOf(Name host) {
    List<String> chosen = uplinks.chosen();
    if (chosen.isEmpty()) {
      return List.of("");
    }
    var names = new ArrayList<String>(chosen.size() + 1);
    names.add("");
    UplinkPolicy policy = site.policy();
    if (policy.kind() == UplinkPolicy.Kind.WEIGHTED && chosen.size() > policy.published()) {
      chosen.stream()
          .sorted(Comparator.comparingDouble((String name) -> lot(name, host)))
          .limit(policy.published())
          .forEach(names::add);
    } else {
      names.addAll(chosen);
    }
    return names;
  }

  /**
   * Weighted rendezvous hashing: the least lot wins, an uplink of twice the weight wins twice as
   * often, and who wins among the others does not depend on who is there.
   */
  private double lot(String name, Name host) {
    Uplink uplink = site.uplink(name);
    long hash = 0xCBF2_9CE4_8422_2325L;
    for (byte octet : host.toWireCanonical()) {
      hash = (hash ^ (octet & 0xFF)) * 0x100_0000_01B3L;
    }
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100_0000_01B3L;
    }
    // FNV alone leaves the high bits of short inputs alike.
    hash = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
    double even = ((hash ^ hash >>> 33) >>> 11) * 0x1p-53;
    return -Math.log(1 - even) / (uplink == null ? 1 : uplink.weight());
  }

  /** Why a plan cannot be, by what is known now; null if it can. */
  @Nullable String objection(HostPlan plan, Host host, boolean isIpv4) {
    int family = isIpv4 ? 4 : 6;
    String source = plan.followed();
    if (source != null && !site.sources().containsKey(source)) {
      return "the site %s has no address source '%s'; 'homeport site source %s %s' adds it"
          .formatted(site.name(), source, site.name(), source);
    }
    DerivedAddresses derived = derive(plan, host.name(), isIpv4);
    if (!derived.misfits().isEmpty()) {
      return "the plan %s does not fit: %s".formatted(plan, derived.misfits().getFirst());
    }
    boolean isLiteral = plan instanceof HostPlan.Literal;
    return isLiteral && !derived.known() ? "%s is not of IPv%d".formatted(plan, family) : null;
  }
}
