package net.homeport.registry.history;

import java.time.Instant;
import java.util.List;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.RrsetChange;
import org.xbill.DNS.Name;

/**
 * What one commit did to one zone, as the journal keeps it.
 *
 * @param id grows with time
 * @param zone apex
 * @param serialBefore serial of the zone before it
 * @param serialAfter serial of the zone after it
 * @param changes what changed, in order; who made or removed a zone stands in the only one, which
 *     changes nothing
 */
public record LoggedChange(
    long id, Name zone, Kind kind, long serialBefore, long serialAfter, List<RrsetChange> changes) {
  /** What became of the zone. */
  public enum Kind {
    /** It was made. */
    CREATED,
    /** Some of its RRsets changed. */
    CHANGED,
    /** It was removed. */
    REMOVED
  }

  public LoggedChange {
    changes = List.copyOf(changes);
  }

  /** When the last of its changes was accepted. */
  public Instant at() {
    return changes.stream()
        .map(change -> change.attribution().at())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** Who made its last change. */
  public Attribution by() {
    return changes.getLast().attribution();
  }
}
