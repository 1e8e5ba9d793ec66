package net.homeport.registry.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.site.UplinkPolicy.Kind;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Zone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** A site with several uplinks: what is published, and when it changes. */
final class SiteUplinksTest {
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private static SiteHouse branch(Kind kind) {
    var house = new SiteHouse("home.test.");
    house.host("gw.home.test.");
    house.site("branch", "gw.home.test.", "lan");
    var policy =
        new UplinkPolicy(
            kind, 1, Duration.ofSeconds(30), Duration.ofMinutes(5), FlapDamping.DEFAULT, 20);
    SiteHouse.done(
        house.sites.change(
            "branch",
            site ->
                site.with(
                    policy,
                    List.of(
                        new Uplink("dsl", 1, INTERVAL, null),
                        new Uplink("lte", 1, INTERVAL, null)))));
    house.member("branch", "nas.home.test.", "wan4", "lan+::10");
    return house;
  }

  private static List<String> a(SiteHouse house, String name) {
    return house.house.rdata(name, Type.A);
  }

  private static long ttl(SiteHouse house, String name) {
    Zone zone =
        Objects.requireNonNull(house.house.writer.snapshot().zone(DnsText.name("home.test.")));
    return Objects.requireNonNull(zone.rrset(DnsText.name(name), Type.A)).ttl();
  }

  private static void reportBoth(SiteHouse house) {
    house.report("gw.home.test.", "dsl", Map.of("lan", "2001:db8:1:100::/56"), "198.51.100.1");
    house.report("gw.home.test.", "lte", Map.of("lan", "2001:db8:2:200::/64"), "203.0.113.1");
  }

  @Test
  void theFirstWorkingUplinkIsPublishedForAllHosts() {
    try (SiteHouse house = branch(Kind.PRIORITY)) {
      reportBoth(house);
      assertThat(a(house, "gw.home.test.")).containsExactly("198.51.100.1");
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.1");
      // A change of the one that is not in use changes nothing that is published.
      assertThat(house.report("gw.home.test.", "lte", Map.of(), "203.0.113.2"))
          .isEqualTo(new UpdateOutcome.Unchanged());
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.1");
    }
  }

  @Test
  void anUplinkThatGoesSilentFailsOverWithALowerTtlAndComesBack() {
    try (SiteHouse house = branch(Kind.PRIORITY)) {
      reportBoth(house);
      assertThat(ttl(house, "nas.home.test.")).isEqualTo(60);
      house.house.clock.advance(Duration.ofMinutes(8));
      house.report("gw.home.test.", "lte", Map.of(), "203.0.113.1");
      house.house.clock.advance(Duration.ofMinutes(2));
      int before = house.house.journal.size();
      house.keeper.tick(house.house.clock.instant());
      assertThat(a(house, "gw.home.test.")).containsExactly("203.0.113.1");
      assertThat(a(house, "nas.home.test.")).containsExactly("203.0.113.1");
      assertThat(house.house.rdata("nas.home.test.", Type.AAAA))
          .containsExactly("2001:db8:2:200:0:0:0:10");
      assertThat(ttl(house, "nas.home.test.")).isEqualTo(20);
      assertThat(house.house.journal).hasSize(before + 1);
      // Back, and stable for five minutes.
      for (int minute = 0; minute < 5; minute++) {
        reportBoth(house);
        house.keeper.tick(house.house.clock.instant());
        assertThat(a(house, "nas.home.test.")).containsExactly("203.0.113.1");
        house.house.clock.advance(Duration.ofMinutes(1));
      }
      house.keeper.tick(house.house.clock.instant());
      assertThat(a(house, "nas.home.test.")).containsExactly("198.51.100.1");
      for (int minute = 0; minute < 20; minute++) {
        reportBoth(house);
        house.house.clock.advance(Duration.ofMinutes(1));
        house.keeper.tick(house.house.clock.instant());
      }
      assertThat(ttl(house, "nas.home.test.")).isEqualTo(60);
    }
  }

  @Test
  void allUplinksArePublished() {
    try (SiteHouse house = branch(Kind.ALL)) {
      reportBoth(house);
      assertThat(a(house, "nas.home.test."))
          .containsExactlyInAnyOrder("198.51.100.1", "203.0.113.1");
      assertThat(house.house.rdata("nas.home.test.", Type.AAAA))
          .containsExactlyInAnyOrder("2001:db8:1:100:0:0:0:10", "2001:db8:2:200:0:0:0:10");
      assertThat(a(house, "gw.home.test.")).hasSize(2);
    }
  }

  @Test
  void aReportThatNamesNoUplinkOfTheSiteIsRejectedAndToldWhatToSend() {
    try (SiteHouse house = branch(Kind.PRIORITY)) {
      for (String uplink : List.of("", "cable")) {
        assertThat(house.report("gw.home.test.", uplink, Map.of(), "198.51.100.1"))
            .isInstanceOfSatisfying(
                UpdateOutcome.Rejected.class,
                no -> {
                  assertThat(no.reason()).isEqualTo(Reason.NOT_ALLOWED);
                  assertThat(no.why()).contains("the site branch has the uplinks dsl, lte");
                });
      }
      assertThat(a(house, "gw.home.test.")).isEmpty();
    }
  }

  /** A credential of an uplink speaks for that one, and cannot make the other one look alive. */
  @Test
  void aCredentialMayBeBoundToAnUplink() {
    try (SiteHouse house = branch(Kind.PRIORITY)) {
      SiteHouse.done(
          house.sites.change(
              "branch",
              site ->
                  site.with(
                      site.policy(),
                      List.of(
                          new Uplink("dsl", 1, INTERVAL, null),
                          new Uplink("lte", 1, INTERVAL, "gw.home.test")))));
      assertThat(house.report("gw.home.test.", "", Map.of(), "203.0.113.9"))
          .isEqualTo(new UpdateOutcome.Updated());
      assertThat(Objects.requireNonNull(house.state("branch")).value("wan4", "lte")).isNotNull();
      assertThat(house.report("gw.home.test.", "dsl", Map.of(), "203.0.113.9"))
          .isInstanceOfSatisfying(
              UpdateOutcome.Rejected.class,
              no -> assertThat(no.why()).contains("speaks for the uplink lte"));
    }
  }

  @Test
  void aRestartKeepsTheUplinkInUse() {
    try (SiteHouse house = branch(Kind.PRIORITY)) {
      reportBoth(house);
      house.house.clock.advance(Duration.ofMinutes(9));
      house.report("gw.home.test.", "lte", Map.of(), "203.0.113.1");
      house.house.clock.advance(Duration.ofMinutes(2));
      house.keeper.tick(house.house.clock.instant());
      house.crash();
      assertThat(Objects.requireNonNull(house.state("branch")).uplinks().chosen())
          .containsExactly("lte");
      house.report("gw.home.test.", "dsl", Map.of(), "198.51.100.1");
      assertThat(a(house, "nas.home.test.")).containsExactly("203.0.113.1");
    }
  }
}
