package net.homeport.registry.host;

import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Who changed which name, as the journal tells. May read the disk; not for the query path. */
public interface ChangeHistory {
  /**
   * Who last changed this owner name, and when; null if nobody did since its zone was made.
   *
   * @param zone apex of the zone it lies in
   */
  @Nullable Attribution lastChange(Name zone, Name owner);
}
