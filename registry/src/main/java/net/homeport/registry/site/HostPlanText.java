package net.homeport.registry.site;

import java.net.InetAddress;
import java.util.regex.Pattern;
import net.homeport.zone.address.AddressText;

/**
 * Plans as a person writes them: {@code reported}, {@code 192.0.2.1}, {@code wan4}, {@code
 * lan+::10}, {@code lan+mac:00:11:22:33:44:55}, {@code lan/3+::10}.
 */
public final class HostPlanText {
  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9A-Fa-f]{1,12}");
  private static final String MAC = "mac:";

  private HostPlanText() {}

  /**
   * The plan of this text.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static HostPlan parse(String text) {
    String plan = text.strip();
    int plus = plan.indexOf('+');
    if (plus >= 0) {
      return within(plan.substring(0, plus), plan.substring(plus + 1));
    }
    if (plan.equals("reported")) {
      return HostPlan.REPORTED;
    }
    InetAddress address = AddressText.parse(plan);
    if (address != null) {
      return new HostPlan.Literal(address);
    }
    if (plan.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "'%s' says no address within the subnet; write it as in lan/3+::10".formatted(plan));
    }
    return new HostPlan.Source(sourceName(plan));
  }

  private static HostPlan within(String prefix, String rest) {
    int slash = prefix.indexOf('/');
    String source = sourceName(slash < 0 ? prefix : prefix.substring(0, slash));
    long subnet = slash < 0 ? 0 : subnetNumber(prefix.substring(slash + 1));
    if (rest.startsWith(MAC)) {
      return new HostPlan.PrefixMac(source, subnet, MacAddress.parse(rest.substring(MAC.length())));
    }
    InetAddress suffix = AddressText.parse(rest);
    if (suffix == null) {
      throw new IllegalArgumentException(
          "'%s' after the plus is no suffix; write one such as ::10, or mac:00:11:22:33:44:55"
              .formatted(rest));
    }
    return slash < 0
        ? new HostPlan.PrefixSuffix(source, suffix)
        : new HostPlan.PrefixSubnet(source, subnet, suffix);
  }

  private static long subnetNumber(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return Long.parseLong(text.substring(2), 16);
    }
    throw new IllegalArgumentException(
        "'%s' after the slash is no subnet number; write one such as 3 or 0x1f".formatted(text));
  }

  /**
   * The name of an address source.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static String sourceName(String text) {
    if (!SOURCE.matcher(text).matches() || text.equals("reported")) {
      throw new IllegalArgumentException(
          "'%s' is neither an address nor the name of an address source: 1 to 32 of a-z, 0-9, '-' and '_', a letter first"
              .formatted(text));
    }
    return text;
  }
}
