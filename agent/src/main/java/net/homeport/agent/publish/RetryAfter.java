package net.homeport.agent.publish;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The Retry-After field (RFC 9110 section 10.2.3). Pure and stateless. */
final class RetryAfter {
  /** A server may not silence us for longer, whether by error or by malice. */
  static final Duration LIMIT = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /** How long to wait from {@code now}: zero to {@link #LIMIT}; zero when unintelligible. */
  static Duration parse(String field, Instant now) {
    String text = field.strip();
    if (SECONDS.matcher(text).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(now, until.toInstant()));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LIMIT) > 0 ? LIMIT : wait;
  }
}
