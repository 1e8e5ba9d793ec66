package net.homeport.registry.history;

import java.time.Instant;

/** A state of a zone in the past, or the present one. */
public sealed interface Moment {
  /** As it was published with this serial. */
  record Serial(long serial) implements Moment {}

  /** As it was at this time. */
  record Time(Instant at) implements Moment {}

  /** As it is. */
  record Now() implements Moment {}

  /** Whether the zone is at or before this moment right after that change. */
  default boolean isReachedBy(LoggedChange change) {
    return switch (this) {
      case Serial serial -> change.serialAfter() == serial.serial();
      case Time time -> !change.at().isAfter(time.at());
      case Now _ -> true;
    };
  }
}
