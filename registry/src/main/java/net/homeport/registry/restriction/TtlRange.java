package net.homeport.registry.restriction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.zone.Rrset;

/**
 * Which TTLs the addresses of hosts may have, both ends included, in seconds.
 *
 * @param least from 0
 * @param most from {@code least} to {@link Rrset#TTL_MAX}
 */
public record TtlRange(long least, long most) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})-(\\d{1,10})");

  /**
   * The range of this text: {@code 30-3600}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static TtlRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      var range = new TtlRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      if (range.least <= range.most && range.most <= Rrset.TTL_MAX) {
        return range;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not a range of TTLs such as 30-3600, in seconds from 0 to %d"
            .formatted(text, Rrset.TTL_MAX));
  }

  /** Whether the TTL lies in it. */
  public boolean contains(long ttl) {
    return ttl >= least && ttl <= most;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return least + "-" + most;
  }
}
