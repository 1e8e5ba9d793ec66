package net.homeport.app.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.app.config.ConfigurationException;

/** Times as a person types and reads them: in the time zone of this machine unless they say. */
final class TimeText {
  /** What may be typed, for descriptions of flags. */
  static final String FORMS = "'2026-11-20 14:03', 2026-11-20T14:03:00Z, 'yesterday 14:03', 2h ago";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6}) ?([smhdw])(?: ago)?");
  private static final Pattern DAY =
      Pattern.compile(
          "(today|yesterday|\\d{4}-\\d{2}-\\d{2})(?:[ t](\\d{1,2}:\\d{2}(?::\\d{2})?))?");

  private TimeText() {}

  /**
   * The time of this text, which the flag of this name has.
   *
   * @param now the present time, in the time zone that is meant
   */
  static Instant parse(String flag, String text, ZonedDateTime now) throws ConfigurationException {
    String typed = text.strip().toLowerCase(Locale.ROOT);
    try {
      Matcher ago = AGO.matcher(typed);
      if (ago.matches()) {
        return now.minus(Long.parseLong(ago.group(1)), unit(ago.group(2))).toInstant();
      }
      Matcher day = DAY.matcher(typed);
      if (day.matches()) {
        return day(day, now).toInstant();
      }
      if (typed.equals("now")) {
        return now.toInstant();
      }
      return OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "%s: '%s' is not a time such as %s".formatted(flag, text, FORMS));
    }
  }

  private static ChronoUnit unit(String letter) {
    return switch (letter) {
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> ChronoUnit.WEEKS;
    };
  }

  private static ZonedDateTime day(Matcher day, ZonedDateTime now) {
    LocalDate date =
        switch (day.group(1)) {
          case "today" -> now.toLocalDate();
          case "yesterday" -> now.toLocalDate().minusDays(1);
          default -> LocalDate.parse(day.group(1));
        };
    String time = day.group(2);
    LocalTime at =
        time == null
            ? LocalTime.MIDNIGHT
            : LocalTime.parse(time.length() % 3 == 1 ? "0" + time : time);
    return date.atTime(at).atZone(now.getZone());
  }

  /** A serial as it is, a time as RFC 3339 in UTC, or {@code now}: as the API takes it. */
  static String moment(String flag, String text, ZonedDateTime now) throws ConfigurationException {
    String typed = text.strip();
    boolean isSerial = typed.matches("\\d{1,10}");
    return isSerial || typed.equalsIgnoreCase("now")
        ? typed.toLowerCase(Locale.ROOT)
        : parse(flag, typed, now).toString();
  }

  /** A time of the API in the time zone of this machine, with its offset (RFC 3339). */
  static String local(String rfc3339, ZonedDateTime now) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.parse(rfc3339)
            .truncatedTo(ChronoUnit.SECONDS)
            .atZone(now.getZone())
            .toOffsetDateTime());
  }
}
