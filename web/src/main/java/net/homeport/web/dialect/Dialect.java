package net.homeport.web.dialect;

import net.homeport.registry.update.UpdateAnswer;

/**
 * A language in which devices ask for changes: to a {@link Question}, and from its answer. Thread
 * safe; holds no state.
 */
public interface Dialect {
  /** Its name, kept with each change as the front door: {@code dyndns2}, {@code duckdns}. */
  String name();

  /** What the device asks. */
  Question read(DoorRequest request);

  /**
   * What the device is told.
   *
   * @param question what {@link #read} made of the request, with what was found out since
   */
  DoorReply reply(UpdateAnswer answer, Question question);
}
