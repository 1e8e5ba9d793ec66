package net.homeport.zone.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The addresses that begin with the same bits (RFC 4632), in the form in which packets are counted.
 *
 * @param high the first 64 bits, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2)
 * @param low the last 64 bits
 * @param bits how many of these 128 are the same, from 0 to 128
 */
public record AddressBlock(long high, long low, int bits) {
  private static final int IPV4_BITS_BEFORE = 96;
  private static final long IPV4_PREFIX = 0xFFFFL;

  /**
   * The block around an address.
   *
   * @param prefixLength in bits of its own family: from 0 to 32 or 128
   * @throws IllegalArgumentException that says what is wrong
   */
  public static AddressBlock of(InetAddress address, int prefixLength) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    int all = octets.capacity() * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > all) {
      throw new IllegalArgumentException(
          "the prefix length %d is not within 0..%d, the bits of %s"
              .formatted(prefixLength, all, AddressText.of(address)));
    }
    return octets.capacity() == Integer.BYTES
        ? new AddressBlock(
            0,
            IPV4_PREFIX << Integer.SIZE | Integer.toUnsignedLong(octets.getInt()),
            IPV4_BITS_BEFORE + prefixLength)
        : new AddressBlock(octets.getLong(), octets.getLong(), prefixLength);
  }

  /** The block of one address alone. */
  public static AddressBlock of(InetAddress address) {
    return of(address, address.getAddress().length * Byte.SIZE);
  }

  /**
   * The block of this text: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "'%s' is not an address or network such as 192.0.2.1 or 2001:db8::/32".formatted(text));
    }
    if (slash < 0) {
      return of(address);
    }
    int prefixLength;
    try {
      prefixLength = Integer.parseInt(text.substring(slash + 1));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' has no number after the slash".formatted(text));
    }
    return of(address, prefixLength);
  }

  /** Whether the address lies in this block; never for another family. */
  public boolean contains(InetAddress address) {
    AddressBlock one = of(address);
    return contains(one.high, one.low);
  }

  /**
   * Whether the address lies in this block; never for another family. Allocates nothing.
   *
   * @param otherHigh the first 64 bits, IPv4 as {@code ::ffff:a.b.c.d}
   * @param otherLow the last 64 bits
   */
  public boolean contains(long otherHigh, long otherLow) {
    // A short prefix of IPv6, such as ::/0, is not about the IPv4 addresses that are written in it.
    boolean isIpv4 = otherHigh == 0 && otherLow >>> Integer.SIZE == IPV4_PREFIX;
    return !(isIpv4 && bits < IPV4_BITS_BEFORE)
        && same(high, otherHigh, Math.min(bits, Long.SIZE))
        && same(low, otherLow, Math.max(bits - Long.SIZE, 0));
  }

  /** Whether it is of IPv4. */
  public boolean isIpv4() {
    return high == 0 && low >>> Integer.SIZE == IPV4_PREFIX && bits >= IPV4_BITS_BEFORE;
  }

  /** How many bits its addresses share, of those of its own family: to 32 or to 128. */
  public int prefixLength() {
    return isIpv4() ? bits - IPV4_BITS_BEFORE : bits;
  }

  /**
   * The address in this block whose other bits are those of the given one.
   *
   * @throws IllegalArgumentException if it is of the other family
   */
  public InetAddress withHostBitsOf(InetAddress address) {
    AddressBlock host = of(address);
    if (host.isIpv4() != isIpv4()) {
      throw new IllegalArgumentException(
          "%s is not of the family of %s".formatted(AddressText.of(address), this));
    }
    long first = mixed(high, host.high, Math.min(bits, Long.SIZE));
    long second = mixed(low, host.low, Math.max(bits - Long.SIZE, 0));
    ByteBuffer octets = ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(second);
    return AddressText.ofOctets(
        isIpv4() ? Arrays.copyOfRange(octets.array(), 12, 16) : octets.array());
  }

  private static long mixed(long network, long host, int first) {
    long networkBits = first == 0 ? 0 : -1L << (Long.SIZE - first);
    return (network & networkBits) | (host & ~networkBits);
  }

  /** The first of its addresses. */
  public InetAddress network() {
    byte[] zeros = new byte[isIpv4() ? Integer.BYTES : 2 * Long.BYTES];
    return withHostBitsOf(AddressText.ofOctets(zeros));
  }

  /** As {@link #parse} reads it: the first address, a slash, and the prefix length. */
  @Override
  public String toString() {
    return AddressText.of(network()) + "/" + prefixLength();
  }

  private static boolean same(long one, long other, int first) {
    return first == 0 || (one ^ other) >>> (Long.SIZE - first) == 0;
  }
}
