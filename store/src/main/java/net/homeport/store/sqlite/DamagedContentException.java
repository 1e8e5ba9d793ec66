package net.homeport.store.sqlite;

import java.io.Serial;

/**
 * SQLite could read it, but it makes no sense; {@link SqliteDatabase} adds where, and what to do.
 */
final class DamagedContentException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DamagedContentException(String message) {
    super(message);
  }

  DamagedContentException(String message, Throwable cause) {
    super(message, cause);
  }
}
