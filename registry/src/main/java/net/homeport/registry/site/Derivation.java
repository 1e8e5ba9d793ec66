package net.homeport.registry.site;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/** What a plan makes of the present value of its source. */
public sealed interface Derivation {
  /** This address. */
  record Derived(InetAddress address) implements Derivation {}

  /**
   * None: the plan does not fit the value.
   *
   * @param why in words for a person
   */
  record Misfit(String why) implements Derivation {}

  /** Bits of an IPv6 address before the interface identifier (RFC 4291 2.5.4). */
  int SUBNET_PREFIX_BITS = 64;

  /**
   * Derives the address.
   *
   * @param plan one that follows a source
   * @param value what the source is now
   * @param isIpv4 of which family the address shall be
   */
  static Derivation of(HostPlan plan, AddressBlock value, boolean isIpv4) {
    if (value.isIpv4() != isIpv4) {
      return new Misfit(
          "%s is %s, which is not of IPv%d".formatted(plan.followed(), value, isIpv4 ? 4 : 6));
    }
    return switch (plan) {
      case HostPlan.Reported _ -> new Misfit("it follows its own reports");
      case HostPlan.Literal _ -> new Misfit("it follows no source");
      case HostPlan.Source source ->
          value.bits() == AddressBlock.of(value.network()).bits()
              ? new Derived(value.network())
              : new Misfit(
                  "%s is the network %s, not an address; say %s+SUFFIX"
                      .formatted(source.source(), value, source.source()));
      case HostPlan.PrefixSuffix within -> suffix(within, value, isIpv4);
      case HostPlan.PrefixMac within ->
          subnet(within.source(), value, within.subnetNumber(), within.mac().interfaceIdentifier());
      case HostPlan.PrefixSubnet within -> {
        AddressBlock suffix = AddressBlock.of(within.suffix());
        yield suffix.isIpv4() || suffix.high() != 0
            ? overlap(within.suffix(), "the first 64 bits, which the subnet decides")
            : subnet(within.source(), value, within.subnetNumber(), suffix.low());
      }
    };
  }

  private static Derivation suffix(
      HostPlan.PrefixSuffix within, AddressBlock value, boolean isIpv4) {
    InetAddress suffix = within.suffix();
    if (suffix instanceof Inet6Address == isIpv4) {
      return new Misfit(
          "the suffix %s is not of IPv%d".formatted(AddressText.of(suffix), isIpv4 ? 4 : 6));
    }
    // The bits of the suffix where the prefix decides: there must be none.
    return AddressBlock.of(suffix, value.prefixLength()).network().isAnyLocalAddress()
        ? new Derived(value.withHostBitsOf(suffix))
        : overlap(suffix, "the prefix of %s, %s".formatted(within.source(), value));
  }

  private static Misfit overlap(InetAddress suffix, String what) {
    return new Misfit("the suffix %s overlaps %s".formatted(AddressText.of(suffix), what));
  }

  private static Derivation subnet(String source, AddressBlock value, long number, long low) {
    if (value.isIpv4() || value.bits() > SUBNET_PREFIX_BITS) {
      return new Misfit(
          "%s is %s, which has no room for a subnet of /%d"
              .formatted(source, value, SUBNET_PREFIX_BITS));
    }
    int bits = SUBNET_PREFIX_BITS - value.bits();
    String obstacle = tooLarge(source, value, number, bits);
    if (obstacle != null) {
      return new Misfit(obstacle);
    }
    long high = AddressBlock.of(value.network()).high() | number;
    byte[] octets = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    return new Derived(AddressText.ofOctets(octets));
  }

  private static @Nullable String tooLarge(
      String source, AddressBlock value, long number, int bits) {
    if (bits == 0) {
      return number == 0
          ? null
          : "subnet number %d does not fit: %s is %s, a single subnet"
              .formatted(number, source, value);
    }
    return number >>> Math.min(bits, Long.SIZE - 1) == 0
        ? null
        : "subnet number %d does not fit: %s is %s, with %d bits for it (0 to %d)"
            .formatted(number, source, value, bits, (1L << Math.min(bits, Long.SIZE - 2)) - 1);
  }
}
