package net.homeport.agent.address;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.agent.fake.HandMonitor;
import net.homeport.agent.fake.MovableClock;
import net.homeport.agent.fake.WebPage;
import net.homeport.agent.http.BoundedGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MirrorSourceTest {
  private final MovableClock clock = new MovableClock();
  private final HandMonitor monitor = new HandMonitor();
  private WebPage ipv4;
  private WebPage ipv6;

  MirrorSourceTest() throws IOException {
    ipv4 = new WebPage();
    ipv6 = new WebPage();
  }

  @BeforeEach
  void answer() {
    ipv4.says("1.2.3.4\n");
    ipv6.says("Current IP Address: 2a00::7");
  }

  @AfterEach
  void close() {
    ipv4.close();
    ipv6.close();
  }

  @Test
  void joinsTheAnswersOfAllPages() throws Exception {
    assertThat(source(false, ipv4, ipv6).read()).isEqualTo(current("1.2.3.4", "2a00::7"));
  }

  @Test
  void asksAgainOnlyAfterTheInterval() throws Exception {
    MirrorSource source = source(false, ipv4);
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    ipv4.says("1.2.3.5");
    clock.move(Duration.ofSeconds(59));
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    clock.move(Duration.ofSeconds(1));
    assertThat(source.await(Duration.ofDays(1))).isEqualTo(AddressChange.Why.CHECKIP);
    assertThat(source.read()).isEqualTo(current("1.2.3.5"));
    assertThat(ipv4.requests()).hasSize(2);
  }

  @Test
  void asksAgainSoonAfterAHint() throws Exception {
    MirrorSource source = source(false, ipv4);
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    ipv4.says("1.2.3.5");
    monitor.hint();
    assertThat(source.await(Duration.ofDays(1))).isEqualTo(AddressChange.Why.CHECKIP);
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    clock.move(Duration.ofSeconds(5));
    assertThat(source.read()).isEqualTo(current("1.2.3.5"));
  }

  @Test
  void asksAgainWhenTheClockWasSetBack() throws Exception {
    MirrorSource source = source(false, ipv4);
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    clock.move(Duration.ofDays(-1));
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
    assertThat(ipv4.requests()).hasSize(2);
  }

  @Test
  void oneFamilyIsEnough() throws Exception {
    ipv6.says(500, Map.of(), "2a00::7");
    assertThat(source(false, ipv4, ipv6).read()).isEqualTo(current("1.2.3.4"));
  }

  @Test
  void aFailureSaysNothingOfTheAddress() {
    for (String garbled :
        List.of("", "<html>1.2.3.4</html>", "1.2.3.4.5", "127.0.0.1", "0.0.0.0")) {
      ipv4.says(garbled);
      assertThatThrownBy(() -> source(true, ipv4).read()).isInstanceOf(IOException.class);
    }
    ipv4.says(404, Map.of(), "1.2.3.4");
    assertThatThrownBy(() -> source(true, ipv4).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP 404");
  }

  @Test
  void repeatsAFailureUntilItIsTimeToAskAgain() throws Exception {
    MirrorSource source = source(false, ipv4);
    ipv4.says("");
    assertThatThrownBy(source::read).isInstanceOf(IOException.class);
    ipv4.says("1.2.3.4");
    assertThatThrownBy(source::read).isInstanceOf(IOException.class);
    assertThat(source.explain()).isEqualTo("127.0.0.1: answered something else than an address");
    clock.move(Duration.ofMinutes(1));
    assertThat(source.read()).isEqualTo(current("1.2.3.4"));
  }

  @Test
  void aPrivateAddressHasToBeAllowed() throws Exception {
    ipv4.says("100.64.0.9");
    assertThatThrownBy(() -> source(false, ipv4).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("100.64.0.9, which is SHARED");
    assertThat(source(true, ipv4).read()).isEqualTo(current("100.64.0.9"));
  }

  private MirrorSource source(boolean allowPrivate, WebPage... pages) {
    var http = new BoundedGet(BoundedGet::newClient);
    List<Mirror> mirrors =
        List.of(pages).stream().<Mirror>map(page -> new CheckIpPage(http, page.address())).toList();
    return source(mirrors, Set.of(AddressFamily.values()), allowPrivate);
  }

  private MirrorSource source(
      List<Mirror> mirrors, Set<AddressFamily> families, boolean allowPrivate) {
    return new MirrorSource(
        monitor,
        mirrors,
        new AddressSelection(Optional.empty(), families, allowPrivate),
        Duration.ofMinutes(1),
        clock);
  }

  /** Counts how often it is asked. */
  private static final class Counting implements Mirror {
    private final String answer;
    private final AtomicInteger asked = new AtomicInteger();

    Counting(String answer) {
      this.answer = answer;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Optional<AddressFamily> family() {
      return Optional.of(answer.contains(":") ? AddressFamily.IPV6 : AddressFamily.IPV4);
    }

    @Override
    public InetAddress ask() {
      asked.incrementAndGet();
      return InetAddress.ofLiteral(answer);
    }
  }

  @Test
  void theFirstMirrorOfAFamilyCountsAndOthersAreNotAsked() throws Exception {
    var first = new Counting("1.2.3.4");
    var second = new Counting("1.2.3.5");
    var other = new Counting("2a00::7");
    assertThat(source(List.of(first, second, other), Set.of(AddressFamily.values()), false).read())
        .isEqualTo(current("1.2.3.4", "2a00::7"));
    assertThat(second.asked).hasValue(0);
    MirrorSource ipv6 = source(List.of(first, other), Set.of(AddressFamily.IPV6), false);
    assertThat(ipv6.read()).isEqualTo(current("2a00::7"));
    assertThat(first.asked).hasValue(1);
  }
}
