package net.homeport.registry.truth;

import java.net.InetAddress;
import java.util.Locale;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/** What kind of address it is, by the IANA special-purpose registries (RFC 6890). */
public enum AddressClass {
  /** Reachable from the whole Internet, as far as its number tells. */
  PUBLIC("public"),
  /** Of a private network (RFC 1918). */
  PRIVATE("private, RFC 1918"),
  /** Shared by the customers of a provider: carrier-grade NAT (RFC 6598). */
  CGNAT("carrier-grade NAT, RFC 6598"),
  /** The machine itself. */
  LOOPBACK("loopback"),
  /** Of one link only (RFC 3927, RFC 4291). */
  LINK_LOCAL("link-local"),
  /** Of a private network (RFC 4193). */
  UNIQUE_LOCAL("unique local, RFC 4193"),
  /** Of a private network, deprecated (RFC 3879). */
  SITE_LOCAL("site-local, deprecated by RFC 3879"),
  /** For examples in texts (RFC 5737, RFC 3849, RFC 9637). */
  DOCUMENTATION("documentation"),
  /** For measurements in laboratories (RFC 2544, RFC 5180). */
  BENCHMARKING("benchmarking"),
  /** For many at once. */
  MULTICAST("multicast"),
  /** IPv6 through a NAT by a relay (RFC 4380); relays are gone. */
  TEREDO("Teredo, RFC 4380"),
  /** IPv6 in IPv4 by a relay (RFC 3056); the anycast relays were deprecated by RFC 7526. */
  SIX_TO_FOUR("6to4, RFC 3056"),
  /** An IPv4 address as a translator shows it (RFC 6052, RFC 8215). */
  NAT64("NAT64, RFC 6052"),
  /** An IPv4 address in the form of IPv6 (RFC 4291 2.5.5.2). */
  IPV4_MAPPED("IPv4-mapped"),
  /** Given to nobody, or to a purpose that is no host's. */
  RESERVED("reserved");

  private final String words;

  AddressClass(String words) {
    this.words = words;
  }

  /** For a person. */
  public String words() {
    return words;
  }

  /** As flags and the API name it: {@code cgnat}, {@code unique-local}. */
  public String text() {
    return this == SIX_TO_FOUR ? "6to4" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class of this name, or null. */
  public static @Nullable AddressClass parse(String text) {
    for (AddressClass one : values()) {
      if (one.text().equalsIgnoreCase(text.strip())) {
        return one;
      }
    }
    return null;
  }

  private record Entry(AddressBlock block, AddressClass kind) {
    Entry(String block, AddressClass kind) {
      this(AddressBlock.parse(block), kind);
    }
  }

  /** The first that contains an address decides: exceptions stand before what they are in. */
  private static final Entry[] TABLE = {
    new Entry("0.0.0.0/8", RESERVED), // "this network", RFC 791
    new Entry("10.0.0.0/8", PRIVATE),
    new Entry("100.64.0.0/10", CGNAT),
    new Entry("127.0.0.0/8", LOOPBACK),
    new Entry("169.254.0.0/16", LINK_LOCAL),
    new Entry("172.16.0.0/12", PRIVATE),
    new Entry("192.0.0.9/32", PUBLIC), // Port Control Protocol anycast, RFC 7723
    new Entry("192.0.0.10/32", PUBLIC), // TURN anycast, RFC 8155
    new Entry("192.0.0.0/24", RESERVED), // IETF protocol assignments, RFC 6890; DS-Lite RFC 7335
    new Entry("192.0.2.0/24", DOCUMENTATION),
    new Entry("192.88.99.0/24", RESERVED), // 6to4 relay anycast, deprecated by RFC 7526
    new Entry("192.168.0.0/16", PRIVATE),
    new Entry("198.18.0.0/15", BENCHMARKING),
    new Entry("198.51.100.0/24", DOCUMENTATION),
    new Entry("203.0.113.0/24", DOCUMENTATION),
    new Entry("224.0.0.0/4", MULTICAST),
    new Entry("240.0.0.0/4", RESERVED), // RFC 1112; the last is limited broadcast, RFC 8190
    new Entry("0.0.0.0/0", PUBLIC),
    new Entry("::1/128", LOOPBACK),
    new Entry("64:ff9b::/96", NAT64),
    new Entry("64:ff9b:1::/48", NAT64), // local-use, RFC 8215
    new Entry("2001::/32", TEREDO),
    new Entry("2001:1::1/128", PUBLIC), // Port Control Protocol anycast, RFC 7723
    new Entry("2001:1::2/128", PUBLIC), // TURN anycast, RFC 8155
    new Entry("2001:2::/48", BENCHMARKING),
    new Entry("2001:3::/32", PUBLIC), // AMT, RFC 7450
    new Entry("2001:4:112::/48", PUBLIC), // AS112, RFC 7535
    new Entry("2001::/23", RESERVED), // the other IETF protocol assignments; ORCHID, DRIP
    new Entry("2001:db8::/32", DOCUMENTATION),
    new Entry("2002::/16", SIX_TO_FOUR),
    new Entry("3fff::/20", DOCUMENTATION), // RFC 9637
    new Entry("2000::/3", PUBLIC),
    new Entry("fc00::/7", UNIQUE_LOCAL),
    new Entry("fe80::/10", LINK_LOCAL),
    new Entry("fec0::/10", SITE_LOCAL),
    new Entry("ff00::/8", MULTICAST),
  };

  /** The class of an address. */
  public static AddressClass of(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 16 && isMapped(octets)) {
      return IPV4_MAPPED;
    }
    for (Entry entry : TABLE) {
      if (entry.block.contains(address)) {
        return entry.kind;
      }
    }
    return RESERVED; // beyond 2000::/3 nothing is given out; ::/128, 100::/64, 5f00::/16 too
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < 10; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[10] == -1 && octets[11] == -1;
  }
}
