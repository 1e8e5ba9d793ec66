package net.homeport.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import net.homeport.registry.House;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.probe.ProbeResult.Answer;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.UpdateOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The probe connects where a host has published that it is, and nowhere else. */
final class ReachabilityProbeTest {
  private final House house = new House("home.test.");
  private final Host cam = house.host("cam.home.test.").host();
  private final List<InetSocketAddress> connected = new ArrayList<>();

  @AfterEach
  void close() {
    house.close();
  }

  private ReachabilityProbe probe(PortConnector connector) {
    return new ReachabilityProbe(house.writer::snapshot, connector, house.clock);
  }

  private static final Set<AddressClass> PUBLIC = Set.of(AddressClass.PUBLIC);

  private void publish(String... addresses) {
    for (String text : addresses) {
      InetAddress address = InetAddress.ofLiteral(text);
      int type = address.getAddress().length == 4 ? Type.A : Type.AAAA;
      house.updates.publish(
          List.of(new PlannedRrset(cam, type, List.of(address))), House.ADMINISTRATOR);
    }
  }

  @Test
  void itConnectsToWhatTheHostHasPublishedAndKeepsWhatCameOfIt() throws Exception {
    publish("9.9.9.9", "2606:4700::1");
    ReachabilityProbe probe =
        probe((to, _) -> {
          synchronized (connected) {
            connected.add(to);
          }
          if (to.getPort() == 22) {
            throw new ConnectException("refused");
          }
        });
    assertThat(probe.probe(cam, List.of(443, 22), PUBLIC))
        .extracting(result -> result.port() + " " + result.outcome())
        .containsExactly("443 open", "22 refused", "443 open", "22 refused");
    assertThat(connected)
        .containsExactlyInAnyOrder(
            new InetSocketAddress(InetAddress.ofLiteral("9.9.9.9"), 443),
            new InetSocketAddress(InetAddress.ofLiteral("9.9.9.9"), 22),
            new InetSocketAddress(InetAddress.ofLiteral("2606:4700::1"), 443),
            new InetSocketAddress(InetAddress.ofLiteral("2606:4700::1"), 22));
    assertThat(probe.results(cam)).hasSize(4);
    assertThat(probe.remarks(cam, List.of(InetAddress.ofLiteral("9.9.9.9"))))
        .containsExactly("port 22 at 9.9.9.9: refused, tried at " + house.clock.instant());
    house.hosts.remove(cam.name());
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(probe.results(house.host("cam.home.test.").host())).isEmpty();
  }

  /** Threat 13: no host makes us connect to ourselves, to our network, or to a metadata server. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "203.0.113.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "fec0::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2001:0:7f00:1::1",
        "::7f00:1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
        "::"
      })
  void threat13ItNeverConnectsToWhatIsNotPublic(String address) throws Exception {
    publish(address);
    ReachabilityProbe probe = probe((to, _) -> connected.add(to));
    assertThat(probe.probe(cam, List.of(80), PUBLIC))
        .extracting(ProbeResult::answer)
        .containsExactly(Answer.NOT_TRIED);
    assertThat(connected).isEmpty();
  }

  @Test
  void threat13ItSendsNothingAndLeaves() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      publish("127.0.0.1");
      ReachabilityProbe probe =
          probe((to, limit) -> {
            try (var socket = new Socket()) {
              socket.connect(to, (int) limit.toMillis());
            }
          });
      assertThat(probe.probe(cam, List.of(server.getLocalPort()), Set.of(AddressClass.LOOPBACK)))
          .extracting(ProbeResult::answer)
          .containsExactly(Answer.OPEN);
      server.setSoTimeout(20_000);
      try (Socket accepted = server.accept()) {
        accepted.setSoTimeout(20_000);
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aHostWithoutAddressesIsNotLookedFor() throws Exception {
    assertThat(probe((to, _) -> connected.add(to)).probe(cam, List.of(80), PUBLIC)).isEmpty();
    assertThat(connected).isEmpty();
  }

  @Test
  void portsAreBoundedAndBelongToThatHost() {
    Map<Name, List<Integer>> kept = new HashMap<>();
    var store =
        new PortStore() {
          @Override
          public void eachPorts(BiConsumer<Name, List<Integer>> taker) {
            kept.forEach(taker);
          }

          @Override
          public void putPorts(Name host, List<Integer> ports) {
            kept.put(host, ports);
          }
        };
    var ports = new DeclaredPorts(store, house.hosts::host);
    ports.declare(cam, List.of(443, 22, 443));
    assertThat(ports.of(cam)).containsExactly(22, 443);
    assertThat(new DeclaredPorts(store, house.hosts::host).of(cam)).containsExactly(22, 443);
    assertThatThrownBy(() -> ports.declare(cam, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
        .hasMessageContaining("at most 8 ports, not 9");
    for (int wrong : new int[] {0, -1, 65_536}) {
      assertThatThrownBy(() -> ports.declare(cam, List.of(wrong)))
          .hasMessageContaining("a port is 1 to 65535");
    }
    house.hosts.remove(cam.name());
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(ports.of(house.host("cam.home.test.").host())).isEmpty();
  }

  @Test
  void anAddressThatChangedIsProbedSoonAfter() throws Exception {
    var ports =
        new DeclaredPorts(
            new PortStore() {
              @Override
              public void eachPorts(BiConsumer<Name, List<Integer>> taker) {}

              @Override
              public void putPorts(Name host, List<Integer> declared) {}
            },
            house.hosts::host);
    ReachabilityProbe probe = probe((_, _) -> {});
    var after = new ProbeAfterChange(ports, probe);
    publish("9.9.9.9");
    after.observed(observation(new UpdateOutcome.Updated()));
    ports.declare(cam, List.of(443));
    after.observed(observation(new UpdateOutcome.Unchanged()));
    after.observed(observation(new UpdateOutcome.Updated()));
    after.next();
    assertThat(probe.results(cam)).extracting(ProbeResult::answer).containsExactly(Answer.OPEN);
  }

  private Observation observation(UpdateOutcome outcome) {
    return new Observation(
        Objects.requireNonNull(house.hosts.credentialOf(cam)),
        new RequestOrigin(InetAddress.ofLiteral("9.9.9.9"), "test"),
        cam,
        new HostWish("cam.home.test.", AddressWish.KEEP, AddressWish.KEEP),
        outcome,
        house.clock.instant());
  }
}
