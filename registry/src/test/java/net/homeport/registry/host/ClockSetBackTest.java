package net.homeport.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;

/** A server whose clock was wrong and is set right: nobody waits for it, nothing is taken twice. */
final class ClockSetBackTest {
  private static final String DEVICE = "198.51.100.7";

  @Test
  void whoGuessedWaitsNoLongerThanTheLongestWait() {
    var clock = new FakeClock();
    var attempts = new FailedAttempts(clock);
    InetAddress source = InetAddress.ofLiteral(DEVICE);
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    for (int i = 0; i < 2 * FailedAttempts.SOURCE_FREE; i++) {
      attempts.failed(source, 0, hasher.hash("guess" + i));
    }
    assertThat(attempts.wait(source, 0)).isEqualTo(FailedAttempts.WAIT_MAX);
    clock.advance(Duration.ofHours(-1));
    assertThat(attempts.wait(source, 0)).isNull();
    // The next wrong one counts as ever.
    SecretHash wrong = hasher.hash("one more guess");
    attempts.failed(source, 0, wrong);
    assertThat(attempts.wait(source, 0)).isEqualTo(FailedAttempts.WAIT_MAX);
  }

  private static Presented.Signed signed(String username, String secret, Instant at, int number)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hmac = mac.doFinal("GET".getBytes(StandardCharsets.UTF_8));
    return new Presented.Signed(
        username,
        Long.toString(at.getEpochSecond()),
        "nonce-%06d".formatted(number),
        "GET",
        HexFormat.of().formatHex(hmac));
  }

  /** Threat: a request that was recorded is fresh again, and who sent it was forgotten since. */
  @Test
  void aSignedRequestThatWasForgottenDoesNotWorkAgain() throws Exception {
    try (var house = new CredentialHouse("home.test.")) {
      FakeClock clock = house.house.clock;
      String cam = signing(house, "cam.home.test");
      String nas = signing(house, "nas.home.test");
      Presented.Signed heard = signed("cam.home.test", cam, clock.instant(), 0);
      assertThat(sent(house, heard)).isInstanceOf(Authentication.Proven.class);
      Duration passed = RequestSignatures.WINDOW.multipliedBy(2).plusSeconds(1);
      clock.advance(passed);
      // So many that the server looks for what it can forget.
      for (int i = 1; i <= 1024; i++) {
        clock.advance(Duration.ofSeconds(1));
        passed = passed.plusSeconds(1);
        assertThat(sent(house, signed("nas.home.test", nas, clock.instant(), i)))
            .isInstanceOf(Authentication.Proven.class);
      }
      clock.advance(passed.negated());
      assertThat(sent(house, heard))
          .isInstanceOfSatisfying(
              Authentication.Postponed.class,
              postponed ->
                  assertThat(postponed.retryAfter())
                      .isPositive()
                      .isLessThanOrEqualTo(RequestSignatures.WINDOW));
      // What is newer than all that was forgotten is taken.
      clock.advance(Duration.ofSeconds(1024 + 1));
      assertThat(sent(house, signed("cam.home.test", cam, clock.instant(), 2000)))
          .isInstanceOf(Authentication.Proven.class);
    }
  }

  private static String signing(CredentialHouse house, String host) {
    house.host(host + ".");
    var done = (CredentialChange.Done) house.credentials.sign(host, true);
    return Objects.requireNonNull(done.signingSecret());
  }

  private static Authentication sent(CredentialHouse house, Presented.Signed signed) {
    return house.authenticator.authenticate(signed, CredentialHouse.from(DEVICE));
  }
}
