package net.homeport.zone.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks: what they say of themselves, and a host moved into one. */
final class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 198.51.100.7, 192.0.2.7",
    "192.0.2.1, 198.51.100.7, 192.0.2.1",
    "0.0.0.0/0, 198.51.100.7, 198.51.100.7",
    "10.0.0.0/9, 198.255.100.7, 10.127.100.7",
    "2001:db8:1:2::/64, 2001:db8:9:9:a:b:c:d, 2001:db8:1:2:a:b:c:d",
    "2001:db8:1::/56, 2001:db8:9:9:a:b:c:d, 2001:db8:1:9:a:b:c:d",
    "2001:db8:1:2:3::/72, 2001:db8:9:9:faff:b:c:d, 2001:db8:1:2:ff:b:c:d",
    "2001:db8::1/128, ::5, 2001:db8::1",
    "::/0, 2001:db8::5, 2001:db8::5",
  })
  void aHostKeepsItsBitsInAnotherNetwork(String block, String host, String moved) {
    assertThat(AddressBlock.parse(block).withHostBitsOf(InetAddress.ofLiteral(host)))
        .isEqualTo(InetAddress.ofLiteral(moved));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77/24, 192.0.2.0/24, true",
    "192.0.2.77, 192.0.2.77/32, true",
    "0.0.0.0/0, 0.0.0.0/0, true",
    "2001:db8:1:2::5/64, 2001:db8:1:2::/64, false",
    "::/0, ::/0, false",
    "::1, ::1/128, false",
  })
  void theTextSaysTheNetwork(String text, String written, boolean ipv4) {
    AddressBlock block = AddressBlock.parse(text);
    assertThat(block).hasToString(written);
    assertThat(block.isIpv4()).isEqualTo(ipv4);
    assertThat(AddressBlock.parse(written).toString()).isEqualTo(written);
  }

  @Test
  void aHostOfTheOtherFamilyCannotBeMoved() {
    AddressBlock ipv4 = AddressBlock.parse("192.0.2.0/24");
    assertThatThrownBy(() -> ipv4.withHostBitsOf(InetAddress.ofLiteral("2001:db8::1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2001:db8::1 is not of the family of 192.0.2.0/24");
    AddressBlock ipv6 = AddressBlock.parse("2001:db8::/32");
    assertThatThrownBy(() -> ipv6.withHostBitsOf(InetAddress.ofLiteral("192.0.2.1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
