package net.homeport.agent.address;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckIpAnswerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        " 192.0.2.7\r\n",
        "Current IP Address: 192.0.2.7",
        "<html><head><title>Current IP Check</title></head><body>Current IP Address:"
            + " 192.0.2.7</body></html>\r\n",
      })
  void readsTheAddress(String body) {
    assertThat(CheckIpAnswer.parse(body)).contains(address("192.0.2.7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "192.0.2.7, 198.51.100.1",
        "192.0.2",
        "nginx/1.22.1.5",
        "<html><body>Please log in at 192.0.2.7</body></html>",
        "Current IP Address: ",
        "Current IP Address: 192.0.2.700",
        "Current IP Address: 192.0.2.7 or so",
      })
  void refusesWhatIsNoAddress(String body) {
    assertThat(CheckIpAnswer.parse(body)).isEmpty();
  }
}
