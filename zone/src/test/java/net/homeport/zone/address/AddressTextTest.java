package net.homeport.zone.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0, ::",
    "1:0:0:0:0:0:0:0, 1::",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void canonicalText(String text, String canonical) {
    InetAddress address = Objects.requireNonNull(AddressText.parse(text));
    assertThat(AddressText.of(address)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4.5",
        "2001:db8::1%eth0",
        ":::",
        "a::b::c"
      })
  void whatIsNoAddress(String text) {
    assertThat(AddressText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "::/95, 192.0.2.1, false",
    "2001:db8::/128, 2001:db8::, true",
  })
  void networks(String network, String address, boolean contains) {
    assertThat(
            AddressBlock.parse(network)
                .contains(Objects.requireNonNull(AddressText.parse(address))))
        .isEqualTo(contains);
  }

  @Test
  void aNetworkThatIsNoneSaysSo() {
    assertThatThrownBy(() -> AddressBlock.parse("192.0.2.0/33")).hasMessageContaining("0..32");
    assertThatThrownBy(() -> AddressBlock.parse("proxy/8")).hasMessageContaining("'proxy/8'");
    assertThatThrownBy(() -> AddressBlock.parse("10.0.0.0/x")).hasMessageContaining("slash");
  }
}
