package net.homeport.registry.update;

import java.time.Instant;
import java.util.List;
import net.homeport.zone.update.Attribution;

/** Told of every request for a host by someone who may change it. Thread safe; never waits. */
@FunctionalInterface
public interface UpdateObserver {
  /** After the outcome is there, before the device is told. */
  void observed(Observation observation);

  /**
   * A request changed the addresses of a host: of the one that it named, or of one that follows it.
   *
   * @param at when it was heard
   */
  default void made(ProposedChange change, Instant at) {}

  /**
   * Addresses were published that no request asked for: by an administrator, or for the server's
   * own reasons.
   */
  default void published(List<PlannedRrset> planned, Attribution actor) {}
}
