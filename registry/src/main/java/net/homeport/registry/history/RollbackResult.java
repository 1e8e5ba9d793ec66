package net.homeport.registry.history;

/** What became of the wish to roll a zone back. */
public sealed interface RollbackResult {
  /**
   * Done, or foreseen.
   *
   * @param serial of the zone as it is now
   * @param difference from what it was before to what it is now, or would be; empty if there was
   *     nothing to do
   */
  record Done(long serial, StateDifference difference) implements RollbackResult {}

  /** What the zone was is not known. */
  record Unknown(Recollection why) implements RollbackResult {}

  /** Others changed the zone each time it was to be changed; nothing changed. */
  record MovedOn() implements RollbackResult {}

  /** Another server decides what is in the zone. */
  record NotOurs(String why) implements RollbackResult {}

  /** More would change than one commit may. */
  record TooMany(int rrsets) implements RollbackResult {}

  /** It could not be stored. */
  record Failed(String incident) implements RollbackResult {}
}
