package net.homeport.zone.writer;

import java.util.List;
import net.homeport.zone.update.ZoneChange;

/** Where changes of zones become durable, in order. */
@FunctionalInterface
public interface Journal {
  /**
   * Makes these changes durable, all or none, before it returns. Called on the writer's thread
   * only, with at least one change.
   *
   * @throws JournalException when they are not durable; the writer then discards them
   */
  void append(List<ZoneChange> batch);
}
