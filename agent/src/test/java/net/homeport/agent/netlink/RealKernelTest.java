package net.homeport.agent.netlink;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Needs no privilege and changes nothing: every Linux has 127.0.0.1 on lo. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
final class RealKernelTest {
  @Test
  void dumpsTheLoopbackAddress() throws IOException {
    List<RouteMessage.Address> addresses = RouteQueries.addresses();
    RouteMessage.Address loopback =
        addresses.stream()
            .filter(one -> one.address().equals(address("127.0.0.1")))
            .findFirst()
            .orElseThrow();
    assertThat(loopback.present()).isTrue();
    assertThat(loopback.prefixLength()).isEqualTo(8);
    assertThat(RouteQueries.interfaceName(loopback.interfaceIndex())).contains("lo");
  }

  @Test
  void findsTheWayToTheLoopbackAddress() throws IOException {
    int lo = RouteQueries.interfaceTowards(address("127.0.0.1")).orElseThrow();
    assertThat(RouteQueries.interfaceName(lo)).contains("lo");
  }

  @Test
  void knowsNoNameOfAnInterfaceThatIsNot() throws IOException {
    assertThat(RouteQueries.interfaceName(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void endsAWaitWhenWoken() throws Exception {
    var socket = NetlinkSocket.open(NetlinkSocket.IPV4_ADDRESSES | NetlinkSocket.IPV6_ADDRESSES);
    var waiting =
        Thread.ofPlatform()
            .start(() -> {
              try (socket) {
                List<RouteMessage> messages = List.of(new RouteMessage.Done());
                while (!messages.isEmpty()) {
                  messages = socket.receive(Duration.ofDays(1));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    socket.wake();
    waiting.join();
    socket.wake();
    socket.close();
  }

  @Test
  void looksWithoutWaiting() throws IOException {
    try (var socket = NetlinkSocket.open(0)) {
      assertThat(socket.receive(Duration.ZERO)).isEmpty();
    }
  }
}
