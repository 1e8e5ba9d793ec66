package net.homeport.web.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Tells the address of the client behind a request: the peer's, unless the peer is a proxy that the
 * configuration trusts; then the right-most hop of {@code X-Forwarded-For} that is not trusted
 * itself, since everything left of it is the client's own claim.
 */
public final class ClientAddress {
  private final List<AddressBlock> trustedProxies;

  /**
   * @param trustedProxies whose {@code X-Forwarded-For} is believed; none by default
   */
  public ClientAddress(List<AddressBlock> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /** The client's address, without an IPv6 zone. */
  public InetAddress of(Request request) {
    InetAddress client = peer(request);
    if (!isTrusted(client)) {
      return client;
    }
    List<String> hops = hops(request);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      InetAddress hop = AddressText.parse(withoutPort(hops.get(i)));
      if (hop == null) {
        // A malformed chain tells nothing beyond the hop that wrote it.
        return client;
      }
      client = hop;
    }
    return client;
  }

  /** The address of whoever holds the connection. */
  public static InetAddress peer(Request request) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    if (peer instanceof InetSocketAddress socket && socket.getAddress() != null) {
      // By octets, which drops an IPv6 zone such as %eth0.
      return AddressText.ofOctets(socket.getAddress().getAddress());
    }
    throw new IllegalStateException("a connection without an address: " + peer);
  }

  /** Whether the connection is one of this machine, or of a proxy that the configuration trusts. */
  public boolean isFromHereOrProxy(Request request) {
    InetAddress peer = peer(request);
    return peer.isLoopbackAddress() || isTrusted(peer);
  }

  /** Whether the connection is one of a proxy that the configuration trusts. */
  boolean isFromProxy(Request request) {
    return isTrusted(peer(request));
  }

  private boolean isTrusted(InetAddress address) {
    for (AddressBlock network : trustedProxies) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> hops(Request request) {
    var hops = new ArrayList<String>();
    for (String header : request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)) {
      for (String hop : header.split(",", -1)) {
        hops.add(hop.strip());
      }
    }
    return hops;
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    boolean portAfterIpv4 = hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':');
    return portAfterIpv4 ? hop.substring(0, hop.indexOf(':')) : hop;
  }
}
