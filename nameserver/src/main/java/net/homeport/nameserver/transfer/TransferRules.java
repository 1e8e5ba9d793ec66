package net.homeport.nameserver.transfer;

import net.homeport.zone.update.Requestor;
import org.xbill.DNS.Name;

/** Who may have which zone. Safe for any thread; touches no disk. */
@FunctionalInterface
public interface TransferRules {
  /** Nobody, which is what holds unless someone says otherwise. */
  TransferRules NOBODY = (_, _) -> false;

  /**
   * Whether this requestor may have this zone by the carrier that it came by.
   *
   * @param zone apex of a zone that exists
   */
  boolean mayTransfer(Name zone, Requestor requestor);
}
