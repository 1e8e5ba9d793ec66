package net.homeport.nameserver.tcp;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one client: an IPv4 address, or an IPv6 network of 64 bits, the smallest that is
 * handed out (RFC 6177), in which a client has any number of addresses.
 *
 * @param ipv6 whether it is an IPv6 network
 * @param prefix the address or the network's first 64 bits
 */
record ClientNetwork(boolean ipv6, long prefix) {

  /** The network of an address. */
  static ClientNetwork of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return octets.capacity() == Integer.BYTES
        ? new ClientNetwork(false, octets.getInt())
        : new ClientNetwork(true, octets.getLong());
  }
}
