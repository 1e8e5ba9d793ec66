package net.homeport.registry.site;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several connections of a site.
 *
 * @param name what its reports call it: {@code uplink=NAME}
 * @param weight its share of the hosts, with {@link UplinkPolicy.Kind#WEIGHTED}; 1 to 1,000
 * @param interval it is down when nothing was heard of it for this long
 * @param username the credential whose reports are about this uplink, whatever else they say; null
 *     if reports name it
 */
public record Uplink(String name, int weight, Duration interval, @Nullable String username) {
  /** Unless told otherwise: two reports of a device that reports each five minutes may be lost. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(15);

  private static final int WEIGHT_MAX = 1_000;
  private static final Duration INTERVAL_MAX = Duration.ofDays(60);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  public Uplink {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the name of an uplink: 1 to 32 of A-Z, a-z, 0-9, '.', '-' and '_', such as wan2"
              .formatted(name));
    }
    if (weight < 1 || weight > WEIGHT_MAX) {
      throw new IllegalArgumentException(
          "the weight %d is not within 1..%d".formatted(weight, WEIGHT_MAX));
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
      throw new IllegalArgumentException(
          "the interval of an uplink is from 1 second to %d days".formatted(INTERVAL_MAX.toDays()));
    }
  }
}
