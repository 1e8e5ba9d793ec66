package net.homeport.web.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses in CIDR notation (RFC 4632).
 *
 * @param address any address of the block
 * @param prefixLength bits that all its addresses share
 */
public record Network(InetAddress address, int prefixLength) {
  public Network {
    int bits = address.getAddress().length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "the prefix length %d is not within 0..%d, the bits of %s"
              .formatted(prefixLength, bits, address.getHostAddress()));
    }
  }

  /**
   * The block of this text: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress parsed = AddressText.parse(address);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "'%s' is not an address or network such as 192.0.2.1 or 2001:db8::/32".formatted(text));
    }
    if (slash < 0) {
      return new Network(parsed, parsed.getAddress().length * 8);
    }
    try {
      return new Network(parsed, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' has no number after the slash".formatted(text));
    }
  }

  /** Whether the address lies in this block; never for another family. */
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  static InetAddress ofOctets(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 octets", e);
    }
  }
}
