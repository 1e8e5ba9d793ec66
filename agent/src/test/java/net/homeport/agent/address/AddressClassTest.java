package net.homeport.agent.address;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressClassTest {
  @ParameterizedTest
  @CsvSource({
    "0.1.2.3, UNSPECIFIED",
    "1.1.1.1, PUBLIC",
    "9.255.255.255, PUBLIC",
    "10.0.0.0, PRIVATE",
    "11.0.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.64.0.0, SHARED",
    "100.127.255.255, SHARED",
    "100.128.0.0, PUBLIC",
    "127.0.0.1, LOOPBACK",
    "169.254.1.1, LINK_LOCAL",
    "172.15.255.255, PUBLIC",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.0, PUBLIC",
    "192.0.0.1, RESERVED",
    "192.0.2.1, DOCUMENTATION",
    "192.88.99.1, RESERVED",
    "192.168.1.1, PRIVATE",
    "198.17.255.255, PUBLIC",
    "198.18.0.1, BENCHMARKING",
    "198.19.255.255, BENCHMARKING",
    "198.51.100.1, DOCUMENTATION",
    "203.0.113.1, DOCUMENTATION",
    "223.255.255.255, PUBLIC",
    "224.0.0.1, MULTICAST",
    "240.0.0.1, RESERVED",
    "255.255.255.255, RESERVED",
    "::, UNSPECIFIED",
    "::1, LOOPBACK",
    "64:ff9b::1, NAT64",
    "64:ff9b:1:2::1, NAT64",
    "2000::1, PUBLIC",
    "2001::1, TEREDO",
    "2001:2::1, BENCHMARKING",
    "2001:10::1, RESERVED",
    "2001:2f::1, RESERVED",
    "2001:30::1, PUBLIC",
    "2001:db7::1, PUBLIC",
    "2001:db8::1, DOCUMENTATION",
    "2002::1, SIX_TO_FOUR",
    "2a00::1, PUBLIC",
    "3ffe::1, PUBLIC",
    "3fff:fff::1, DOCUMENTATION",
    "3fff:1000::1, PUBLIC",
    "4000::1, RESERVED",
    "fc00::1, UNIQUE_LOCAL",
    "fdff::1, UNIQUE_LOCAL",
    "fe80::1, LINK_LOCAL",
    "fec0::1, RESERVED",
    "ff02::1, MULTICAST",
  })
  void knowsTheBlocks(String text, AddressClass expected) {
    assertThat(AddressClass.of(address(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, true, true",
    "PRIVATE, false, true",
    "SHARED, false, true",
    "UNIQUE_LOCAL, false, true",
    "DOCUMENTATION, false, true",
    "BENCHMARKING, false, true",
    "SIX_TO_FOUR, false, true",
    "LOOPBACK, false, false",
    "LINK_LOCAL, false, false",
    "UNSPECIFIED, false, false",
    "MULTICAST, false, false",
    "TEREDO, false, false",
    "NAT64, false, false",
    "RESERVED, false, false",
  })
  void knowsWhatMayBePublished(AddressClass kind, boolean usually, boolean allowed) {
    assertThat(kind.mayBePublished(false)).isEqualTo(usually);
    assertThat(kind.mayBePublished(true)).isEqualTo(allowed);
  }
}
