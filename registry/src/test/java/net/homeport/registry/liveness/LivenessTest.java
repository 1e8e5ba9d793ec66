package net.homeport.registry.liveness;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.liveness.HostLiveness.IntervalSource;
import net.homeport.registry.liveness.LivenessListener.Event;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.update.Attribution;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Hosts fall silent and come back; the clock is moved in steps of five minutes. */
final class LivenessTest extends LivenessFixture {
  @Test
  void aSilentHostIsWithdrawnAndItsNextReportIsPublishedAgain() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    pass(Duration.ofHours(3));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(liveness().state()).isEqualTo(LivenessState.LATE);
    pass(Duration.ofMinutes(10));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(liveness().state()).isEqualTo(LivenessState.SILENT);
    assertThat(events)
        .extracting(event -> event.state() + " " + event.action())
        .containsExactly("SILENT withdraw");
    assertThat(house.journal.getLast().toString()).contains("liveness", "silent: withdraw");
    // Its address did not change, and yet it must be there again.
    assertThat(report(cam, "192.0.2.1")).isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(liveness().state()).isEqualTo(LivenessState.FRESH);
    pass(STEP);
    assertThat(events.getLast().state()).isEqualTo(LivenessState.FRESH);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofHours(4));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void aHostThatIsHeardStays() {
    say(HOURLY, "withdraw", "delete");
    for (int i = 0; i < 100; i++) {
      report(cam, "192.0.2.1");
      pass(Duration.ofMinutes(58));
    }
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(events).isEmpty();
  }

  @Test
  void byDefaultSilenceIsToldAndTheDeadLoseTheirAddress() {
    report(cam, "192.0.2.1");
    pass(Duration.ofDays(120));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(events).extracting(Event::action).containsExactly(LivenessAction.TELL);
    pass(Duration.ofDays(280));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(events)
        .extracting(Event::action)
        .containsExactly(LivenessAction.TELL, LivenessAction.WITHDRAW);
  }

  @Test
  void theTtlIsShortenedThenTheHostIsParkedAndThenTheTtlIsItsOwnAgain() {
    policies.sayOfHost(
        cam,
        new LivenessSettings(
            HOURLY,
            new Grace(1, 2, 4),
            Map.of(
                LivenessState.LATE, LivenessAction.parse("ttl=10"),
                LivenessState.SILENT, LivenessAction.parse("park=192.0.2.99"))));
    secrets.put(cam.name().toString(), token());
    report(cam, "192.0.2.1");
    pass(Duration.ofMinutes(65));
    assertThat(ttl()).isEqualTo(10);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    pass(HOURLY);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.99");
    report(cam, "192.0.2.1");
    assertThat(ttl()).isEqualTo(60);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
  }

  /** A credential for the host that exists already, so that what was said of it holds. */
  private String token() {
    house.hosts.remove(cam.name());
    String secret = Objects.requireNonNull(house.host("cam.home.test.").secret());
    policies.sayOfHost(now(cam), policies.ofHost(cam));
    return secret;
  }

  private long ttl() {
    var zone = Objects.requireNonNull(house.writer.snapshot().zone(cam.zone()));
    return Objects.requireNonNull(zone.rrset(cam.name(), Type.A))
        .records(cam.name())
        .getFirst()
        .getTTL();
  }

  @Test
  void aDeadHostIsDeletedAndOneOfItsNameIsAnother() {
    say(HOURLY, "withdraw", "delete");
    report(cam, "192.0.2.1");
    pass(Duration.ofHours(11));
    assertThat(house.hosts.host(cam.name())).isNull();
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    house.host("cam.home.test.");
    assertThat(liveness().state()).isNull();
  }

  @Test
  void theIntervalIsThatOfTheClientUntilItsReportsTeachIt() {
    report(cam, "192.0.2.1", "ddclient/3.10.0");
    assertThat(liveness().interval()).isEqualTo(Duration.ofDays(25));
    assertThat(liveness().source()).isEqualTo(IntervalSource.CLIENT);
    for (int i = 0; i < LearnedInterval.GAPS; i++) {
      pass(STEP);
      report(cam, "192.0.2.1", "ddclient/3.10.0");
    }
    assertThat(liveness().interval()).isEqualTo(STEP);
    assertThat(liveness().source()).isEqualTo(IntervalSource.LEARNED);
    say(HOURLY, "tell", "none");
    assertThat(liveness().interval()).isEqualTo(HOURLY);
    assertThat(liveness().source()).isEqualTo(IntervalSource.STATED);
  }

  @Test
  void aDeviceThatSpeaksOnlyWhenItMovesIsNotTakenForAFrequentOne() {
    for (int i = 1; i < 20; i++) {
      report(cam, "192.0.2." + i, "ddclient/3.10.0");
      pass(Duration.ofHours(24));
    }
    assertThat(liveness().interval()).isEqualTo(Duration.ofDays(25));
  }

  @Test
  void lastSeenSurvivesARestartAndABeatCostsNoWrite() {
    report(cam, "192.0.2.1");
    book.flush(house.clock.instant());
    store.writes.clear();
    int changes = house.journal.size();
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(30));
      report(cam, "192.0.2.1");
    }
    assertThat(store.writes).isEmpty();
    assertThat(house.journal).hasSize(changes);
    var heard = liveness().lastSeen();
    restart(Duration.ofSeconds(5));
    assertThat(store.writes).containsExactly(1);
    assertThat(liveness().lastSeen()).isEqualTo(heard);
    assertThat(liveness().interval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void afterADowntimeNobodyIsWithdrawnBeforeAReportWasPossible() {
    say(HOURLY, "withdraw", "delete");
    report(cam, "192.0.2.1");
    restart(Duration.ofDays(30));
    assertThat(liveness().state()).isEqualTo(LivenessState.FRESH);
    pass(Duration.ofHours(3));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofMinutes(10));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void aShortRestartDoesNotForgiveALongSilence() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    pass(Duration.ofMinutes(170));
    restart(Duration.ofSeconds(30));
    pass(Duration.ofMinutes(55));
    // One more hour for those who met the restart with their report.
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofMinutes(15));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void aClockThatJumpsKillsNobody() {
    say(HOURLY, "withdraw", "delete");
    report(cam, "192.0.2.1");
    pass(STEP);
    house.clock.advance(Duration.ofDays(365));
    sweeper.tick(house.clock.instant());
    pass(HOURLY);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    report(cam, "192.0.2.1");
    house.clock.advance(Duration.ofDays(-365));
    sweeper.tick(house.clock.instant());
    assertThat(house.hosts.host(cam.name())).isNotNull();
    pass(Duration.ofHours(4));
    assertThat(house.hosts.host(cam.name())).isNotNull();
  }

  @Test
  void aReportThatCrossesWithAWithdrawalIsPublishedOnceMore() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    pass(Duration.ofHours(3));
    beforeCommit.set(() -> pass(Duration.ofMinutes(10)));
    assertThat(report(cam, "192.0.2.1")).isEqualTo(new UpdateOutcome.Unchanged());
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    sweeper.tick(house.clock.instant());
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(liveness().state()).isEqualTo(LivenessState.FRESH);
  }

  @Test
  void whatTheDiskRefusesIsTriedAgain() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    house.diskFull(true);
    pass(Duration.ofHours(4));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    house.diskFull(false);
    pass(Duration.ofMinutes(10));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void hostsWithAddressesFromBeforeCanFallSilentToo() {
    say(HOURLY, "withdraw", "none");
    house.updates.publish(
        List.of(new PlannedRrset(cam, Type.A, List.of(InetAddress.ofLiteral("192.0.2.1")))),
        House.ADMINISTRATOR);
    house.hosts.forEachHost(host -> sweeper.adopt(host, house.clock.instant()));
    pass(Duration.ofHours(4));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void aBlockedHostDoesNotComeBackWithAReportThatCrossed() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    pass(Duration.ofHours(3));
    beforeCommit.set(() -> pass(Duration.ofMinutes(10)));
    report(cam, "192.0.2.1");
    veto.set(_ -> "the name was blocked: phishing");
    sweeper.tick(house.clock.instant());
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(events.getLast().outcome()).contains("phishing");
  }

  @Test
  void aSignedUpdateIsASignOfLifeToo() {
    say(HOURLY, "withdraw", "none");
    report(cam, "192.0.2.1");
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofMinutes(58));
      book.heard(name("CAM.home.test."), house.clock.instant());
      book.heard(name("nothing.home.test."), house.clock.instant());
    }
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    pass(Duration.ofHours(4));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }

  @Test
  void whatAnAdministratorPublishesFallsSilentToo() {
    say(HOURLY, "withdraw", "none");
    updates.publish(
        List.of(new PlannedRrset(cam, Type.A, List.of(InetAddress.ofLiteral("192.0.2.1")))),
        new Attribution("admin", "api", null, house.clock.instant()));
    pass(Duration.ofHours(4));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
  }
}
