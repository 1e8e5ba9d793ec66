package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * Any system: addresses as the JDK lists them. It tells neither flags nor age nor routes, so a
 * temporary or deprecated address cannot be told from a stable one.
 */
final class PortableInterfaceAddresses implements InterfaceAddresses {
  @Override
  public List<CandidateAddress> read() throws IOException {
    var candidates = new ArrayList<CandidateAddress>();
    Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
    while (interfaces.hasMoreElements()) {
      NetworkInterface one = interfaces.nextElement();
      if (isUp(one)) {
        for (InetAddress scoped : one.inetAddresses().toList()) {
          // Made anew from its bytes, because the JDK adds the interface to an IPv6 address.
          InetAddress address = InetAddress.getByAddress(scoped.getAddress());
          candidates.add(new CandidateAddress(one.getName(), address, Set.of(), false, 0));
        }
      }
    }
    return List.copyOf(candidates);
  }

  // An interface that vanished since it was listed cannot answer; that is not up.
  private static boolean isUp(NetworkInterface one) {
    try {
      return one.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
