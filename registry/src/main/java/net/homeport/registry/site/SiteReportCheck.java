package net.homeport.registry.site;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.stream.Collectors;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * Rejects reports that would derive nonsense for a whole site: of an uplink that it does not have,
 * or of a network that no site has.
 */
public final class SiteReportCheck implements UpdateCheck {
  /** No provider delegates more (RFC 6177); a mistyped {@code ::/0} is caught. */
  private static final int IPV6_PREFIX_MIN = 16;

  private static final int IPV4_PREFIX_MIN = 8;

  private final SiteRegistry sites;
  private final InstantSource clock;

  public SiteReportCheck(SiteRegistry sites, InstantSource clock) {
    this.sites = sites;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "site report";
  }

  @Override
  public Verdict check(ProposedChange change) {
    if (change.host().equals(change.asked())) {
      for (SiteState state : sites.reportedBy(change.asked())) {
        Verdict verdict = check(state.site(), change);
        if (!(verdict instanceof Verdict.Pass)) {
          return verdict;
        }
      }
    }
    return Verdict.PASS;
  }

  private Verdict check(Site site, ProposedChange change) {
    String username = change.credential().username();
    SiteReport report =
        SiteReport.of(site, change.asked(), change.wish(), username, clock.instant());
    String said = change.wish().uplink();
    String obstacle =
        site.uplinks().isEmpty() || (report.names().isEmpty() && said.isEmpty())
            ? null
            : uplinkObstacle(site, report.uplink(), said);
    if (obstacle != null) {
      return new Verdict.Reject(Reason.NOT_ALLOWED, obstacle);
    }
    for (var source : report.sources().entrySet()) {
      if (source.getValue() instanceof SourceReport.Is is) {
        String why = valueObstacle(source.getKey(), is.value());
        if (why != null) {
          return new Verdict.Reject(Reason.UNUSABLE_ADDRESS, why);
        }
      }
    }
    return Verdict.PASS;
  }

  /**
   * Why a report cannot be about this uplink; null if it can.
   *
   * @param meant the one it is about, by its credential or by what it says
   * @param said what it says; empty if nothing
   */
  private static @Nullable String uplinkObstacle(Site site, String meant, String said) {
    if (!said.isEmpty() && !said.equals(meant)) {
      return "this credential speaks for the uplink %s of the site %s, and not for %s"
          .formatted(meant, site.name(), said);
    }
    return site.uplink(meant) != null
        ? null
        : "%s; the site %s has the uplinks %s: send uplink=NAME"
            .formatted(
                meant.isEmpty()
                    ? "the report does not say of which uplink it is"
                    : "there is no uplink '%s'".formatted(meant),
                site.name(),
                site.uplinks().stream().map(Uplink::name).collect(Collectors.joining(", ")));
  }

  /** Why no source can be this; null if one can. */
  static @Nullable String valueObstacle(String source, AddressBlock value) {
    InetAddress address = value.network();
    boolean nobodys =
        address.isAnyLocalAddress()
            || address.isMulticastAddress()
            || address.isLinkLocalAddress()
            || address.isLoopbackAddress();
    int least = value.isIpv4() ? IPV4_PREFIX_MIN : IPV6_PREFIX_MIN;
    if (nobodys || value.prefixLength() < least) {
      return "%s cannot be %s: that is no address or network that a site has"
          .formatted(source, value);
    }
    return null;
  }
}
