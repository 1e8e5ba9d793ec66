package net.homeport.registry.update;

import java.time.Duration;
import java.util.List;

/** What became of one host in an update request. */
public sealed interface UpdateOutcome {
  /** Changed: on disk and answered by DNS before this outcome existed. */
  record Updated() implements UpdateOutcome {}

  /** The addresses were those already. */
  record Unchanged() implements UpdateOutcome {}

  /**
   * Understood, and deliberately not published: the host waits for a person's approval, or the
   * address is one that clients send as a sign of life. The device did all it should.
   *
   * @param why in words for a person
   */
  record Withheld(String why) implements UpdateOutcome {}

  /**
   * It may not be, or makes no sense; nothing changed, and asking again is of no use.
   *
   * @param why in words for a person; which rule decided
   */
  record Rejected(Reason reason, String why) implements UpdateOutcome {
    /** For the reason that the words of the reason itself tell. */
    public Rejected(Reason reason) {
      this(reason, reason.words());
    }
  }

  /**
   * Too many changes for now; nothing changed, and asking again later is right.
   *
   * @param retryAfter how much later
   */
  record Postponed(String why, Duration retryAfter) implements UpdateOutcome {}

  /**
   * Our fault or our overload; nothing changed, and asking again later is right.
   *
   * @param incident what the log calls it
   */
  record Failed(String incident) implements UpdateOutcome {}

  /** Whether the host has the addresses that were asked for. */
  default boolean isDone() {
    return this instanceof Updated || this instanceof Unchanged;
  }

  /**
   * The one outcome of several, for those who are told one word: what failed, else what was
   * refused, else what changed; a device must not take a half for the whole.
   */
  static UpdateOutcome worst(List<UpdateOutcome> outcomes) {
    UpdateOutcome worst = outcomes.getFirst();
    for (UpdateOutcome outcome : outcomes) {
      if (rank(outcome) > rank(worst)) {
        worst = outcome;
      }
    }
    return worst;
  }

  private static int rank(UpdateOutcome outcome) {
    return switch (outcome) {
      case Unchanged _ -> 0;
      case Withheld _ -> 1;
      case Updated _ -> 2;
      case Rejected _ -> 3;
      case Postponed _ -> 4;
      case Failed _ -> 5;
    };
  }

  /** Why an update was rejected. */
  enum Reason {
    /** Not a host name with a zone. */
    NOT_A_HOST_NAME("not a host name with a zone"),
    /** No host of that name may be changed by this credential. */
    NO_SUCH_HOST("no host of that name may be changed by this credential"),
    /** More host names than one request may carry. */
    TOO_MANY_HOSTS("more than " + UpdateRequest.HOSTS_MAX + " host names"),
    /** Not an address, or one that no host can be reached at. */
    UNUSABLE_ADDRESS("not an address that a host can be reached at"),
    /** A static record, an alias or a delegation stands in the way. */
    NAME_TAKEN("a static record, an alias or a delegation stands in the way"),
    /** A policy of the host or its zone does not allow it. */
    NOT_ALLOWED("a policy does not allow it"),
    /** The host was blocked by an administrator. */
    BLOCKED("the host was blocked by an administrator");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** In words for a person. */
    public String words() {
      return words;
    }
  }
}
