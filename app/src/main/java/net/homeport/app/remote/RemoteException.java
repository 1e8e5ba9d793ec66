package net.homeport.app.remote;

import java.io.Serial;

/** A command could not be carried out; the message says why and what to do. */
public final class RemoteException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** The server answered, and said no. */
    REFUSED,
    /** No server could be reached, or it did not answer as one. */
    UNREACHABLE
  }

  private final Kind kind;

  RemoteException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The same, with what led to it told first. */
  public RemoteException after(String before) {
    return new RemoteException(kind, before + ": " + getMessage());
  }

  /** Why it failed. */
  public Kind kind() {
    return kind;
  }
}
