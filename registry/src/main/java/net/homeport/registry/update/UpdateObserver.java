package net.homeport.registry.update;

/** Told of every request for a host by someone who may change it. Thread safe; never waits. */
@FunctionalInterface
public interface UpdateObserver {
  /** After the outcome is there, before the device is told. */
  void observed(Observation observation);
}
