package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.ZoneEditor;
import org.xbill.DNS.Name;

/**
 * What one commit changed in one zone, from serial to serial: journal entry, difference for
 * secondaries (RFC 1995), history and feed to other nodes, all one thing. A commit may carry many
 * updates; each change says whose it was.
 *
 * @param serialBefore serial of the zone that it continues
 * @param serialAfter serial of the zone after it, greater in the sense of RFC 1982
 * @param changes in the order in which they took effect; the SOA's new serial is not listed
 */
public record Changeset(Name zone, long serialBefore, long serialAfter, List<RrsetChange> changes)
    implements ZoneChange {
  public Changeset {
    changes = List.copyOf(changes);
  }

  /** Makes these changes, the serial included. */
  public void applyTo(ZoneEditor zone) {
    changes.forEach(change -> change.applyTo(zone));
    zone.setSerial(serialAfter);
  }
}
