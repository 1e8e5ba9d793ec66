package net.homeport.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "0.0.0.0, 0.0.0.0",
    "2001:DB8:0:0:0:0:0:7, 2001:db8::7",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::, ::",
    "::1, ::1",
    "fe80::, fe80::",
    "::ffff:192.0.2.7, 192.0.2.7",
  })
  void readsAndWritesCanonically(String text, String canonical) {
    assertThat(AddressText.parse(text).map(AddressText::format)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.1",
        "2130706433",
        "010.0.0.1",
        "192.0.2.256",
        "192.0.2.7 ",
        "192.0.2.7.",
        "192.0.2.7/24",
        "localhost",
        "fe80::1%lo",
        "[2001:db8::7]",
        "2001:db8::7::1",
        "1:2:3:4:5:6:7:8:9",
        "::g",
        ":",
      })
  void refusesEverythingElse(String text) {
    assertThat(AddressText.parse(text)).isEmpty();
  }
}
