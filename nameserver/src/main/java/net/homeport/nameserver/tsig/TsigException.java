package net.homeport.nameserver.tsig;

import java.io.IOException;
import java.io.Serial;

/** An answer to a signed request that must not be believed. */
public class TsigException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong with it
   */
  public TsigException(String message) {
    super(message);
  }
}
