package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "-30, just now",
    "4, just now",
    "5, 5 seconds ago",
    "59, 59 seconds ago",
    "60, 1 minute ago",
    "3599, 59 minutes ago",
    "3600, 1 hour ago",
    "172799, 47 hours ago",
    "172800, 2 days ago",
    "34560000, 400 days ago"
  })
  void saysHowLongAgo(long seconds, String words) {
    Instant then = Instant.parse("2026-11-20T08:00:00Z");
    assertThat(Wording.age(then, then.plusSeconds(seconds))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "-90, 1 minute ago",
    "0, just now",
    "1, in 1 second",
    "59, in 59 seconds",
    "61, in 2 minutes",
    "6120, in 1 hour 42 minutes",
    "172799, in 2 days",
    "172801, in 3 days",
    "2160000, in 25 days"
  })
  void saysHowLongUntil(long seconds, String words) {
    Instant now = Instant.parse("2026-11-20T08:00:00Z");
    assertThat(Wording.when(now.plusSeconds(seconds), now)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 seconds",
    "90, 1 minute 30 seconds",
    "3600, 1 hour",
    "3601, 1 hour 1 second",
    "90061, 1 day 1 hour",
    "2160000, 25 days"
  })
  void saysHowLong(long seconds, String words) {
    assertThat(Wording.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @Test
  void countsThings() {
    assertThat(Wording.count(0, "host")).isEqualTo("0 hosts");
    assertThat(Wording.count(1, "zone")).isEqualTo("1 zone");
    assertThat(Wording.count(12_345, "host")).isEqualTo("12,345 hosts");
  }
}
