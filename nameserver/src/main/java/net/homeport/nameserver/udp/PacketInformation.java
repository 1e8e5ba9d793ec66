package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The control message which says to which of our addresses a datagram was sent, and from which one
 * an answer is to leave: IPV6_PKTINFO (RFC 3542 6.1) and its IPv4 sister IP_PKTINFO (ip(7)).
 *
 * <p>What the system writes on receipt it takes as an order on sending, but for the interface: left
 * in place, it would send the answer out there and bypass the routing table.
 */
final class PacketInformation {

  /** Octets of the longer one with its header and padding (CMSG_SPACE). */
  static final int MAX_BYTES = 40;

  private static final long LENGTH = 0;
  private static final long LEVEL = 8;
  private static final long TYPE = 12;

  private static final long IPV4_INTERFACE = 16;
  private static final long IPV4_LOCAL = 20; // ipi_spec_dst; unicast even if sent to a broadcast
  private static final long IPV4_HEADER = 24;
  private static final int IPV4_LENGTH = 28;
  private static final int IPV4_BYTES = 32;

  private static final long IPV6_LOCAL = 16;
  private static final long IPV6_INTERFACE = 32;
  private static final int IPV6_LENGTH = 36;
  private static final int IPV6_BYTES = 40;

  private PacketInformation() {}

  /** Clears the interface, so that the message can go out with the answer. Allocates nothing. */
  static void clearInterface(MemorySegment control, long offset, boolean ipv6) {
    control.set(JAVA_INT, offset + (ipv6 ? IPV6_INTERFACE : IPV4_INTERFACE), 0);
  }

  /** The address of ours in a received message of the given length; null if there is none. */
  static @Nullable InetAddress localAddress(
      MemorySegment control, long offset, long length, boolean ipv6) {
    if (length < (ipv6 ? IPV6_LENGTH : IPV4_LENGTH)) {
      return null;
    }
    return ipv6
        ? SocketAddressCodec.readAddress(control, offset + IPV6_LOCAL, 16)
        : SocketAddressCodec.readAddress(control, offset + IPV4_LOCAL, 4);
  }

  /**
   * Writes a message which makes a datagram leave from the address.
   *
   * @return its length in octets with padding
   */
  static int write(MemorySegment control, long offset, InetAddress from, boolean ipv6) {
    if (ipv6) {
      control.set(JAVA_LONG, offset + LENGTH, IPV6_LENGTH);
      control.set(JAVA_INT, offset + LEVEL, LinuxSocketCalls.IPPROTO_IPV6);
      control.set(JAVA_INT, offset + TYPE, LinuxSocketCalls.IPV6_PKTINFO);
      SocketAddressCodec.writeIpv6(control, offset + IPV6_LOCAL, from);
      control.set(JAVA_INT, offset + IPV6_INTERFACE, 0);
      return IPV6_BYTES;
    }
    control.set(JAVA_LONG, offset + LENGTH, IPV4_LENGTH);
    control.set(JAVA_INT, offset + LEVEL, LinuxSocketCalls.IPPROTO_IP);
    control.set(JAVA_INT, offset + TYPE, LinuxSocketCalls.IP_PKTINFO);
    control.set(JAVA_INT, offset + IPV4_INTERFACE, 0);
    SocketAddressCodec.writeIpv4(control, offset + IPV4_LOCAL, from);
    control.set(JAVA_INT, offset + IPV4_HEADER, 0);
    return IPV4_BYTES;
  }
}
