package net.homeport.registry.zone;

import java.time.Instant;
import org.xbill.DNS.Serial;

/** How the serial of a zone goes on with a change. */
public enum SerialPolicy {
  /** The next number. */
  INCREMENT,
  /** The seconds since 1970; the next number where that is not greater. */
  UNIXTIME;

  private static final long MASK = 0xFFFF_FFFFL;
  private static final long HALF = 1L << 31;

  /**
   * The serial after this one; always greater than it (RFC 1982 3.2), though the clock go back.
   *
   * @param present 0 to 2^32 - 1
   */
  public long after(long present, Instant now) {
    return switch (this) {
      case INCREMENT -> Serial.increment(present);
      case UNIXTIME -> {
        long seconds = now.getEpochSecond() & MASK;
        long ahead = (seconds - present) & MASK;
        yield ahead > 0 && ahead < HALF ? seconds : Serial.increment(present);
      }
    };
  }
}
