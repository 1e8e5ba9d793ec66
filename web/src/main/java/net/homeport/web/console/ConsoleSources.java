package net.homeport.web.console;

import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.LastObstacles;
import net.homeport.registry.restriction.WithheldReports;
import net.homeport.registry.site.SiteLeaders;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.exchange.ExchangeLog;

/**
 * Where the console reads what it shows. Each part is thread safe.
 *
 * @param zones all zones
 * @param history what changed; reads the disk, and may take seconds
 * @param exchanges what devices said last, without secrets
 */
public record ConsoleSources(
    Hosts hosts,
    ZoneRegistry zones,
    Restrictions restrictions,
    Sites sites,
    ZoneHistory history,
    ExchangeLog exchanges) {
  /**
   * Hosts, and what is known of them.
   *
   * @param statuses what DNS answers for them
   * @param details whose they are
   * @param credentials what may change them
   * @param grants which credential is for which host
   * @param liveness when they were heard
   */
  public record Hosts(
      HostRegistry registry,
      HostStatusReader statuses,
      AccountRegistry accounts,
      HostDetails details,
      HostCredentials credentials,
      HostGrants grants,
      LivenessBook liveness) {}

  /**
   * What keeps an address from being published.
   *
   * @param withheld what devices asked for meanwhile
   * @param obstacles why the last requests were not followed
   */
  public record Restrictions(
      HostPolicies policies,
      HostStandings standings,
      WithheldReports withheld,
      LastObstacles obstacles) {}

  /**
   * Sites.
   *
   * @param leaders which hosts follow which
   */
  public record Sites(SiteRegistry registry, SiteLeaders leaders) {}
}
