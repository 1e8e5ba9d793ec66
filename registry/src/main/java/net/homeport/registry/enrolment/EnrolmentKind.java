package net.homeport.registry.enrolment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a device gets for its code. */
public enum EnrolmentKind {
  /** A user name and a secret, for the front doors of HTTP. */
  TOKEN,
  /** A key that signs DNS updates of its host's addresses (RFC 8945), made by the server. */
  TSIG,
  /** The same by SIG(0) (RFC 2931): the device made the key, and sends the public half. */
  SIG0;

  /** The kind of this word, in any letter case. */
  public static Optional<EnrolmentKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equalsIgnoreCase(text)).findFirst();
  }

  /** Its word: {@code token}, {@code tsig}, {@code sig0}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
