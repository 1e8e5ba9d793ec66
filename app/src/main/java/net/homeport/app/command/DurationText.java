package net.homeport.app.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.app.config.ConfigurationException;

/** Spans of time as people write them: {@code 7d}, {@code 12h}, {@code 30m}, {@code 0s}. */
final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([dhms])");

  private DurationText() {}

  /** The span of this text, which the flag of this name has. */
  static Duration parse(String flag, String text) throws ConfigurationException {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new ConfigurationException(
          "%s: '%s' is not a span of time such as 7d, 12h, 30m or 0s".formatted(flag, text));
    }
    long count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofSeconds(count);
    };
  }
}
