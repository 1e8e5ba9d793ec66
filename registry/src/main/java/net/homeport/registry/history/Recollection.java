package net.homeport.registry.history;

import java.time.Instant;
import net.homeport.zone.Zone;
import org.jspecify.annotations.Nullable;

/** A zone as it was, as far as the history knows. */
public sealed interface Recollection {
  /** As it was. */
  record Known(Zone zone) implements Recollection {}

  /**
   * The zone that is here now was made later, or never had that serial.
   *
   * @param made when
   */
  record NotYetThere(Instant made) implements Recollection {}

  /**
   * The history does not reach back that far, or the zone never had that serial.
   *
   * @param since since when the history is complete; null if it always was
   */
  record Forgotten(@Nullable Instant since) implements Recollection {}

  /** There is no such zone now. */
  record NoSuchZone() implements Recollection {}
}
