package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Reads and writes the C structures {@code sockaddr_in} and {@code sockaddr_in6} (RFC 3493 3.3) as
 * Linux lays them out. An offset is where the structure begins.
 */
final class SocketAddressCodec {

  /** Octets of the longer structure, {@code sockaddr_in6}. */
  static final int MAX_BYTES = 28;

  private static final int IPV4_BYTES = 16;
  private static final int PORT = 2;
  private static final int IPV4_ADDRESS = 4;
  private static final int IPV6_ADDRESS = 8;
  private static final int IPV6_SCOPE = 24;

  private static final long IPV4_MAPPED = 0xffff_0000_0000L;

  private static final OfShort NETWORK_SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt NETWORK_INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfLong NETWORK_LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddressCodec() {}

  /**
   * Writes the address for a socket of the given family; an IPv4 address takes its mapped form for
   * an IPv6 socket.
   *
   * @return octets written
   * @throws IllegalArgumentException for an IPv6 address on an IPv4 socket
   */
  static int write(MemorySegment target, long offset, InetSocketAddress address, boolean ipv6) {
    target.set(NETWORK_SHORT, offset + PORT, (short) address.getPort());
    if (ipv6) {
      target.set(JAVA_SHORT_UNALIGNED, offset, (short) LinuxSocketCalls.AF_INET6);
      target.set(JAVA_INT_UNALIGNED, offset + 4, 0); // no flow label
      writeIpv6(target, offset + IPV6_ADDRESS, address.getAddress());
      int scope = address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
      target.set(JAVA_INT_UNALIGNED, offset + IPV6_SCOPE, scope);
      return MAX_BYTES;
    }
    target.set(JAVA_SHORT_UNALIGNED, offset, (short) LinuxSocketCalls.AF_INET);
    writeIpv4(target, offset + IPV4_ADDRESS, address.getAddress());
    target.set(JAVA_LONG_UNALIGNED, offset + 8, 0L);
    return IPV4_BYTES;
  }

  /** Writes the four octets of an IPv4 address. */
  static void writeIpv4(MemorySegment target, long offset, InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      throw new IllegalArgumentException("an IPv4 socket cannot send to or from " + address);
    }
    MemorySegment.copy(address.getAddress(), 0, target, JAVA_BYTE, offset, 4);
  }

  /** Writes the sixteen octets of an IPv6 address, or of an IPv4 address in its mapped form. */
  static void writeIpv6(MemorySegment target, long offset, InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      target.set(NETWORK_LONG, offset, 0L);
      target.set(NETWORK_INT, offset + 8, 0xffff);
      MemorySegment.copy(octets, 0, target, JAVA_BYTE, offset + 12, 4);
    } else {
      MemorySegment.copy(octets, 0, target, JAVA_BYTE, offset, 16);
    }
  }

  /** Address and port; a mapped IPv4 address comes out as an IPv4 address. */
  static InetSocketAddress read(MemorySegment source, long offset) {
    if (!isIpv6(source, offset)) {
      return new InetSocketAddress(
          readAddress(source, offset + IPV4_ADDRESS, 4), port(source, offset));
    }
    InetAddress address = readAddress(source, offset + IPV6_ADDRESS, 16);
    int scope = source.get(JAVA_INT_UNALIGNED, offset + IPV6_SCOPE);
    if (address instanceof Inet6Address && scope != 0) {
      address = withScope(address.getAddress(), scope);
    }
    return new InetSocketAddress(address, port(source, offset));
  }

  /** The address of 4 or 16 octets at the offset. */
  static InetAddress readAddress(MemorySegment source, long offset, int length) {
    byte[] octets = new byte[length];
    MemorySegment.copy(source, JAVA_BYTE, offset, octets, 0, length);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are always an address", e);
    }
  }

  /** The port. Allocates nothing. */
  static int port(MemorySegment source, long offset) {
    return Short.toUnsignedInt(source.get(NETWORK_SHORT, offset + PORT));
  }

  /** The first half of the address in its IPv6 form. Allocates nothing. */
  static long high(MemorySegment source, long offset) {
    return isIpv6(source, offset) ? source.get(NETWORK_LONG, offset + IPV6_ADDRESS) : 0L;
  }

  /** The second half of the address in its IPv6 form. Allocates nothing. */
  static long low(MemorySegment source, long offset) {
    return isIpv6(source, offset)
        ? source.get(NETWORK_LONG, offset + IPV6_ADDRESS + 8)
        : mapped(source.get(NETWORK_INT, offset + IPV4_ADDRESS));
  }

  /** The second half of the mapped form of an IPv4 address. */
  static long mapped(int ipv4) {
    return IPV4_MAPPED | Integer.toUnsignedLong(ipv4);
  }

  private static boolean isIpv6(MemorySegment source, long offset) {
    return source.get(JAVA_SHORT_UNALIGNED, offset) == LinuxSocketCalls.AF_INET6;
  }

  private static InetAddress withScope(byte[] octets, int scope) {
    try {
      return Inet6Address.getByAddress(null, octets, scope);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 octets are always an address", e);
    }
  }
}
