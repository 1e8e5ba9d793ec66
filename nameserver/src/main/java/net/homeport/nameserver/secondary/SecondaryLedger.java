package net.homeport.nameserver.secondary;

import java.time.Instant;
import org.xbill.DNS.Name;

/** Keeps what must be known after a restart of when primaries were heard. Safe for any thread. */
@FunctionalInterface
public interface SecondaryLedger {
  /**
   * A primary was heard: the zone is as it has it, or is about to be.
   *
   * @param transferred whether something was transferred
   */
  void heard(Name zone, Instant at, boolean transferred);
}
