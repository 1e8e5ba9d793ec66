package net.homeport.registry.update;

import java.util.List;
import net.homeport.zone.update.Attribution;

/** Told of every request for a host by someone who may change it. Thread safe; never waits. */
@FunctionalInterface
public interface UpdateObserver {
  /** After the outcome is there, before the device is told. */
  void observed(Observation observation);

  /**
   * Addresses were published that no request asked for: by an administrator, or for the server's
   * own reasons.
   */
  default void published(List<PlannedRrset> planned, Attribution actor) {}
}
