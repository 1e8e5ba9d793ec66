package net.homeport.zone.lease;

import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * For how long the records that an update adds are to stay (RFC 9664 section 4).
 *
 * @param seconds for all records but KEY; from {@link #SECONDS_MIN} to {@link #SECONDS_MAX}
 * @param keySeconds for KEY records, by which a device holds its name; within the same bounds
 */
public record UpdateLease(long seconds, long keySeconds) {
  /** RFC 9664 section 5.1: shorter ones make a server busy with renewals. */
  public static final long SECONDS_MIN = 30;

  /** A year: beyond that it is no lease. */
  public static final long SECONDS_MAX = 366L * 24 * 3600;

  public UpdateLease {
    seconds = Math.clamp(seconds, SECONDS_MIN, SECONDS_MAX);
    keySeconds = Math.clamp(keySeconds, SECONDS_MIN, SECONDS_MAX);
  }

  /** Seconds for this record. */
  public long secondsOf(Record record) {
    return record.getType() == Type.KEY ? keySeconds : seconds;
  }
}
