package net.homeport.zone.text;

import java.io.Serial;

/** One entry of a zone file cannot be read; the others are. */
final class EntryException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the offending word in its source
   */
  EntryException(int offset, String message) {
    // No stack trace: it says what is wrong with a text, not with the program.
    super(message, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
