package net.homeport.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.homeport.zone.address.AddressText;

/** Addresses with ports as people write them: {@code 127.0.0.1:5300}, {@code [::1]:5300}. */
public final class SocketAddressText {
  private static final int PORT_MAX = 65_535;

  private SocketAddressText() {}

  /**
   * The address and port of this text.
   *
   * @param setting what it is for, named in the error
   */
  public static InetSocketAddress parse(String setting, String text) throws ConfigurationException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    InetAddress address = AddressText.parse(host);
    if (colon < 0 || address == null) {
      throw new ConfigurationException(
          "%s: '%s' is not ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300"
              .formatted(setting, text));
    }
    return new InetSocketAddress(address, port(setting, text, text.substring(colon + 1)));
  }

  /**
   * The host, not looked up, and the port of {@code HOST[:PORT]}; an address of IPv6 with a port
   * stands in brackets.
   *
   * @param setting what it is for, named in the error
   * @param otherwise the port if there is none in the text
   */
  public static InetSocketAddress parseHost(String setting, String text, int otherwise)
      throws ConfigurationException {
    boolean isAddress = AddressText.parse(text) != null;
    int colon = isAddress || text.endsWith("]") ? -1 : text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || (host.contains(":") && AddressText.parse(host) == null)) {
      throw new ConfigurationException(
          "%s: '%s' is not HOST or HOST:PORT, such as stun.example.org:3478 or [::1]:3478"
              .formatted(setting, text));
    }
    int port = colon < 0 ? otherwise : port(setting, text, text.substring(colon + 1));
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static int port(String setting, String text, String number)
      throws ConfigurationException {
    try {
      int port = Integer.parseInt(number);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new ConfigurationException(
        "%s: '%s' has no port between 0 and %d".formatted(setting, text, PORT_MAX));
  }

  /** As people write it. */
  public static String of(InetSocketAddress address) {
    String host = AddressText.of(address.getAddress());
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
