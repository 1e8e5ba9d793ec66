package net.homeport.agent.publish;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.dns.NameServer;
import net.homeport.agent.dns.NameServerFinder;
import net.homeport.agent.fake.ZoneResponder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.SimpleResolver;

@Timeout(60)
final class ConfirmationTest {
  private static final List<String> HOST = List.of("home.example.org");
  private static final CurrentAddresses BOTH = current("192.0.2.7", "2001:db8::7");
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final ZoneResponder primary = new ZoneResponder("example.org");
  private final ZoneResponder secondary = new ZoneResponder("example.org");

  ConfirmationTest() throws IOException {}

  @AfterEach
  void close() {
    primary.close();
    secondary.close();
  }

  @Test
  void asksEveryServerForEveryFamily() throws Exception {
    primary.point("home.example.org", BOTH.list());
    secondary.point("home.example.org", BOTH.list());
    assertThat(given(LONG).await(HOST, BOTH))
        .isInstanceOfSatisfying(
            ConfirmationResult.Confirmed.class,
            confirmed ->
                assertThat(confirmed.servers())
                    .containsExactly(name(primary.address()), name(secondary.address())));
  }

  @Test
  void waitsForTheOneThatIsLate() throws Exception {
    primary.point("home.example.org", BOTH.list());
    secondary.point("home.example.org", current("192.0.2.1").list());
    var late =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(SHORT);
              } catch (InterruptedException e) {
                return;
              }
              secondary.point("home.example.org", BOTH.list());
            });
    assertThat(given(LONG).await(HOST, BOTH)).isInstanceOf(ConfirmationResult.Confirmed.class);
    late.join();
  }

  @Test
  void saysWhoIsBehindAndWhatItSaid() throws Exception {
    primary.point("home.example.org", BOTH.list());
    secondary.point("home.example.org", current("192.0.2.7", "2001:db8::1").list());
    assertThat(given(SHORT).await(HOST, BOTH))
        .isInstanceOfSatisfying(
            ConfirmationResult.Unconfirmed.class,
            unconfirmed ->
                assertThat(unconfirmed.behind())
                    .containsOnlyKeys(name(secondary.address()))
                    .containsValue("home.example.org AAAA: 2001:db8::1"));
  }

  @Test
  void saysWhenAServerHasNothing() throws Exception {
    primary.point("home.example.org", BOTH.list());
    assertThat(given(SHORT).await(HOST, BOTH))
        .isInstanceOfSatisfying(
            ConfirmationResult.Unconfirmed.class,
            unconfirmed ->
                assertThat(unconfirmed.behind())
                    .containsValue("home.example.org A: NOERROR without address"));
  }

  @Test
  void findsTheServersThroughDns() throws Exception {
    primary.nameServer("ns1.example.org");
    primary.point("ns1.example.org", current("127.0.0.1").list());
    primary.point("home.example.org", BOTH.list());
    assertThat(finding(LONG).await(HOST, BOTH))
        .isInstanceOfSatisfying(
            ConfirmationResult.Confirmed.class,
            confirmed -> assertThat(confirmed.servers()).containsExactly("ns1.example.org"));
  }

  @Test
  void saysWhenThereIsNobodyToAsk() throws Exception {
    assertThat(finding(LONG).await(HOST, BOTH))
        .isEqualTo(new ConfirmationResult.Unknown("no name server found for example.org"));
    assertThat(finding(LONG).await(List.of("home.example.net"), BOTH))
        .isEqualTo(new ConfirmationResult.Unknown("no zone found for home.example.net"));
  }

  @Test
  void endsWhenInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> given(LONG).await(HOST, BOTH))
        .isInstanceOf(InterruptedException.class);
  }

  private Confirmation given(Duration limit) {
    return new Confirmation(
        List.of(primary.address(), secondary.address()), InstantSource.system(), limit, null);
  }

  private Confirmation finding(Duration limit) {
    var finder =
        new NameServerFinder(new SimpleResolver(primary.address()), primary.address().getPort());
    return new Confirmation(List.of(), InstantSource.system(), limit, finder);
  }

  private static String name(InetSocketAddress address) {
    return NameServer.at(address).name();
  }
}
