package net.homeport.registry.site;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.House;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.liveness.LivenessSweeper;
import net.homeport.registry.liveness.MemoryLivenessStore;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.update.Verdict;
import net.homeport.zone.update.Attribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Hosts that follow a router live while it is heard, and fall silent with it. */
final class SiteLivenessTest {
  private static final String ROUTER = "gw.home.test.";
  private static final String CAM = "cam.home.test.";
  private static final Map<String, String> LAN = Map.of("lan", "2001:db8:1::/56");

  private final SiteHouse site = new SiteHouse("home.test.");
  private final House house = site.house;
  private final MemoryLivenessStore store = new MemoryLivenessStore();
  private LivenessPolicies policies = new LivenessPolicies(store, house.hosts::host);
  private final Set<Name> locked = new HashSet<>();
  private LivenessBook book;
  private LivenessSweeper sweeper;

  SiteLivenessTest() {
    wire();
    site.host(ROUTER);
    site.site("home", ROUTER, "lan");
    policies.sayOfZone(
        name("home.test."),
        new LivenessSettings(
            Duration.ofHours(1), null, Map.of(LivenessState.SILENT, LivenessAction.WITHDRAW)));
  }

  /** As the program does at its start. */
  private void wire() {
    var leaders = new SiteLeaders(site.sites, house.writer::snapshot);
    book = new LivenessBook(store, policies, house.hosts::host, leaders::of, house.clock.instant());
    var reports = new SiteReports(site.sites);
    var planner = new SitePlanner(site.sites, house.writer::snapshot, house.clock);
    site.updates =
        new HostUpdates(
            house.hosts,
            house.writer,
            house.clock,
            new UpdateStages(
                new HostAuthenticator(house.hosts, house.hasher),
                HostAccess.OWN_CREDENTIAL,
                planner,
                List.of(new Locked(), book),
                List.of(reports, book),
                RejectedAttempts.NONE));
    site.publisher =
        new SitePublisher(
            site.sites,
            house.writer::snapshot,
            site.updates,
            List.of(new Locked(), book, book.untilHeard(house.clock)),
            reports);
    site.keeper = new SiteKeeper(site.sites, reports, site.publisher);
    sweeper = new LivenessSweeper(book, house.hosts, site.updates, house.writer::snapshot, _ -> {});
  }

  /** As a host that is locked, or waits for a person's approval. */
  private final class Locked implements UpdateCheck {
    @Override
    public String name() {
      return "lock";
    }

