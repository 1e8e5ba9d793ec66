package net.homeport.zone.writer;

import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;

/** Which serial a zone has after a change. Called on the writer's thread: must be quick. */
@FunctionalInterface
public interface SerialSequence {
  /** The next number, for every zone. */
  SerialSequence INCREMENT = (_, present) -> Serial.increment(present);

  /**
   * The serial after this one, and greater than it by RFC 1982 3.2.
   *
   * @param present that of the zone as published, 0 to 2^32 - 1
   */
  long after(Name zone, long present);
}
