package net.homeport.app.assembly;

import java.io.Serial;

/** A server could not start; the message says why and what to do. */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
