package net.homeport.registry.update;

/** What became of one host in an update request. */
public sealed interface UpdateOutcome {
  /** Changed: on disk and answered by DNS before this outcome existed. */
  record Updated() implements UpdateOutcome {}

  /** The addresses were those already. */
  record Unchanged() implements UpdateOutcome {}

  /** It may not be, or makes no sense; nothing changed, and asking again is of no use. */
  record Rejected(Reason reason) implements UpdateOutcome {}

  /**
   * Our fault or our overload; nothing changed, and asking again later is right.
   *
   * @param incident what the log calls it
   */
  record Failed(String incident) implements UpdateOutcome {}

  /** Why an update was rejected. */
  enum Reason {
    /** Not a host name with a zone. */
    NOT_A_HOST_NAME,
    /** No host of that name may be changed by this credential. */
    NO_SUCH_HOST,
    /** More host names than one request may carry. */
    TOO_MANY_HOSTS,
    /** Not an address, or one that no host can be reached at. */
    UNUSABLE_ADDRESS,
    /** A static record, an alias or a delegation stands in the way. */
    NAME_TAKEN
  }
}
