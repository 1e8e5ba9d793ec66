package net.homeport.registry.account;

/** A change of accounts that cannot be; the message tells a person why and what to do. */
public final class AccountRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /** What kind of refusal. */
  public enum Kind {
    /** What it is about does not exist. */
    NOT_FOUND,
    /** Something stands in the way. */
    CONFLICT,
    /** What was sent makes no sense. */
    INVALID
  }

  private final Kind kind;

  AccountRefusedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What kind of refusal. */
  public Kind kind() {
    return kind;
  }
}
