package net.homeport.nameserver.transfer;

import java.time.Duration;
import java.time.Instant;
import net.homeport.zone.update.Requestor;
import org.xbill.DNS.Name;

/**
 * A transfer that was sent to its end.
 *
 * @param zone apex
 * @param requestor who has it now
 * @param kind what was sent
 * @param serial the serial that the requestor has with it
 * @param messages how many DNS messages it took
 * @param octets how many octets these were, TSIG included
 * @param at when it ended
 * @param took from its first message to its last
 */
public record FinishedTransfer(
    Name zone,
    Requestor requestor,
    Kind kind,
    long serial,
    int messages,
    long octets,
    Instant at,
    Duration took) {

  /** What was sent. */
  public enum Kind {
    /** The whole zone, because it was asked for. */
    AXFR,
    /** The whole zone, asked for by difference: what the requestor has is not known any more. */
    AXFR_FOR_IXFR,
    /** The difference. */
    IXFR,
    /** The word that there is nothing newer. */
    UP_TO_DATE
  }
}
