package net.homeport.registry.restriction;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the addresses of one family may change: some at once, then one in each interval.
 *
 * @param burst changes at once; 0 for as many as one likes
 * @param interval until one more is allowed
 */
public record ChangeBudget(int burst, Duration interval) {
  /** As many as one likes. */
  public static final ChangeBudget UNLIMITED = new ChangeBudget(0, Duration.ZERO);

  /** What no device needs that works; those that loop are slowed down. */
  public static final ChangeBudget USUAL = new ChangeBudget(60, Duration.ofSeconds(20));

  /** Most changes at once. */
  public static final int BURST_MAX = 10_000;

  /** Longest interval, in seconds: a day. */
  public static final int SECONDS_MAX = 86_400;

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})/(\\d{1,5})s?");

  /**
   * The budget of this text: {@code 10/20s}, or {@code unlimited}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static ChangeBudget parse(String text) {
    if (text.equals("unlimited")) {
      return UNLIMITED;
    }
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int burst = Integer.parseInt(matcher.group(1));
      int seconds = Integer.parseInt(matcher.group(2));
      if (burst >= 1 && burst <= BURST_MAX && seconds >= 1 && seconds <= SECONDS_MAX) {
        return new ChangeBudget(burst, Duration.ofSeconds(seconds));
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not a change budget such as 10/20s (10 at once, then one each 20 seconds; at most %d and %d), or unlimited"
            .formatted(text, BURST_MAX, SECONDS_MAX));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return burst == 0 ? "unlimited" : burst + "/" + interval.toSeconds() + "s";
  }
}
