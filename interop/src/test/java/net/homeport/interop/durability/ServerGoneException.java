package net.homeport.interop.durability;

import java.io.IOException;
import java.io.Serial;

/** The server ended while it was asked. */
final class ServerGoneException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ServerGoneException(IOException cause) {
    super(cause);
  }
}