    @Override
    public Verdict check(ProposedChange change) {
      return locked.contains(change.host().name())
          ? new Verdict.Reject(UpdateOutcome.Reason.NOT_ALLOWED, "locked")
          : Verdict.PASS;
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private UpdateOutcome report() {
    return site.report(ROUTER, "", LAN, "192.0.2.1");
  }

  private void pass(Duration time) {
    for (long minutes = time.toMinutes(); minutes > 0; minutes -= 5) {
      house.clock.advance(Duration.ofMinutes(5));
      sweeper.tick(house.clock.instant());
      site.keeper.tick(house.clock.instant());
    }
  }

  private void reportHourly(int times) {
    for (int i = 0; i < times; i++) {
      pass(Duration.ofHours(1));
      assertThat(report()).isEqualTo(new UpdateOutcome.Unchanged());
    }
  }

  @Test
  void aHostLivesWhileItsRouterIsHeardAndGoesAndComesBackWithIt() {
    site.member("home", CAM, "wan4", "lan+::7");
    report();
    reportHourly(30);
    assertThat(house.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:1:0:0:0:0:7");
    Host cam = Objects.requireNonNull(house.hosts.host(name(CAM)));
    assertThat(book.liveness(cam, house.clock.instant()).leader()).isEqualTo(name(ROUTER));
    pass(Duration.ofHours(4));
    assertThat(house.rdata(CAM, Type.AAAA)).isEmpty();
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
    assertThat(report()).isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:1:0:0:0:0:7");
    reportHourly(10);
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
  }

  /** A router that is heard again with what it said before, and was silent meanwhile. */
  @Test
  void whatARouterBringsBackKeepsTheRulesOfWhoFollowsIt() {
    policies.sayOfZone(
        name("home.test."),
        new LivenessSettings(
            Duration.ofHours(1),
            null,
            Map.of(
                LivenessState.SILENT, LivenessAction.TELL,
                LivenessState.DEAD, LivenessAction.TELL)));
    site.member("home", CAM, "wan4", "lan+::7");
    locked.add(name(CAM));
    report();
    pass(Duration.ofHours(4));
    assertThat(report()).isEqualTo(new UpdateOutcome.Unchanged());
    sweeper.tick(house.clock.instant());
    assertThat(house.rdata(ROUTER, Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
    assertThat(house.rdata(CAM, Type.AAAA)).isEmpty();
  }

  @Test
  void aHostThatJoinedLaterIsAsAliveAsItsRouter() {
    report();
    site.member("home", CAM, "wan4", "lan+::7");
    SiteHouse.done(
        site.publisher.publish(
            "home", null, new Attribution("admin", "api", null, house.clock.instant())));
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
    reportHourly(10);
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofHours(4));
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
  }

  @Test
  void afterARestartItFollowsItsRouterStill() {
    site.member("home", CAM, "wan4", "lan+::7");
    report();
    book.flush(house.clock.instant());
    policies = new LivenessPolicies(store, house.hosts::host);
    wire();
    reportHourly(10);
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofHours(4));
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
  }

  @Test
  void whatTheSiteKnowsDoesNotBringASilentHostBack() {
    site.member("home", CAM, "wan4", "lan+::7");
    report();
    pass(Duration.ofHours(4));
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
    var state = Objects.requireNonNull(site.state("home"));
    SiteHouse.done(
        site.publisher.settle(
            state, new Attribution("site home", "site", null, house.clock.instant())));
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
  }

  @Test
  void aFixedAddressCannotFallSilent() {
    site.member("home", CAM, "192.0.2.50", "reported");
    SiteHouse.done(
        site.publisher.publish(
            "home", null, new Attribution("admin", "api", null, house.clock.instant())));
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.50");
    pass(Duration.ofHours(10));
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.50");
  }

  @Test
  void aHostThatReportsOneFamilyItselfMustBeHeardItself() {
    site.member("home", CAM, "wan4", "reported");
    report();
    site.report(CAM, "", Map.of(), "2001:db8:1::99");
    assertThat(house.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:1:0:0:0:0:99");
    reportHourly(3);
    pass(Duration.ofMinutes(10));
    assertThat(house.rdata(CAM, Type.AAAA)).isEmpty();
    assertThat(house.rdata(CAM, Type.A)).isEmpty();
    // The router brings back what follows from it, and not what the host said of itself.
    assertThat(report()).isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata(CAM, Type.AAAA)).isEmpty();
    reportHourly(10);
    assertThat(house.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
    site.report(CAM, "", Map.of(), "2001:db8:1::99");
    assertThat(house.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:1:0:0:0:0:99");
  }

  @Test
  void whoFollowsARouterIsKnownFromItsSide() {
    site.member("home", CAM, "wan4", "reported");
    site.member("home", "nas.home.test.", "192.0.2.7", "reported");
    var leaders = new SiteLeaders(site.sites, house.writer::snapshot);
    Host router = Objects.requireNonNull(house.hosts.host(name(ROUTER)));
    Host cam = Objects.requireNonNull(house.hosts.host(name(CAM)));
    assertThat(leaders.followers(router)).containsExactly(cam);
    assertThat(leaders.followers(cam)).isEmpty();
  }

  @Test
  void whenItsSilenceGetsWorseIsKnownBefore() {
    site.member("home", CAM, "wan4", "lan+::7");
    report();
    Host cam = Objects.requireNonNull(house.hosts.host(name(CAM)));
    var now = house.clock.instant();
    assertThat(book.liveness(cam, now).begins())
        .containsEntry(LivenessState.SILENT, now.plus(Duration.ofMinutes(182)))
        .containsEntry(LivenessState.DEAD, now.plus(Duration.ofMinutes(602)));
    Host router = Objects.requireNonNull(house.hosts.host(name(ROUTER)));
    assertThat(book.liveness(router, now).begins()).hasSize(3);
    SiteHouse.done(
        site.sites.join(
            "home", cam, HostPlanText.parse("192.0.2.7"), HostPlanText.parse("2001:db8::7")));
    assertThat(book.liveness(cam, now).begins()).isEmpty();
  }
}
