package net.homeport.zone.writer;

import java.io.Serial;

/** Changes could not be made durable: a full or read-only disk, a database that is away. */
public class JournalException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what happened and what a person can do about it
   */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
