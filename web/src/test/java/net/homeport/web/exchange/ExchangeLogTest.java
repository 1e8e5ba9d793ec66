package net.homeport.web.exchange;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.testkit.FakeClock;
import net.homeport.web.MemoryHostStore;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;

/** Who has a place in the log, when there are more hosts than places. */
final class ExchangeLogTest {
  private final FakeClock clock = new FakeClock();
  private final HostRegistry registry =
      new HostRegistry(
          new MemoryHostStore(),
          () -> ZoneSnapshot.empty(7),
          new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7)),
          clock);
  private final ExchangeLog log = new ExchangeLog(registry, clock, 2);
  private final Host first = host("first.example.");
  private final Host second = host("second.example.");
  private final Host third = host("third.example.");

  private Host host(String name) {
    return new Host(name(name), name("example."), 1, 60, clock.instant());
  }

  private static ExchangeLog.Said said(String answer) {
    return new ExchangeLog.Said(
        new RequestOrigin(InetAddress.getLoopbackAddress(), "dyndns2", null, "inadyn"),
        "GET /",
        200,
        answer,
        List.of());
  }

  private static ExchangeLog.Said notAsked() {
    throw new AssertionError("it was asked for what it does not keep");
  }

  private void heartbeat(Host host, String answer) {
    log.recordOrdinary(List.of(host), () -> said(answer));
  }

  private List<String> answers(Host host) {
    return log.of(host).stream().map(Exchange::answer).toList();
  }

  @Test
  void anOrdinaryHeartbeatPushesNobodyOutWithinAMinute() {
    heartbeat(first, "one");
    heartbeat(second, "two");
    clock.advance(Duration.ofSeconds(59));
    log.recordOrdinary(List.of(third), ExchangeLogTest::notAsked);
    heartbeat(first, "one again");
    assertThat(answers(first)).containsExactly("one again", "one");
    assertThat(answers(second)).containsExactly("two");
  }

  @Test
  void afterAMinuteTheEldestGoes() {
    heartbeat(first, "one");
    clock.advance(Duration.ofSeconds(30));
    heartbeat(second, "two");
    clock.advance(Duration.ofSeconds(30));
    heartbeat(third, "three");
    assertThat(answers(second)).containsExactly("two");
    assertThat(answers(third)).containsExactly("three");
    assertThat(answers(first)).isEmpty();
  }

  @Test
  void whatIsNotOrdinaryGetsAPlaceAtOnce() {
    heartbeat(first, "one");
    heartbeat(second, "two");
    log.record(List.of(third), said("911"));
    assertThat(answers(third)).containsExactly("911");
  }

  @Test
  void whomSomebodyLooksForHasAPlaceFromThenOn() {
    heartbeat(first, "one");
    heartbeat(second, "two");
    assertThat(answers(third)).isEmpty();
    heartbeat(third, "three");
    assertThat(answers(third)).containsExactly("three");
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    heartbeat(first, "one");
    heartbeat(second, "two");
    clock.advance(Duration.ofHours(-1));
    Host added = host("added.example.");
    heartbeat(added, "after");
    assertThat(answers(added)).containsExactly("after");
  }
}
