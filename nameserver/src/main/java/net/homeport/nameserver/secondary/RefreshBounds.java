package net.homeport.nameserver.secondary;

import java.time.Duration;
import org.xbill.DNS.SOARecord;

/**
 * What a primary may say in its SOA (RFC 1035 section 3.3.13) of when it is asked, within what is
 * good for both sides.
 */
public record RefreshBounds(
    Duration refreshMin,
    Duration refreshMax,
    Duration retryMin,
    Duration retryMax,
    Duration expireMax) {
  /** For servers: from some seconds, as zones of moving addresses have them, to some weeks. */
  public static final RefreshBounds DEFAULTS =
      new RefreshBounds(
          Duration.ofSeconds(5),
          Duration.ofDays(28),
          Duration.ofSeconds(2),
          Duration.ofDays(14),
          Duration.ofDays(366));

  /** From one check that went well to the next. */
  Duration refresh(SOARecord soa) {
    return within(refreshMin, Duration.ofSeconds(soa.getRefresh()), refreshMax);
  }

  /** From one that did not to the next. */
  Duration retry(SOARecord soa) {
    return within(retryMin, Duration.ofSeconds(soa.getRetry()), retryMax);
  }

  /**
   * For how long a zone is answered without a check that went well; long enough for one after the
   * next refresh to fail (RFC 1912 2.2).
   */
  Duration expire(SOARecord soa) {
    return within(refresh(soa).plus(retry(soa)), Duration.ofSeconds(soa.getExpire()), expireMax);
  }

  private static Duration within(Duration min, Duration value, Duration max) {
    if (value.compareTo(min) < 0) {
      return min;
    }
    return value.compareTo(max) > 0 ? max : value;
  }
}
