package net.homeport.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "30, 30",
    "' 30 ', 30",
    "999999999, 3600",
    "99999999999999999999, 0",
    "-5, 0",
    "soon, 0",
    "'Fri, 20 Nov 2026 10:00:30 GMT', 30",
    "'Fri, 20 Nov 2026 09:00:00 GMT', 0",
    "'Fri, 20 Nov 2037 09:00:00 GMT', 3600",
  })
  void bounded(String field, long seconds) {
    assertThat(RetryAfter.parse(field, Instant.parse("2026-11-20T10:00:00Z")))
        .isEqualTo(Duration.ofSeconds(seconds));
  }
}
