package net.homeport.agent.mirror;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import net.homeport.agent.address.AddressFamily;

/** Looks servers up when they are asked: before, there may have been no network. */
final class Servers {
  private Servers() {}

  /** The server's first address of this family, with its port. */
  static InetSocketAddress resolved(InetSocketAddress server, AddressFamily family)
      throws IOException {
    try {
      for (InetAddress address : InetAddress.getAllByName(server.getHostString())) {
        if (AddressFamily.of(address) == family) {
          return new InetSocketAddress(address, server.getPort());
        }
      }
    } catch (UnknownHostException e) {
      throw new IOException("host name not found", e);
    }
    throw new IOException("has no address of " + family);
  }
}
