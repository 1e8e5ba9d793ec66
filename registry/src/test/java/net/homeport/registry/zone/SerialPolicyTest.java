package net.homeport.registry.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;

/** A serial goes on, and never back, whatever the clock does. */
final class SerialPolicyTest {
  @ParameterizedTest
  @CsvSource({
    // present, clock, next
    "5, 1000, 1000",
    "999, 1000, 1000",
    "1000, 1000, 1001",
    "1001, 1000, 1002",
    "4294967295, 1000, 1000",
    "4294967295, 0, 0",
    // Beyond 2106 the clock has gone once around.
    "4294967290, 4294967300, 4",
    // Half of the circle ahead is neither greater nor less; a little more is behind.
    "0, 2147483647, 2147483647",
    "0, 2147483648, 1",
    "0, 2147483649, 1",
    // 0 is left out, as it is when a serial is incremented.
    "4294967295, 4294967295, 1",
  })
  void unixTimeIsTheClockUnlessThatGoesBack(long present, long clock, long next) {
    assertThat(SerialPolicy.UNIXTIME.after(present, Instant.ofEpochSecond(clock))).isEqualTo(next);
  }

  @Test
  void anyStepIsAStepForward() {
    var random = new SplittableRandom(1982);
    for (int i = 0; i < 200_000; i++) {
      long present = random.nextLong(1L << 32);
      Instant now = Instant.ofEpochSecond(random.nextLong(1L << 34));
      for (SerialPolicy policy : SerialPolicy.values()) {
        long next = policy.after(present, now);
        assertThat(next).isBetween(0L, (1L << 32) - 1);
        assertThat(Serial.compare(next, present)).isPositive();
      }
    }
  }

  @Test
  void aZoneHasItsOwnAndKeepsIt() {
    Map<Name, SerialPolicy> stored = new HashMap<>();
    var store =
        new SerialPolicyStore() {
          @Override
          public Map<Name, SerialPolicy> serialPolicies() {
            return stored;
          }

          @Override
          public void putSerialPolicy(Name zone, SerialPolicy policy) {
            stored.put(zone, policy);
          }
        };
    var clock = new FakeClock();
    var policies = new SerialPolicies(store, clock);
    policies.set(name("Time.test."), SerialPolicy.UNIXTIME);
    long now = clock.instant().getEpochSecond();
    assertThat(policies.after(name("time.test."), 7)).isEqualTo(now);
    assertThat(policies.after(name("other.test."), 7)).isEqualTo(8);
    clock.advance(Duration.ofDays(-1));
    assertThat(policies.after(name("time.test."), now)).isEqualTo(now + 1);
    assertThat(new SerialPolicies(store, clock).of(name("time.test.")))
        .isEqualTo(SerialPolicy.UNIXTIME);
    policies.set(name("time.test."), SerialPolicy.INCREMENT);
    assertThat(policies.after(name("time.test."), 7)).isEqualTo(8);
  }
}
