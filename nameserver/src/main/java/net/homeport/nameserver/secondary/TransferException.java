package net.homeport.nameserver.secondary;

/** A zone could not be had from a primary; the message says why, to a person. */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unreachable;

  TransferException(String message, boolean unreachable, Throwable cause) {
    super(message, cause);
    this.unreachable = unreachable;
  }

  /** The primary answered, but not with what was asked for. */
  public TransferException(String message) {
    super(message);
    this.unreachable = false;
  }

  /** Whether the primary could not be talked to at all: another way of asking will not help. */
  boolean isUnreachable() {
    return unreachable;
  }
}
