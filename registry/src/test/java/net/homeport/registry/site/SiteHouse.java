package net.homeport.registry.site;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/** A house whose hosts may be of sites. */
final class SiteHouse implements AutoCloseable {
  private static final RequestOrigin ORIGIN =
      new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test");

  final House house;
  final MemorySiteStore store = new MemorySiteStore();
  final Map<String, String> secrets = Collections.synchronizedMap(new HashMap<>());
  private final List<UpdateCheck> more;
  SiteRegistry sites;
  HostUpdates updates;
  SitePublisher publisher;
  SiteKeeper keeper;

  SiteHouse(List<UpdateCheck> more, String... zones) {
    this.more = more;
    house = new House(zones);
    sites = new SiteRegistry(store, house.hosts, house.clock);
    var reports = new SiteReports(sites);
    var checks = new ArrayList<UpdateCheck>(more);
    checks.add(new SiteReportCheck(sites, house.clock));
    updates = updates(sites, reports, checks);
    publisher = new SitePublisher(sites, house.writer::snapshot, updates, checks, reports);
    keeper = new SiteKeeper(sites, reports, publisher);
  }

  SiteHouse(String... zones) {
    this(List.of(), zones);
  }

  /** The program dies, whatever it had not stored is gone, and it starts again. */
  void crash() {
    sites = new SiteRegistry(store, house.hosts, house.clock);
    var reports = new SiteReports(sites);
    var checks = new ArrayList<UpdateCheck>(more);
    checks.add(new SiteReportCheck(sites, house.clock));
    updates = updates(sites, reports, checks);
    publisher = new SitePublisher(sites, house.writer::snapshot, updates, checks, reports);
    keeper = new SiteKeeper(sites, reports, publisher);
  }

  private HostUpdates updates(
      SiteRegistry registry, SiteReports reports, List<UpdateCheck> checks) {
    return new HostUpdates(
        house.hosts,
        house.writer,
        house.clock,
        new UpdateStages(
            new HostAuthenticator(house.hosts, house.hasher),
            HostAccess.OWN_CREDENTIAL,
            new SitePlanner(registry, house.writer::snapshot, house.clock),
            checks,
            List.of(reports),
            RejectedAttempts.NONE));
  }

  Host host(String name) {
    var added = house.host(name);
    secrets.put(name, Objects.requireNonNull(added.secret()));
    return added.host();
  }

  /** A site whose router reports {@code wan4}, {@code wan6} and these networks. */
  void site(String site, String router, String... sources) {
    done(sites.add(site));
    source(site, "wan4", router);
    source(site, "wan6", router);
    for (String source : sources) {
      source(site, source, router);
    }
  }

  void source(String site, String source, String router) {
    done(
        sites.change(
            site,
            before ->
                before.with(
                    new AddressSource(
                        source,
                        DnsText.name(router),
                        AddressSource.usualInput(source),
                        AddressSource.AS_REPORTED,
                        house.clock.instant()))));
  }

  /** A new host of a site. */
  Host member(String site, String name, String ipv4, String ipv6) {
    Host host = host(name);
    done(sites.join(site, host, HostPlanText.parse(ipv4), HostPlanText.parse(ipv6)));
    return host;
  }

  static void done(SiteChange change) {
    if (!(change instanceof SiteChange.Done)) {
      throw new AssertionError(change);
    }
  }

  UpdateOutcome report(String router, HostWish wish) {
    var request =
        new UpdateRequest(
            new Presented.Token(Objects.requireNonNull(secrets.get(router))),
            ORIGIN,
            List.of(wish));
    return ((UpdateAnswer.PerHost) updates.update(request)).outcomes().getFirst();
  }

  /**
   * The router's report.
   *
   * @param addresses of either family; at most one of each
   */
  UpdateOutcome report(
      String router, String uplink, Map<String, String> networks, String... addresses) {
    AddressWish ipv4 = AddressWish.KEEP;
    AddressWish ipv6 = AddressWish.KEEP;
    for (String text : addresses) {
      InetAddress address = InetAddress.ofLiteral(text);
      if (address.getAddress().length == 4) {
        ipv4 = new AddressWish.Publish(address);
      } else {
        ipv6 = new AddressWish.Publish(address);
      }
    }
    var sources = new HashMap<String, AddressBlock>();
    networks.forEach((name, network) -> sources.put(name, AddressBlock.parse(network)));
    return report(router, new HostWish(router, ipv4, ipv6, sources, uplink));
  }

  @Nullable SiteState state(String site) {
    return sites.site(site);
  }

  @Override
  public void close() {
    house.close();
  }
}
