package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.Zone;

/** What an update would do to a zone. */
public sealed interface UpdateResult {
  /**
   * It changes these RRsets, in this order.
   *
   * @param next the zone after it, its serial not yet raised
   */
  record Changed(Zone next, List<RrsetChange> changes) implements UpdateResult {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /** It is valid and changes nothing. */
  record Unchanged() implements UpdateResult {}

  /** It must not take effect. */
  record Refused(Refusal why) implements UpdateResult {}
}
