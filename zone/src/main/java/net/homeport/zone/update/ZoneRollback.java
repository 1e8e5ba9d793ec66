package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import org.xbill.DNS.Name;

/**
 * The wish that some RRsets of a zone be what they were. It was computed from one state of the zone
 * and is made on that state only: when the zone has moved on, it is to be computed again.
 *
 * @param base the state from which it was computed; its apex names the zone to change
 * @param changes from what stands in {@code base} to what stood there
 */
public record ZoneRollback(Zone base, List<RrsetChange> changes) {
  public ZoneRollback {
    changes = List.copyOf(changes);
  }

  /** Apex of the zone to change. */
  public Name zone() {
    return base.apex();
  }

  /**
   * What it does to the zone; the zone it is given stays as it is.
   *
   * @return refused as {@link Refusal#RRSET_MISSING} when the zone is another one than the base:
   *     what it would change is perhaps not there any more
   */
  @SuppressWarnings("ReferenceEquality") // a zone is immutable: another state is another object
  public UpdateResult evaluate(Zone present) {
    if (present != base) {
      return new UpdateResult.Refused(Refusal.RRSET_MISSING);
    }
    if (changes.isEmpty()) {
      return new UpdateResult.Unchanged();
    }
    ZoneEditor editor = ZoneEditor.of(present);
    changes.forEach(change -> change.applyTo(editor));
    return new UpdateResult.Changed(editor.build(), changes);
  }
}
