package net.homeport.agent.address;

import java.net.InetAddress;
import java.util.List;

/**
 * What kind of address it is, after the IANA special-purpose registries (RFC 6890): whether others
 * can reach it decides whether it may stand in DNS.
 */
public enum AddressClass {
  /** Reachable from the Internet. */
  PUBLIC(Publishing.ALWAYS),
  /** RFC 1918. */
  PRIVATE(Publishing.WHEN_ALLOWED),
  /** Between a provider and its customers, 100.64.0.0/10 (RFC 6598): a sign of carrier NAT. */
  SHARED(Publishing.WHEN_ALLOWED),
  /** fc00::/7 (RFC 4193). */
  UNIQUE_LOCAL(Publishing.WHEN_ALLOWED),
  /** For examples (RFC 5737, RFC 3849, RFC 9637). */
  DOCUMENTATION(Publishing.WHEN_ALLOWED),
  /** For measurements between devices (RFC 2544, RFC 5180). */
  BENCHMARKING(Publishing.WHEN_ALLOWED),
  /** 2002::/16 (RFC 3056): reachable by some only. */
  SIX_TO_FOUR(Publishing.WHEN_ALLOWED),
  /** This very machine. */
  LOOPBACK(Publishing.NEVER),
  /** One link only (RFC 3927, RFC 4291 section 2.5.6). */
  LINK_LOCAL(Publishing.NEVER),
  /** No address at all. */
  UNSPECIFIED(Publishing.NEVER),
  /** Many machines. */
  MULTICAST(Publishing.NEVER),
  /** 2001::/32 (RFC 4380): unreachable for most. */
  TEREDO(Publishing.NEVER),
  /** An IPv4 address behind a translator (RFC 6052, RFC 8215). */
  NAT64(Publishing.NEVER),
  /** Everything set aside or not yet given out. */
  RESERVED(Publishing.NEVER);

  private enum Publishing {
    ALWAYS,
    WHEN_ALLOWED,
    NEVER
  }

  // The first block that holds the address decides, so the narrow stand before the wide.
  private static final List<Block> BLOCKS =
      List.of(
          block("0.0.0.0", 8, UNSPECIFIED),
          block("10.0.0.0", 8, PRIVATE),
          block("100.64.0.0", 10, SHARED),
          block("127.0.0.0", 8, LOOPBACK),
          block("169.254.0.0", 16, LINK_LOCAL),
          block("172.16.0.0", 12, PRIVATE),
          block("192.0.0.0", 24, RESERVED),
          block("192.0.2.0", 24, DOCUMENTATION),
          block("192.88.99.0", 24, RESERVED),
          block("192.168.0.0", 16, PRIVATE),
          block("198.18.0.0", 15, BENCHMARKING),
          block("198.51.100.0", 24, DOCUMENTATION),
          block("203.0.113.0", 24, DOCUMENTATION),
          block("224.0.0.0", 4, MULTICAST),
          block("240.0.0.0", 4, RESERVED),
          block("0.0.0.0", 0, PUBLIC),
          block("::", 128, UNSPECIFIED),
          block("::1", 128, LOOPBACK),
          block("64:ff9b::", 96, NAT64),
          block("64:ff9b:1::", 48, NAT64),
          block("2001::", 32, TEREDO),
          block("2001:2::", 48, BENCHMARKING),
          block("2001:10::", 28, RESERVED),
          block("2001:20::", 28, RESERVED),
          block("2001:db8::", 32, DOCUMENTATION),
          block("2002::", 16, SIX_TO_FOUR),
          block("3fff::", 20, DOCUMENTATION),
          block("2000::", 3, PUBLIC),
          block("fc00::", 7, UNIQUE_LOCAL),
          block("fe80::", 10, LINK_LOCAL),
          block("ff00::", 8, MULTICAST),
          block("::", 0, RESERVED));

  private final Publishing publishing;

  AddressClass(Publishing publishing) {
    this.publishing = publishing;
  }

  /** The class of {@code address}; every address has one. */
  public static AddressClass of(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Block block : BLOCKS) {
      if (block.holds(bytes)) {
        return block.kind();
      }
    }
    throw new IllegalStateException("both families end with a block that holds everything");
  }

  /**
   * Whether an address of this class may be published.
   *
   * @param allowPrivate whether the customer publishes into a zone for insiders
   */
  public boolean mayBePublished(boolean allowPrivate) {
    return switch (publishing) {
      case ALWAYS -> true;
      case WHEN_ALLOWED -> allowPrivate;
      case NEVER -> false;
    };
  }

  private static Block block(String network, int length, AddressClass kind) {
    return new Block(AddressText.parse(network).orElseThrow(), length, kind);
  }

  private record Block(InetAddress network, int length, AddressClass kind) {
    boolean holds(byte[] address) {
      byte[] prefix = network.getAddress();
      if (prefix.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < length; bit += 8) {
        int mask = length - bit >= 8 ? 0xff : 0xff << (8 - (length - bit));
        if (((prefix[bit / 8] ^ address[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
