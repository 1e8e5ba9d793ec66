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
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException _) {
      port = -1;
    }
    if (port < 0 || port > PORT_MAX) {
      throw new ConfigurationException(
          "%s: '%s' has no port between 0 and %d".formatted(setting, text, PORT_MAX));
    }
    return new InetSocketAddress(address, port);
  }

  /** As people write it. */
  public static String of(InetSocketAddress address) {
    String host = AddressText.of(address.getAddress());
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
