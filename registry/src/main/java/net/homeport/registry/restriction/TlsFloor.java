package net.homeport.registry.restriction;

import java.util.Arrays;
import java.util.List;
import net.homeport.registry.credential.RequestOrigin;
import org.jspecify.annotations.Nullable;

/** The least protection under which a request must have come. */
public enum TlsFloor {
  /** None: in clear will do. */
  CLEAR("none"),
  /** TLS of version 1.2 or later (RFC 5246). */
  TLS_1_2("1.2"),
  /** TLS of version 1.3 or later (RFC 8446). */
  TLS_1_3("1.3");

  /** The versions that the platform may speak, from the oldest to the newest. */
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private final String text;

  TlsFloor(String text) {
    this.text = text;
  }

  /**
   * The one of this text: {@code none}, {@code 1.2}, {@code 1.3}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static TlsFloor parse(String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not a least version of TLS: none, 1.2 or 1.3".formatted(text)));
  }

  /**
   * Whether this will do.
   *
   * @param version as the platform calls it, {@code TLSv1.3}, or {@link
   *     RequestOrigin#HTTPS_TO_PROXY}; null in clear
   */
  public boolean allows(@Nullable String version) {
    if (this == CLEAR) {
      return true;
    }
    if (RequestOrigin.HTTPS_TO_PROXY.equals(version)) {
      // No proxy of today speaks less than 1.2 unless it was told to; of more, nothing is known.
      return this == TLS_1_2;
    }
    // One that is not known is not trusted: nothing says that it is newer.
    return version != null && VERSIONS.indexOf(version) >= VERSIONS.indexOf("TLSv" + text);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text;
  }
}
