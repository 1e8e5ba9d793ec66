package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.homeport.nameserver.query.ResponseRateLimit.Decision;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many answers go out, to whom. */
final class ResponseRateLimitTest {
  private static final long ASKER = 0xFFFF_C000_0207L; // ::ffff:192.0.2.7
  private static final long NAME = 42;

  private final ResponseRateLimit limit = new ResponseRateLimit(10, 2, List.of(), 7);

  private Map<Decision, Integer> count(long high, long low, long subject, long second, int times) {
    var counts = new EnumMap<Decision, Integer>(Decision.class);
    IntStream.range(0, times)
        .forEach(_ -> counts.merge(limit.count(high, low, subject, second), 1, Integer::sum));
    return counts;
  }

  @Test
  void overTheLimitEverySecondIsShortAndTheRestIsDropped() {
    assertThat(count(0, ASKER, NAME, 100, 30))
        .isEqualTo(Map.of(Decision.SEND, 10, Decision.SEND_SHORT, 10, Decision.DROP, 10));
    assertThat(count(0, ASKER, NAME, 101, 10)).isEqualTo(Map.of(Decision.SEND, 10));
  }

  @Test
  void aNetworkIsLimitedAsOne() {
    count(0, ASKER, NAME, 100, 30);
    assertThat(count(0, ASKER ^ 0x55, NAME, 100, 30)).doesNotContainKey(Decision.SEND);
    assertThat(count(0, ASKER ^ 0x100, NAME, 100, 10)).isEqualTo(Map.of(Decision.SEND, 10));
    long high = 0x2001_0db8_0000_0000L;
    count(high, 1, NAME, 100, 30);
    assertThat(count(high | 0xFF, 99, NAME, 100, 30)).doesNotContainKey(Decision.SEND);
    assertThat(count(high | 0x100, 1, NAME, 100, 10)).isEqualTo(Map.of(Decision.SEND, 10));
  }

  @Test
  void anotherNameHasALimitOfItsOwn() {
    count(0, ASKER, NAME, 100, 30);
    assertThat(count(0, ASKER, NAME + 1, 100, 10)).isEqualTo(Map.of(Decision.SEND, 10));
  }

  @Test
  void withoutSlipAllIsDropped() {
    var strict = new ResponseRateLimit(1, 0, List.of(), 7);
    assertThat(strict.count(0, ASKER, NAME, 1)).isEqualTo(Decision.SEND);
    assertThat(strict.count(0, ASKER, NAME, 1)).isEqualTo(Decision.DROP);
    assertThat(strict.count(0, ASKER, NAME, 1)).isEqualTo(Decision.DROP);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       false",
    "127.255.255.255, false",
    "128.0.0.1,       true",
    "126.255.255.255, true",
    "::1,             false",
    "::2,             true",
    "192.0.2.255,     false",
    "192.0.3.0,       true",
    "2001:db8::99,    false",
    "2001:db9::,      true",
  })
  void thisMachineAndExemptNetworksAreNotLimited(String address, boolean limited) {
    var some =
        new ResponseRateLimit(
            1,
            1,
            List.of(
                AddressBlock.of(InetAddress.ofLiteral("192.0.2.0"), 24),
                AddressBlock.of(InetAddress.ofLiteral("2001:db8::"), 32)),
            7);
    AddressBlock one =
        AddressBlock.of(InetAddress.ofLiteral(address), address.contains(":") ? 128 : 32);
    assertThat(some.applies(one.high(), one.low())).isEqualTo(limited);
    assertThat(ResponseRateLimit.off().applies(one.high(), one.low())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0, 203.0.113.9, true",
    "::, 0, 2001:db8::1, true",
    "0.0.0.0, 0, ::1, false"
  })
  void blocksOfAnyLength(String block, int prefix, String address, boolean inside) {
    AddressBlock one =
        AddressBlock.of(InetAddress.ofLiteral(address), address.contains(":") ? 128 : 32);
    assertThat(
            AddressBlock.of(InetAddress.ofLiteral(block), prefix).contains(one.high(), one.low()))
        .isEqualTo(inside);
  }
}
