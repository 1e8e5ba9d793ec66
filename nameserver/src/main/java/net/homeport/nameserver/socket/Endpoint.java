package net.homeport.nameserver.socket;

import java.io.Serializable;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.regex.Pattern;

/**
 * A transport protocol, an address and a port: where something listens.
 *
 * @param transport UDP or TCP
 * @param address a resolved address; port 0 means "any free port"
 */
public record Endpoint(Transport transport, InetSocketAddress address) implements Serializable {

  private static final Pattern ZERO_GROUPS = Pattern.compile("(^|:)(0(:|$)){2,}");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the address is an unresolved host name
   */
  public Endpoint {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("not an address: " + address.getHostString());
    }
  }

  /** Address and port as people write them: {@code 127.0.0.1:53}, {@code [::1]:53}. */
  public static String text(InetSocketAddress address) {
    return hostText(address.getAddress(), true) + ":" + address.getPort();
  }

  /** The address alone, IPv6 with its zeros left out (RFC 5952): {@code 127.0.0.1}, {@code ::1}. */
  public static String text(InetAddress address) {
    return hostText(address, false);
  }

  private static String hostText(InetAddress address, boolean bracketed) {
    String host = ZERO_GROUPS.matcher(address.getHostAddress()).replaceFirst("::");
    int scope = host.indexOf('%');
    if (scope >= 0 && !address.isLinkLocalAddress()) {
      host = host.substring(0, scope); // means something for link-local addresses only
    }
    return bracketed && host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** The family of a socket for it. */
  public StandardProtocolFamily family() {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  /** For example {@code UDP 127.0.0.1:53}. */
  @Override
  public String toString() {
    return transport + " " + text(address);
  }
}
