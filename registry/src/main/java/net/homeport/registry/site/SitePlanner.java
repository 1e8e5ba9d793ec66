package net.homeport.registry.site;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.AddressPlanner;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Plans what was asked for, by the host's plan, and with it all hosts of its site that follow from
 * what it reported. Thread safe; touches no disk, and remembers nothing: {@link SiteReports} does,
 * once the change is made.
 */
public final class SitePlanner implements AddressPlanner {
  private final SiteRegistry sites;
  private final DirectPlanner direct;
  private final SiteDerivation derivation;
  private final InstantSource clock;

  public SitePlanner(SiteRegistry sites, Supplier<ZoneSnapshot> zones, InstantSource clock) {
    this.sites = sites;
    this.direct = new DirectPlanner(zones);
    this.derivation = new SiteDerivation(sites, zones);
    this.clock = clock;
  }

  @Override
  public List<PlannedRrset> plan(Host host, HostWish wish, Credential credential) {
    List<PlannedRrset> asked = direct.plan(host, wish, credential);
    SiteMember member = sites.member(host);
    List<SiteState> reported = sites.reportedBy(host);
    if (member == null && reported.isEmpty()) {
      return asked;
    }
    var planned = new ArrayList<PlannedRrset>();
    boolean isOwnSite = false;
    for (SiteState before : reported) {
      SiteReport report =
          SiteReport.of(before.site(), host, wish, credential.username(), clock.instant());
      SiteState after = before.after(report);
      if (member != null && member.site().equals(after.site().name())) {
        isOwnSite = true;
        own(after, member, host, asked, report, planned);
      }
      planned.addAll(derivation.hosts(after, host, report));
    }
    if (!isOwnSite) {
      SiteState state = member == null ? null : sites.site(member.site());
      if (member == null || state == null) {
        planned.addAll(0, asked);
      } else {
        own(state, member, host, asked, null, planned);
      }
    }
    return planned;
  }

  /** What the host that was asked for shall have: what it asks, unless its plan says otherwise. */
  private void own(
      SiteState state,
      SiteMember member,
      Host host,
      List<PlannedRrset> asked,
      @Nullable SiteReport report,
      List<PlannedRrset> planned) {
    int at = 0;
    for (int type : new int[] {Type.A, Type.AAAA}) {
      HostPlan plan = derivation.effective(state, member.plan(type), host, type);
      PlannedRrset rrset = null;
      if (plan instanceof HostPlan.Reported) {
        for (PlannedRrset one : asked) {
          rrset = one.type() == type ? one : rrset;
        }
      } else {
        rrset = derivation.rrset(state, plan, host, type, report);
      }
      if (rrset != null) {
        planned.add(at++, rrset);
      }
    }
  }
}
