package net.homeport.web.api;

import java.io.IOException;
import java.io.Serial;

/** A request's body is longer than its operation takes (RFC 9110, section 15.5.14). */
final class BodyTooLongException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * @param most octets that it may have
   */
  BodyTooLongException(int most) {
    super("the body of this request has at most %,d octets; send less at once".formatted(most));
  }
}
