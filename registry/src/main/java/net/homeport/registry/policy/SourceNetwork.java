package net.homeport.registry.policy;

import java.net.InetAddress;

/**
 * A block of addresses from which a rule may be used (CIDR, RFC 4632).
 *
 * @param address any address of the block
 * @param prefixLength bits that all its addresses share
 */
public record SourceNetwork(InetAddress address, int prefixLength) {
  public SourceNetwork {
    int bits = address.getAddress().length * Byte.SIZE;
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
  public static SourceNetwork parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash), text);
    if (slash < 0) {
      return new SourceNetwork(address, address.getAddress().length * Byte.SIZE);
    }
    try {
      return new SourceNetwork(address, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' has no number after the slash".formatted(text));
    }
  }

  private static InetAddress address(String literal, String whole) {
    // The platform reads '192.2' as an address, too, and '%' begins a scope.
    boolean plain = literal.matches("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    try {
      if (plain) {
        return InetAddress.ofLiteral(literal);
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "'%s' is not an address or network such as 192.0.2.1 or 2001:db8::/32".formatted(whole));
  }

  /** Whether the address lies in this block; never for another family. */
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
