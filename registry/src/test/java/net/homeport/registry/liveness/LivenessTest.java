package net.homeport.registry.liveness;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.liveness.HostLiveness.IntervalSource;
import net.homeport.registry.liveness.LivenessListener.Event;
import net.homeport.registry.update.AddressPlanner;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Hosts fall silent and come back; the clock is moved in steps of five minutes. */
final class LivenessTest {
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Duration HOURLY = Duration.ofHours(1);

  private final House house = new House("home.test.");
  private final Host cam = house.host("cam.home.test.").host();
  private final MemoryLivenessStore store = new MemoryLivenessStore();
  private final List<Event> events = new ArrayList<>();
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  private final AtomicReference<NameVeto> veto = new AtomicReference<>(NameVeto.NONE);
  private final AddressPlanner planner = new DirectPlanner(house.writer::snapshot);
  private LivenessPolicies policies = new LivenessPolicies(store, house.hosts::host);
  private LivenessBook book = newBook();
  private HostUpdates updates = newUpdates();
  private LivenessSweeper sweeper = newSweeper();

  private LivenessBook newBook() {
    return new LivenessBook(
        store, policies, house.hosts::host, AddressLeaders.NONE, house.clock.instant());
  }

  private HostUpdates newUpdates() {
    return new HostUpdates(
        house.hosts,
        house.writer,
        house.clock,
        new UpdateStages(
            new HostAuthenticator(house.hosts, house.hasher),
            HostAccess.OWN_CREDENTIAL,
            planner,
            List.of(book),
            List.of(
                observation -> {
                  // Between the judgement and the word of it.
                  Runnable crossing = beforeCommit.getAndSet(null);
                  if (crossing != null) {
                    crossing.run();
                  }
                },
                book),
            RejectedAttempts.NONE));
  }

  private LivenessSweeper newSweeper() {
    return new LivenessSweeper(
        book,
        house.hosts,
        updates,
        planner,
        name -> veto.get().against(name),
        house.writer::snapshot,
        events::add);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private final Map<String, String> secrets = new java.util.HashMap<>();

  private UpdateOutcome report(Host host, String address, String userAgent) {
    String secret =
        secrets.computeIfAbsent(
            host.name().toString(),
            _ -> {
              house.hosts.remove(host.name());
              return Objects.requireNonNull(house.host(host.name().toString()).secret());
            });
    var request =
        new UpdateRequest(
            new Presented.Token(secret),
            new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test", null, userAgent),
            List.of(
                new HostWish(
                    host.name().toString(),
                    new AddressWish.Publish(InetAddress.ofLiteral(address)),
                    AddressWish.KEEP)));
    return ((UpdateAnswer.PerHost) updates.update(request)).outcomes().getFirst();
  }

  private UpdateOutcome report(Host host, String address) {
    return report(host, address, "");
  }

  private Host now(Host host) {
    return Objects.requireNonNull(house.hosts.host(host.name()));
  }

  private HostLiveness liveness() {
    return book.liveness(now(cam), house.clock.instant());
  }

  private void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      house.clock.advance(left.compareTo(STEP) < 0 ? left : STEP);
      sweeper.tick(house.clock.instant());
    }
  }

  /** The same device, on a server that stops and starts again. */
  private void restart(Duration down) {
    book.flush(house.clock.instant());
    house.clock.advance(down);
    policies = new LivenessPolicies(store, house.hosts::host);
    book = newBook();
    updates = newUpdates();
    sweeper = newSweeper();
    sweeper.tick(house.clock.instant());
  }

  private void say(@Nullable Duration interval, String silent, String dead) {
    policies.sayOfZone(
        name("home.test."),
        new LivenessSettings(
            interval,
            null,
            Map.of(
                LivenessState.SILENT, LivenessAction.parse(silent),
                LivenessState.DEAD, LivenessAction.parse(dead))));
    book.policyChanged(null);
  }

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
  void byDefaultSilenceIsToldAndNothingIsTouched() {
    report(cam, "192.0.2.1");
    pass(Duration.ofDays(400));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(events).extracting(Event::action).containsExactly(LivenessAction.TELL);
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
