package net.homeport.nameserver.query;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The addresses that begin with the same bits, in the form in which packets are counted.
 *
 * @param high the first 64 bits, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2)
 * @param low the last 64 bits
 * @param bits how many of these 128 are the same, from 0 to 128
 */
public record AddressBlock(long high, long low, int bits) {
  private static final int IPV4_BITS_BEFORE = 96;

  /**
   * The block around an address.
   *
   * @param prefixLength in bits of its own family: from 0 to 32 or 128
   */
  public static AddressBlock of(InetAddress address, int prefixLength) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return octets.capacity() == Integer.BYTES
        ? new AddressBlock(
            0,
            0xFFFF_0000_0000L | Integer.toUnsignedLong(octets.getInt()),
            IPV4_BITS_BEFORE + prefixLength)
        : new AddressBlock(octets.getLong(), octets.getLong(), prefixLength);
  }

  /** The block of one address alone. */
  static AddressBlock of(InetAddress address) {
    return of(address, address.getAddress().length * Byte.SIZE);
  }

  /** Whether the address lies in this block. Allocates nothing. */
  boolean contains(long otherHigh, long otherLow) {
    return same(high, otherHigh, Math.min(bits, Long.SIZE))
        && same(low, otherLow, Math.max(bits - Long.SIZE, 0));
  }

  private static boolean same(long one, long other, int first) {
    return first == 0 || (one ^ other) >>> (Long.SIZE - first) == 0;
  }
}
