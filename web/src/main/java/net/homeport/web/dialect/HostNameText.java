package net.homeport.web.dialect;

import java.net.IDN;
import java.util.regex.Pattern;

/** Host names as devices write them. */
public final class HostNameText {
  /** Placeholders that a device failed to replace: as good as nothing sent. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "%[a-z]|<[a-z0-9]+>|__[A-Z0-9]+__|\\[[A-Z0-9]+]|\\{[a-z0-9]+}|\\$\\{?[A-Za-z]+}?");

  private static final String PLACEHOLDER_BEGINS = "%<_[{$";

  private HostNameText() {}

  /** Whether this is a placeholder that should have been replaced. */
  public static boolean isPlaceholder(String text) {
    return !text.isEmpty()
        && PLACEHOLDER_BEGINS.indexOf(text.charAt(0)) >= 0
        && PLACEHOLDER.matcher(text).matches();
  }

  /**
   * The name in the letters of DNS: {@code bücher.example} is {@code xn--bcher-kva.example} (RFC
   * 5890). What is no name comes back as it is, and is found to be none later.
   */
  public static String ascii(String text) {
    if (isAscii(text)) {
      return text;
    }
    try {
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /** Whether it looks like a full host name: what some devices send as their user name. */
  public static boolean isFullName(String text) {
    return text.contains(".") && !text.contains("@") && !text.contains("/");
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
