package net.homeport.registry.restriction;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * The checks that policies and blocks make, in the order in which they are asked: what concerns the
 * host at all, then the request, then the addresses, then whether now.
 *
 * <p>A change budget comes last: what another check refuses costs nothing.
 */
public final class RestrictionChecks {
  private static final String TLS = "minimum TLS";

  private RestrictionChecks() {}

  /** All of them. */
  public static List<UpdateCheck> all(
      HostPolicies policies, HostStandings standings, InstantSource clock) {
    return List.of(
        new BlockCheck(standings),
        new PolicyCheck<>("lock", policies, PolicySetting.LOCKED, RestrictionChecks::lock),
        new PolicyCheck<>(TLS, policies, PolicySetting.MINIMUM_TLS, RestrictionChecks::tls),
        new PolicyCheck<>(
            "source network", policies, PolicySetting.SOURCE_NETWORKS, RestrictionChecks::source),
        new PolicyCheck<>("family", policies, PolicySetting.FAMILIES, RestrictionChecks::family),
        new PolicyCheck<>(
            "address range", policies, PolicySetting.ADDRESS_RANGES, RestrictionChecks::range),
        new PolicyCheck<>("TTL", policies, PolicySetting.TTL_RANGE, RestrictionChecks::ttl),
        new ApprovalCheck(policies, standings),
        new BudgetCheck(policies, clock));
  }

  /**
   * Those of all that hold for signed DNS updates, too: all but that of TLS, since a signature
   * protects what TLS would (RFC 8945), and the same ones, so that a change budget is one.
   */
  public static List<UpdateCheck> ofSignedUpdates(List<UpdateCheck> all) {
    return all.stream().filter(check -> !check.name().equals(TLS)).toList();
  }

  /**
   * Which setting a check goes by for a host, its value and where it was set, in words; null if it
   * goes by none of these.
   *
   * @param check its name
   */
  public static @Nullable String rule(String check, Host host, HostPolicies policies) {
    PolicySetting<?> setting =
        switch (check) {
          case "lock" -> PolicySetting.LOCKED;
          case TLS -> PolicySetting.MINIMUM_TLS;
          case "source network" -> PolicySetting.SOURCE_NETWORKS;
          case "family" -> PolicySetting.FAMILIES;
          case "address range" -> PolicySetting.ADDRESS_RANGES;
          case "TTL" -> PolicySetting.TTL_RANGE;
          case ApprovalCheck.NAME -> PolicySetting.APPROVAL;
          case BudgetCheck.NAME -> PolicySetting.CHANGE_BUDGET;
          default -> null;
        };
    if (setting == null) {
      return null;
    }
    SetValue<?> value = policies.effective(host, setting);
    if (value != null) {
      return value.words();
    }
    return setting == PolicySetting.CHANGE_BUDGET
        ? "%s is %s, as nothing else is set".formatted(setting, ChangeBudget.USUAL)
        : "%s is not set".formatted(setting);
  }

  /** A device that reports what is there already does nothing that a lock is about. */
  private static @Nullable String lock(Boolean locked, ProposedChange change) {
    return locked && change.changes() ? "the addresses of the host are locked" : null;
  }

  private static @Nullable String tls(TlsFloor floor, ProposedChange change) {
    String version = change.origin().tlsVersion();
    return floor.allows(version)
        ? null
        : "the request came %s".formatted(version == null ? "in clear" : "within " + version);
  }

  private static @Nullable String source(List<AddressBlock> networks, ProposedChange change) {
    InetAddress source = change.origin().source();
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(source))
        ? null
        : "the request came from " + AddressText.of(source);
  }

  private static @Nullable String family(AddressFamilies families, ProposedChange change) {
    // To take addresses of an unwanted family away is what the policy wants.
    return change.planned().stream()
        .filter(rrset -> !rrset.addresses().isEmpty() && !families.includes(rrset.type()))
        .findFirst()
        .map(rrset -> "it would publish %s records".formatted(Type.string(rrset.type())))
        .orElse(null);
  }

  private static @Nullable String range(List<AddressBlock> networks, ProposedChange change) {
    return networks.isEmpty()
        ? null
        : change.addresses().stream()
            .filter(address -> networks.stream().noneMatch(network -> network.contains(address)))
            .findFirst()
            .map(address -> "it would publish " + AddressText.of(address))
            .orElse(null);
  }

  private static @Nullable String ttl(TtlRange range, ProposedChange change) {
    return change.planned().stream()
        .filter(rrset -> !rrset.addresses().isEmpty() && !range.contains(rrset.ttl()))
        .map(PlannedRrset::ttl)
        .findFirst()
        .map(ttl -> "it would publish with a TTL of %d s".formatted(ttl))
        .orElse(null);
  }
}
