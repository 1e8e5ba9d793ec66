package net.homeport.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.address.AddressText;
import org.junit.jupiter.api.Test;

final class TriesTest {
  private final FakeClock clock = new FakeClock();
  private final Tries tries = new Tries(clock);

  @Test
  void neverMoreThanTenInAnyMinute() {
    InetAddress client = address("192.0.2.1");
    assertThat(tries.begin(client)).isZero();
    clock.advance(Duration.ofSeconds(59));
    for (int i = 1; i < Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(client)).isZero();
    }
    assertThat(tries.begin(client)).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(tries.begin(client)).isZero();
    assertThat(tries.begin(client)).isEqualTo(Duration.ofSeconds(59));
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(AddressText.parse(text));
  }

  @Test
  void nobodyWaitsForAClockThatWasSetBack() {
    InetAddress client = address("192.0.2.1");
    for (int i = 0; i < Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(client)).isZero();
    }
    clock.advance(Duration.ofHours(-1));
    assertThat(tries.begin(client)).isZero();
    for (int i = 1; i < Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(client)).isZero();
    }
    assertThat(tries.begin(client)).isEqualTo(Tries.WINDOW);
  }

  @Test
  void aRightTokenClearsTheSlate() {
    InetAddress client = address("192.0.2.1");
    for (int i = 0; i < 3 * Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(client)).isZero();
      tries.succeeded(client);
    }
  }

  @Test
  void anIpv6NetworkIsOneClient() {
    for (int i = 0; i < Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(address("2001:db8::" + i))).isZero();
    }
    assertThat(tries.begin(address("2001:db8:0:0:ffff::1"))).isPositive();
    assertThat(tries.begin(address("2001:db8:0:1::1"))).isZero();
  }

  @Test
  void theFirstClientIsForgottenWhenThereAreTooMany() {
    InetAddress first = address("192.0.2.1");
    for (int i = 0; i < Tries.TRIES_MAX; i++) {
      assertThat(tries.begin(first)).isZero();
    }
    for (int i = 0; i < Tries.CLIENTS_MAX - 1; i++) {
      assertThat(tries.begin(address("10.0.%d.%d".formatted(i / 256, i % 256)))).isZero();
    }
    assertThat(tries.begin(first)).isPositive();
    assertThat(tries.begin(address("198.51.100.1"))).isZero();
    assertThat(tries.begin(first)).isZero();
  }
}
