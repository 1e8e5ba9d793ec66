package net.homeport.nameserver.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of RFC 9018 appendix A, and when a cookie is accepted. */
final class ServerCookiesTest {
  private static final long NOW = 1559731985L;
  private static final long CLIENT = 0x2464c4abcf10c957L;
  private static final long LOW = 0xFFFF_C633_6464L; // ::ffff:198.51.100.100
  private static final CookieSecret SECRET = CookieSecret.parse("e5e973e5a6b2a43f48e7dc849e37bfcf");
  private static final CookieSecret OTHER = CookieSecret.parse("445536bcd2513298075a5d379663c962");

  private final ServerCookies cookies = new ServerCookies(List.of(SECRET));

  @ParameterizedTest
  @CsvSource({
    // A.1: learning a new server cookie; A.2: the same client 40 minutes later
    "e5e973e5a6b2a43f48e7dc849e37bfcf, 2464c4abcf10c957, 1559731985, 0, ffffc6336464, 1f8130c3eee29480",
    "e5e973e5a6b2a43f48e7dc849e37bfcf, 2464c4abcf10c957, 1559734385, 0, ffffc6336464, d4a564a1442aca77",
    // A.3: another client
    "e5e973e5a6b2a43f48e7dc849e37bfcf, fc93fc62807ddb86, 1559734700, 0, ffffcb0071cb, f73a7810aca2381e",
    // A.4: over IPv6, before and after the rollover
    "dd3bdf9344b678b185a6f5cb60fca715, 22681ab97d52c298, 1559741817, 20010db802200001, 59ded0f4876982b8, 26556bd0934c72f8",
    "445536bcd2513298075a5d379663c962, 22681ab97d52c298, 1559741961, 20010db802200001, 59ded0f4876982b8, a6bb79d16625507a",
  })
  void rfc9018AppendixA(
      String secret, String client, long seconds, String high, String low, String hash) {
    var each = new ServerCookies(List.of(CookieSecret.parse(secret)));
    long made =
        each.hash(
            HexFormat.fromHexDigitsToLong(client),
            ServerCookies.head(seconds),
            HexFormat.fromHexDigitsToLong(high),
            HexFormat.fromHexDigitsToLong(low));
    assertThat(HexFormat.of().toHexDigits(made)).isEqualTo(hash);
  }

  @Test
  void reservedOctetsOfAnotherServerAreHashedAsReceived() {
    // A.3
    long head = 0x01abcdef5cf78f71L;
    long hash = 0xa314227b6679ebf5L;
    assertThat(cookies.isValid(0xfc93fc62807ddb86L, head, hash, 0, 0xffffcb0071cbL, 1559727985L))
        .isTrue();
    assertThat(cookies.isValid(0xfc93fc62807ddb86L, head ^ 1L << 40, hash, 0, 0xffffcb0071cbL, NOW))
        .isFalse();
  }

  @Test
  void acceptsItsOwnForAnHour() {
    long head = ServerCookies.head(NOW);
    long hash = cookies.hash(CLIENT, head, 0, LOW);
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, NOW)).isTrue();
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, NOW + 3600)).isTrue();
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, NOW + 3601)).isFalse();
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, NOW - 300)).isTrue();
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, NOW - 301)).isFalse();
  }

  @Test
  void refusesAnyOtherBit() {
    long head = ServerCookies.head(NOW);
    long hash = cookies.hash(CLIENT, head, 0, LOW);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long flip = 1L << bit;
      assertThat(cookies.isValid(CLIENT ^ flip, head, hash, 0, LOW, NOW)).isFalse();
      assertThat(cookies.isValid(CLIENT, head ^ flip, hash, 0, LOW, NOW)).isFalse();
      assertThat(cookies.isValid(CLIENT, head, hash ^ flip, 0, LOW, NOW)).isFalse();
      assertThat(cookies.isValid(CLIENT, head, hash, flip, LOW, NOW)).isFalse();
      assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW ^ flip, NOW)).isFalse();
    }
  }

  @Test
  void timeWrapsAroundInTheYear2106() {
    long late = 0x1_0000_0005L;
    long head = ServerCookies.head(late - 10);
    long hash = cookies.hash(CLIENT, head, 0, LOW);
    assertThat(cookies.isValid(CLIENT, head, hash, 0, LOW, late)).isTrue();
  }

  @Test
  void aRolloverAcceptsBothAndMakesWithTheFirst() {
    long head = ServerCookies.head(NOW);
    long old = cookies.hash(CLIENT, head, 0, LOW);
    cookies.use(List.of(OTHER, SECRET));
    assertThat(cookies.hash(CLIENT, head, 0, LOW)).isNotEqualTo(old);
    assertThat(cookies.isValid(CLIENT, head, old, 0, LOW, NOW)).isTrue();
    cookies.use(List.of(OTHER));
    assertThat(cookies.isValid(CLIENT, head, old, 0, LOW, NOW)).isFalse();
  }

  @Test
  void secretsOfDaysOverlap() {
    var secrets = new CookieSecrets(new byte[] {1, 2, 3});
    Instant today = Instant.parse("2026-11-21T23:59:59Z");
    List<CookieSecret> now = secrets.at(today);
    List<CookieSecret> next = secrets.at(today.plusSeconds(1));
    assertThat(next.getFirst()).isNotEqualTo(now.getFirst()).isIn(now);
    assertThat(now.getFirst()).isIn(next);
    assertThat(new CookieSecrets(new byte[] {1, 2, 4}).at(today)).doesNotContainAnyElementsOf(now);
  }

  @ParameterizedTest
  @CsvSource({"''", "00", "e5e973e5a6b2a43f48e7dc849e37bfcg", "e5e973e5a6b2a43f48e7dc849e37bfcf00"})
  void aSecretIs32HexadecimalDigits(String text) {
    assertThatThrownBy(() -> CookieSecret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cookie secret is 32 hexadecimal digits");
    assertThat(SECRET.toString()).doesNotContain("e5e9");
  }
}
