package net.homeport.registry.site;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What of a site is on disk, and when. */
final class SiteDurabilityTest {
  private static final Map<String, String> LAN = Map.of("lan", "2001:db8:1:200::/56");

  private static SiteHouse home() {
    var house = new SiteHouse("home.test.");
    house.host("gw.home.test.");
    house.site("home", "gw.home.test.", "lan");
    return house;
  }

  private static List<String> aaaa(SiteHouse house, String name) {
    return house.house.rdata(name, Type.AAAA).stream()
        .map(text -> InetAddress.ofLiteral(text).getHostAddress())
        .toList();
  }

  private static List<String> a(SiteHouse house, String name) {
    return house.house.rdata(name, Type.A);
  }

  private static String full(String address) {
    return InetAddress.ofLiteral(address).getHostAddress();
  }

  /** By a clock that was set back, the next holder of a name is there before the site was. */
  @Test
  void whoeverHasTheNameNextIsNotOfTheSiteAndDoesNotSpeakForIt() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.house.clock.advance(Duration.ofDays(-1));
      for (String name : List.of("gw.home.test.", "nas.home.test.")) {
        house.house.hosts.remove(name(name));
        house.host(name);
      }
      Host nas = Objects.requireNonNull(house.house.hosts.host(name("nas.home.test.")));
      assertThat(house.sites.member(nas)).isNull();
      house.member("home", "tv.home.test.", "wan4", "lan+::11");
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:bad::/56"), "198.51.100.66");
      assertThat(a(house, "tv.home.test.")).isEmpty();
      house.crash();
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:bad::/56"), "198.51.100.67");
      assertThat(a(house, "tv.home.test.")).isEmpty();
    }
  }

  /** Crash between the commit and the store: the zone is the truth, the next report mends. */
  @Test
  void aCrashAfterTheCommitIsMendedByTheNextReport() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.keeper.tick(house.house.clock.instant());
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:2:200::/56"), "198.51.100.8");
      house.crash();
      // Nothing undoes what was acknowledged.
      house.keeper.tick(house.house.clock.instant());
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.8");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:2:200::10"));
      // The store is a report behind.
      assertThat(
              Objects.requireNonNull(Objects.requireNonNull(house.state("home")).value("lan", ""))
                  .block())
          .isEqualTo(AddressBlock.parse("2001:db8:1:200::/56"));
      assertThat(
              house.report(
                  "gw.home.test.", "", Map.of("lan", "2001:db8:2:200::/56"), "198.51.100.8"))
          .isEqualTo(new UpdateOutcome.Unchanged());
      house.keeper.tick(house.house.clock.instant());
      house.crash();
      assertThat(
              Objects.requireNonNull(Objects.requireNonNull(house.state("home")).value("lan", ""))
                  .block())
          .isEqualTo(AddressBlock.parse("2001:db8:2:200::/56"));
    }
  }

  @Test
  void valuesAreStoredOnlyWhenTheyChange() {
    try (SiteHouse house = home()) {
      for (int i = 0; i < 10; i++) {
        house.report("gw.home.test.", "", LAN, "198.51.100.7");
        house.keeper.tick(house.house.clock.instant());
      }
      // Once as it was set up, with the first report.
      assertThat(house.store.saves()).isEqualTo(1);
    }
  }

  @Test
  void aStoreThatIsFullIsTriedAgainAndStopsNoReport() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "reported");
      house.store.full(true);
      assertThat(house.report("gw.home.test.", "", LAN, "198.51.100.7"))
          .isEqualTo(new UpdateOutcome.Updated());
      house.keeper.tick(house.house.clock.instant());
      house.store.full(false);
      house.keeper.tick(house.house.clock.instant());
      house.crash();
      assertThat(Objects.requireNonNull(house.state("home")).value("wan4", "")).isNotNull();
    }
  }

  /** A journal that fails leaves the site as it was, too. */
  @Test
  void aReportThatCouldNotBeCommittedIsNotTakenOver() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "reported");
      house.house.diskFull(true);
      assertThat(house.report("gw.home.test.", "", LAN, "198.51.100.7"))
          .isInstanceOf(UpdateOutcome.Failed.class);
      assertThat(Objects.requireNonNull(house.state("home")).values()).isEmpty();
    }
  }
}
