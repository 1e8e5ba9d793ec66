package net.homeport.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
