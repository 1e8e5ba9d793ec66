package net.homeport.registry.site;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The address of a network interface (IEEE 802 EUI-48).
 *
 * @param bits its 48 bits, in the low end
 */
public record MacAddress(long bits) {
  private static final int LENGTH = 48;
  private static final Pattern TEXT =
      Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}");

  public MacAddress {
    if (bits >>> LENGTH != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
  }

  /**
   * The address of this text: {@code 00:11:22:33:44:55}, or with hyphens.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static MacAddress parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a MAC address such as 00:11:22:33:44:55".formatted(text));
    }
    return new MacAddress(Long.parseLong(text.replaceAll("[:-]", ""), 16));
  }

  /**
   * The interface identifier that a host makes of it: {@code fffe} in the middle, the
   * universal/local bit turned over (RFC 4291 appendix A).
   */
  public long interfaceIdentifier() {
    long vendor = bits >>> 24;
    long device = bits & 0xFF_FFFFL;
    return (vendor << 40 | 0xFFFEL << 24 | device) ^ 0x0200_0000_0000_0000L;
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits, 12).replaceAll("(..)(?!$)", "$1:");
  }
}
