package net.homeport.web.api;

import net.homeport.web.dialect.HostNameText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Domain names as the API takes and gives them: without the trailing dot, though it may be sent.
 */
final class ApiNames {
  private ApiNames() {}

  /**
   * The absolute name of this text, or null if it is none. Letters beyond ASCII become those of DNS
   * (RFC 5890): {@code bücher.example} is {@code xn--bcher-kva.example}.
   */
  static @Nullable Name parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      String ascii = HostNameText.ascii(text.strip());
      boolean isAscii = ascii.chars().allMatch(character -> character < 0x80);
      return isAscii ? Name.fromString(ascii, Name.root) : null;
    } catch (TextParseException _) {
      return null;
    }
  }

  static String text(Name name) {
    return name.toString(true);
  }

  static ApiResult notAName(@Nullable String text) {
    return ApiResult.problem(
        HttpStatus.BAD_REQUEST_400,
        "not a domain name",
        "'%s' is not a domain name: labels of 1 to 63 octets separated by dots, 255 octets in all"
            .formatted(text == null ? "" : text));
  }
}
