package net.homeport.registry.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.homeport.registry.House;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** One report of a router re-derives all hosts of its site. */
final class SitePlannerTest {
  private static final Map<String, String> LAN = Map.of("lan", "2001:db8:1:200::/56");

  private static SiteHouse home(UpdateCheck... checks) {
    var house = new SiteHouse(List.of(checks), "home.test.", "other.test.");
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

  @Test
  void oneReportChangesAllHostsOfTheSiteInOneCommitAZone() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.member("home", "cam.home.test.", "reported", "lan+mac:34:56:78:9a:bc:de");
      house.member("home", "guest.home.test.", "192.0.2.99", "lan/3+::10");
      house.member("home", "far.other.test.", "wan4", "lan/0xff+::1");
      house.host("alone.home.test.");
      int before = house.house.journal.size();
      assertThat(house.report("gw.home.test.", "", LAN, "198.51.100.7", "2001:db8:ffff::1"))
          .isEqualTo(new UpdateOutcome.Updated());
      assertThat(house.house.journal).hasSize(before + 2);
      assertThat(a(house, "gw.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "gw.home.test.")).containsExactly(full("2001:db8:ffff::1"));
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
      assertThat(aaaa(house, "cam.home.test."))
          .containsExactly(full("2001:db8:1:200:3656:78ff:fe9a:bcde"));
      assertThat(a(house, "cam.home.test.")).isEmpty();
      assertThat(aaaa(house, "guest.home.test.")).containsExactly(full("2001:db8:1:203::10"));
      assertThat(a(house, "far.other.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "far.other.test.")).containsExactly(full("2001:db8:1:2ff::1"));
      assertThat(a(house, "alone.home.test.")).isEmpty();
      // The same again is no change, and writes nothing.
      assertThat(house.report("gw.home.test.", "", LAN, "198.51.100.7", "2001:db8:ffff::1"))
          .isEqualTo(new UpdateOutcome.Unchanged());
      assertThat(house.house.journal).hasSize(before + 2);
    }
  }

  @Test
  void aReportOfOneSourceLeavesTheOthers() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:9:900::/56"));
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:9:900::10"));
      house.report(
          "gw.home.test.", new HostWish("gw.home.test.", AddressWish.WITHDRAW, AddressWish.KEEP));
      assertThat(a(house, "nas.home.test.")).isEmpty();
      assertThat(a(house, "gw.home.test.")).isEmpty();
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:9:900::10"));
    }
  }

  @Test
  void aHostWithAPlanCannotSayOtherwiseItself() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "reported", "lan+::10");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      // Its IPv4 address is its own word; its IPv6 address is not.
      assertThat(house.report("nas.home.test.", "", Map.of(), "192.0.2.5", "2001:db8:bad::1"))
          .isEqualTo(new UpdateOutcome.Updated());
      assertThat(a(house, "nas.home.test.")).containsExactly("192.0.2.5");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
    }
  }

  /** Threat: a host of the site sends what only the router may say. */
  @Test
  void onlyTheReporterSpeaksForASource() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.member("home", "cam.home.test.", "reported", "reported");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.report("cam.home.test.", "", Map.of("lan", "2001:db8:bad::/56"), "192.0.2.66");
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
    }
  }

  /** Threat: the router's name is given to somebody else after it was removed. */
  @Test
  void aNewHostOfTheReportersNameDoesNotSpeakForTheSite() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.house.hosts.remove(DnsText.name("gw.home.test."));
      house.house.clock.advance(Duration.ofSeconds(1));
      house.host("gw.home.test.");
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:bad::/56"), "192.0.2.66");
      assertThat(a(house, "gw.home.test.")).containsExactly("192.0.2.66");
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
    }
  }

  @Test
  void networksThatNoSiteHasAreRejected() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      for (String network : List.of("fe80::/64", "::/0", "ff02::/16", "2000::/3")) {
        assertThat(house.report("gw.home.test.", "", Map.of("lan", network)))
            .isInstanceOfSatisfying(
                UpdateOutcome.Rejected.class,
                no -> {
                  assertThat(no.reason()).isEqualTo(Reason.UNUSABLE_ADDRESS);
                  assertThat(no.why()).contains("lan cannot be");
                });
      }
      assertThat(aaaa(house, "nas.home.test.")).isEmpty();
    }
  }

  @Test
  void aShorterPrefixIsFlaggedAndWhatDoesNotFitIsWithdrawn() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "reported", "lan+::10");
      house.member("home", "guest.home.test.", "reported", "lan/3+::10");
      house.report("gw.home.test.", "", LAN);
      assertThat(aaaa(house, "guest.home.test.")).containsExactly(full("2001:db8:1:203::10"));
      house.report("gw.home.test.", "", Map.of("lan", "2001:db8:7:7::/64"));
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:7:7::10"));
      // An address in a prefix that another customer may have by now is worse than none.
      assertThat(aaaa(house, "guest.home.test.")).isEmpty();
      SiteState state = Objects.requireNonNull(house.state("home"));
      SourceValue value = Objects.requireNonNull(state.value("lan", ""));
      assertThat(value.lengthBefore()).isEqualTo(56);
      assertThat(
              state
                  .derive(HostPlanText.parse("lan/3+::10"), DnsText.name("guest.home.test."), false)
                  .misfits())
          .singleElement()
          .asString()
          .contains("subnet number 3 does not fit");
    }
  }

  @Test
  void aHostThatJoinsLaterIsDerivedAtOnce() {
    try (SiteHouse house = home()) {
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.keeper.tick(house.house.clock.instant());
      var nas = house.member("home", "nas.home.test.", "wan4", "lan+::10");
      SiteHouse.done(house.publisher.publish("home", nas, House.ADMINISTRATOR));
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
    }
  }

  @Test
  void plansThatCannotBeAreRefusedWhenTheyAreMade() {
    try (SiteHouse house = home()) {
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      var nas = house.host("nas.home.test.");
      for (var wrong :
          Map.of(
                  "guest+::1", "has no address source 'guest'",
                  "lan/300+::1", "subnet number 300 does not fit",
                  "lan", "not an address",
                  "192.0.2.1", "is not of IPv6",
                  "wan4", "not of IPv6")
              .entrySet()) {
        assertThat(house.sites.join("home", nas, null, HostPlanText.parse(wrong.getKey())))
            .isInstanceOfSatisfying(
                SiteChange.Refused.class,
                refused -> assertThat(refused.why()).contains(wrong.getValue()));
      }
      assertThat(house.sites.member(nas)).isNull();
      house.member("home", "cam.home.test.", "wan4", "lan+::10");
      assertThat(house.sites.change("home", site -> site.withoutSource("lan")))
          .isEqualTo(
              new SiteChange.Refused("cam.home.test follows lan; give it another plan first"));
      SiteHouse.done(house.sites.change("home", site -> site.withoutSource("wan6")));
      assertThat(house.sites.join("away", nas, null, null))
          .isEqualTo(new SiteChange.NoSuchSite("away"));
    }
  }

  /** One name that something else stands at must not keep the others from changing. */
  @Test
  void aHostWhoseNameIsTakenByAStaticRecordIsLeft() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      house.member("home", "old.home.test.", "wan4", "lan+::11");
      house
          .house
          .writer
          .submit(
              new ZoneUpdate(
                  DnsText.name("home.test."),
                  List.of(),
                  List.of(
                      new UpdateOperation.AddRecord(
                          new AAAARecord(
                              DnsText.name("old.home.test."),
                              DClass.IN,
                              60,
                              InetAddress.ofLiteral("2001:db8::53")))),
                  Management.STATIC,
                  House.ADMINISTRATOR))
          .join();
      assertThat(house.report("gw.home.test.", "", LAN, "198.51.100.7"))
          .isEqualTo(new UpdateOutcome.Updated());
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:1:200::10"));
      assertThat(aaaa(house, "old.home.test.")).containsExactly(full("2001:db8::53"));
      assertThat(a(house, "old.home.test.")).containsExactly("198.51.100.7");
    }
  }

  /** A check that holds one host back holds it back from what the keeper does, too. */
  @Test
  void whatACheckForbidsIsNotDoneLater() {
    var lock =
        new UpdateCheck() {
          @Override
          public String name() {
            return "lock";
          }

          @Override
          public Verdict check(ProposedChange change) {
            return change.host().name().toString(true).equals("cam.home.test")
                ? new Verdict.Reject(Reason.NOT_ALLOWED, "locked")
                : Verdict.PASS;
          }
        };
    try (SiteHouse house = home(lock)) {
      house.member("home", "nas.home.test.", "wan4", "reported");
      house.member("home", "cam.home.test.", "wan4", "reported");
      house.report("gw.home.test.", "", LAN, "198.51.100.7");
      house.keeper.tick(house.house.clock.instant());
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.7");
      assertThat(a(house, "cam.home.test.")).isEmpty();
    }
  }

  @Test
  void theAdministratorReportsByHand() {
    try (SiteHouse house = home()) {
      house.member("home", "nas.home.test.", "wan4", "lan+::10");
      var report =
          new SiteReport(
              "",
              Map.of("lan", new SourceReport.Is(AddressBlock.parse("2001:db8:5:500::/56"))),
              house.house.clock.instant(),
              "administrator");
      SiteHouse.done(house.publisher.report("home", report, House.ADMINISTRATOR));
      assertThat(aaaa(house, "nas.home.test.")).containsExactly(full("2001:db8:5:500::10"));
      house.crash();
      assertThat(Objects.requireNonNull(house.state("home")).value("lan", "")).isNotNull();
    }
  }

  /** Random sites, hosts and reports; concurrent ones of two sites. */
  @Test
  void concurrentReportsOfTwoSitesKeepEachHostInItsPrefix() throws Exception {
    var random = new SplittableRandom(35);
    try (SiteHouse house = new SiteHouse("home.test.", "other.test.");
        var threads = Executors.newFixedThreadPool(4)) {
      var plans = new HashMap<String, HostPlan>();
      for (String site : List.of("one", "two")) {
        String router = "gw-" + site + ".home.test.";
        house.host(router);
        house.site(site, router, "lan");
        for (int i = 0; i < 40; i++) {
          String name = "h" + i + "-" + site + (i % 2 == 0 ? ".home.test." : ".other.test.");
          String plan =
              switch (random.nextInt(3)) {
                case 0 -> "lan+::" + Integer.toHexString(random.nextInt(1, 0xFFFF));
                case 1 -> "lan/%d+::%x".formatted(random.nextInt(256), random.nextInt(1, 0xFFFF));
                default -> "lan/%d+mac:02:00:00:00:00:%02x".formatted(random.nextInt(256), i);
              };
          plans.put(name, HostPlanText.parse(plan));
          house.member(site, name, "wan4", plan);
        }
      }
      var reports = new ArrayList<Future<UpdateOutcome>>();
      for (int i = 0; i < 60; i++) {
        String site = i % 2 == 0 ? "one" : "two";
        String lan = "2001:db8:%s:%x00::/56".formatted(site.equals("one") ? "1" : "2", i % 7);
        String wan = "198.51.100." + (i % 5 + 1);
        reports.add(
            threads.submit(
                () -> house.report("gw-" + site + ".home.test.", "", Map.of("lan", lan), wan)));
      }
      for (Future<UpdateOutcome> report : reports) {
        assertThat(report.get())
            .isInstanceOfAny(UpdateOutcome.Updated.class, UpdateOutcome.Unchanged.class);
      }
      // Reports of one router that crossed: what was said last stands, everywhere the same.
      house.keeper.tick(house.house.clock.instant());
      plans.forEach((name, plan) -> {
        String site = name.contains("-one.") ? "one" : "two";
        SiteState state = Objects.requireNonNull(house.state(site));
        AddressBlock lan = Objects.requireNonNull(state.value("lan", "")).block();
        assertThat(lan.toString()).startsWith("2001:db8:" + (site.equals("one") ? "1" : "2"));
        assertThat(Derivation.of(plan, lan, false))
            .isEqualTo(
                new Derivation.Derived(
                    InetAddress.ofLiteral(house.house.rdata(name, Type.AAAA).getFirst())));
        assertThat(a(house, name))
            .containsExactly(
                Objects.requireNonNull(state.value("wan4", "")).block().network().getHostAddress());
      });
    }
  }

  @Test
  void tenThousandHostsInOneCommit() {
    try (SiteHouse house = home()) {
      for (int i = 0; i < 10_000; i++) {
        house.member("home", "h" + i + ".home.test.", "reported", "lan+::%x".formatted(i + 0x100));
      }
      int before = house.house.journal.size();
      assertThat(house.report("gw.home.test.", "", LAN)).isEqualTo(new UpdateOutcome.Updated());
      assertThat(house.house.journal).hasSize(before + 1);
      for (int i : new int[] {0, 4_999, 9_999}) {
        assertThat(aaaa(house, "h" + i + ".home.test."))
            .containsExactly(full("2001:db8:1:200::%x".formatted(i + 0x100)));
      }
    }
  }
}
