package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void countsThings() {
    assertThat(Wording.count(0, "host")).isEqualTo("0 hosts");
    assertThat(Wording.count(1, "zone")).isEqualTo("1 zone");
    assertThat(Wording.count(12_345, "host")).isEqualTo("12,345 hosts");
  }
}
