package net.homeport.nameserver.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0:53",
    "192.0.2.1, 192.0.2.1:53",
    "::, [::]:53",
    "::1, [::1]:53",
    "2001:db8::7, [2001:db8::7]:53",
    "2001:db8:1:2:3:4:5:6, [2001:db8:1:2:3:4:5:6]:53"
  })
  void writesAddressAndPortAsPeopleDo(String address, String text) {
    assertThat(Endpoint.text(new InetSocketAddress(InetAddress.ofLiteral(address), 53)))
        .isEqualTo(text);
    assertThat(
            new Endpoint(Transport.UDP, new InetSocketAddress(InetAddress.ofLiteral(address), 53)))
        .hasToString("UDP " + text);
  }

  @Test
  void knowsItsFamily() {
    assertThat(
            new Endpoint(Transport.TCP, new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 1))
                .family())
        .isEqualTo(StandardProtocolFamily.INET);
    assertThat(
            new Endpoint(Transport.TCP, new InetSocketAddress(InetAddress.ofLiteral("::"), 1))
                .family())
        .isEqualTo(StandardProtocolFamily.INET6);
  }

  @Test
  void refusesANameInPlaceOfAnAddress() {
    InetSocketAddress name = InetSocketAddress.createUnresolved("ns.example", 53);

    assertThatThrownBy(() -> new Endpoint(Transport.UDP, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns.example");
  }
}
