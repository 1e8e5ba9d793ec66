package net.homeport.registry.site;

import java.net.InetAddress;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/**
 * Where the address of a host comes from, of one family. Its text, as {@link HostPlanText} reads
 * it, is what {@code toString} writes.
 */
public sealed interface HostPlan {
  /** From the host's own reports: as it is without a site. */
  HostPlan REPORTED = new Reported();

  /** The address source it follows from; null if from none. */
  @Nullable String followed();

  /** From the host's own reports. */
  record Reported() implements HostPlan {
    @Override
    public @Nullable String followed() {
      return null;
    }

    @Override
    public String toString() {
      return "reported";
    }
  }

  /** Always this one. */
  record Literal(InetAddress address) implements HostPlan {
    @Override
    public @Nullable String followed() {
      return null;
    }

    @Override
    public String toString() {
      return AddressText.of(address);
    }
  }

  /** What the source is: many hosts behind one address. */
  record Source(String source) implements HostPlan {
    @Override
    public String followed() {
      return source;
    }

    @Override
    public String toString() {
      return source;
    }
  }

  /**
   * The prefix of the source, then these bits.
   *
   * @param suffix zero in all bits of the prefix
   */
  record PrefixSuffix(String source, InetAddress suffix) implements HostPlan {
    @Override
    public String followed() {
      return source;
    }

    @Override
    public String toString() {
      return source + "+" + AddressText.of(suffix);
    }
  }

  /**
   * The prefix of the source, a subnet of it, then what the interface makes of its MAC address (RFC
   * 4291 appendix A).
   *
   * @param subnetNumber which /64 of the prefix, from 0
   */
  record PrefixMac(String source, long subnetNumber, MacAddress mac) implements HostPlan {
    @Override
    public String followed() {
      return source;
    }

    @Override
    public String toString() {
      return (subnetNumber == 0 ? source : source + "/" + subnetNumber) + "+mac:" + mac;
    }
  }

  /**
   * The prefix of the source, a subnet of it, then these bits.
   *
   * @param subnetNumber which /64 of the prefix, from 0
   * @param suffix of IPv6, zero in its first 64 bits
   */
  record PrefixSubnet(String source, long subnetNumber, InetAddress suffix) implements HostPlan {
    @Override
    public String followed() {
      return source;
    }

    @Override
    public String toString() {
      return source + "/" + subnetNumber + "+" + AddressText.of(suffix);
    }
  }
}
