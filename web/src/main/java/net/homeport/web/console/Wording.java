package net.homeport.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and times in words. The script of the page says ages in the same words. */
public final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration NOW = Duration.ofSeconds(5);

  private Wording() {}

  /**
   * How long ago it was, such as "3 minutes ago"; what lies ahead by a skewed clock is "just now".
   */
  public static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.compareTo(NOW) < 0) {
      return "just now";
    }
    if (age.toSeconds() < 60) {
      return ago(age.toSeconds(), "second");
    }
    if (age.toMinutes() < 60) {
      return ago(age.toMinutes(), "minute");
    }
    return age.toHours() < 48 ? ago(age.toHours(), "hour") : ago(age.toDays(), "day");
  }

  private static String ago(long number, String unit) {
    return count(number, unit) + " ago";
  }

  /** How long until it is, such as "in 3 minutes"; how long ago if it was. */
  public static String when(Instant then, Instant now) {
    Duration left = Duration.between(now, then);
    return left.isPositive() ? "in " + duration(roundedUp(left)) : age(then, now);
  }

  /** What is far away is not told to the second. */
  private static Duration roundedUp(Duration left) {
    long unit = left.toHours() >= 48 ? 86_400 : left.toSeconds() >= 60 ? 60 : 1;
    return Duration.ofSeconds(Math.ceilDiv(left.plusMillis(999).toSeconds(), unit) * unit);
  }

  /** A span of time in its two largest units, such as "25 days" or "1 hour 30 minutes". */
  public static String duration(Duration span) {
    long[] parts = {span.toDays(), span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart()};
    List<String> units = List.of("day", "hour", "minute", "second");
    var words = new ArrayList<String>(2);
    for (int i = 0; i < parts.length && words.size() < 2; i++) {
      if (parts[i] != 0) {
        words.add(count(parts[i], units.get(i)));
      }
    }
    return words.isEmpty() ? "0 seconds" : String.join(" ", words);
  }

  /** A number of things, such as "1 zone" or "1,234 hosts". */
  public static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A number with its thousands apart. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The instant to the second, in UTC. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
