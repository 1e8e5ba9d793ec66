package net.homeport.zone.update;

import net.homeport.zone.Rrset;
import net.homeport.zone.ZoneEditor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * One RRset, from what to what. Absolute, so applying it twice is as applying it once.
 *
 * @param before null if the RRset did not exist
 * @param after null if it does not exist any more
 * @param attribution who changed it
 */
public record RrsetChange(
    Name owner, int type, @Nullable Rrset before, @Nullable Rrset after, Attribution attribution) {
  /**
   * Makes this change. The one place where an RRset of a zone changes: when an update is evaluated,
   * at a restart, and on a node that follows.
   */
  public void applyTo(ZoneEditor zone) {
    if (after == null) {
      zone.remove(owner, type);
    } else {
      zone.set(owner, after);
    }
  }
}
