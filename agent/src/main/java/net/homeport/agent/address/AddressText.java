package net.homeport.agent.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Addresses as text, both ways. Never asks DNS. Pure and stateless. */
public final class AddressText {
  // Exactly four decimal numbers without leading zeros: "127.1" and "010.0.0.1" mean different
  // addresses to different programs.
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private AddressText() {}

  /**
   * Reads one address and nothing else.
   *
   * @return empty for anything but a dotted quad or an IPv6 address (RFC 4291 section 2.2) without
   *     zone, brackets, port or prefix length
   */
  public static Optional<InetAddress> parse(String text) {
    if (IPV4.matcher(text).matches()) {
      return dottedQuad(text);
    }
    if (text.indexOf(':') < 0 || !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** IPv4 in dotted decimal; IPv6 as RFC 5952 section 4 recommends, without a zone. */
  public static String format(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int zerosAt = 8;
    int zeros = 1; // a single zero group is not shortened (section 4.2.2)
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > zeros) {
        zerosAt = i;
        zeros = end - i;
      }
    }
    return zerosAt == 8
        ? hex(groups, 0, 8)
        : hex(groups, 0, zerosAt) + "::" + hex(groups, zerosAt + zeros, 8);
  }

  private static Optional<InetAddress> dottedQuad(String text) {
    byte[] bytes = new byte[4];
    int i = 0;
    for (String part : text.split("\\.", -1)) {
      int value = Integer.parseInt(part);
      if (value > 255) {
        return Optional.empty();
      }
      bytes[i++] = (byte) value;
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static String hex(int[] groups, int from, int to) {
    var text = new StringJoiner(":");
    for (int i = from; i < to; i++) {
      text.add(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
