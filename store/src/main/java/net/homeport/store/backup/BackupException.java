package net.homeport.store.backup;

import java.io.Serial;

/** A backup could not be made, or is none; the message says what to do. */
public final class BackupException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
