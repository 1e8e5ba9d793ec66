package net.homeport.zone.text;

import java.io.Serial;

/** A zone's text is not a zone; the message says where and why. */
public final class ZoneTextException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ZoneTextException(String message) {
    super(message);
  }
}
