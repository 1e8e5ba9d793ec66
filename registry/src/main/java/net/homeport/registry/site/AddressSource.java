package net.homeport.registry.site;

import java.time.Instant;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * An address or network that a site has from outside, by name.
 *
 * @param name such as {@code wan4}, {@code lan}, {@code guest}
 * @param reporter the host whose reports speak for it; null if only the administrator does
 * @param takes what of a report: {@code ipv4}, {@code ipv6}, or a name in {@link HostWish#sources}
 * @param prefixLength how many bits of what is reported are the network's; -1 as reported
 * @param since when it was set up like this
 */
public record AddressSource(
    String name, @Nullable Name reporter, String takes, int prefixLength, Instant since) {
  /** Takes the IPv4 address of a report. */
  public static final String IPV4 = "ipv4";

  /** Takes the IPv6 address of a report. */
  public static final String IPV6 = "ipv6";

  /** The prefix length is the one that was reported. */
  public static final int AS_REPORTED = -1;

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  public AddressSource {
    HostPlanText.sourceName(name);
    HostPlanText.sourceName(takes);
    int most = takes.equals(IPV4) ? IPV4_BITS : IPV6_BITS;
    if (prefixLength < AS_REPORTED || prefixLength > most) {
      throw new IllegalArgumentException(
          "the prefix length %d is not within 0..%d".formatted(prefixLength, most));
    }
  }

  /** What a source of this name takes unless told otherwise: {@code wan4} takes the address. */
  public static String usualInput(String name) {
    return switch (name) {
      case "wan4" -> IPV4;
      case "wan6" -> IPV6;
      default -> name;
    };
  }

  /** Whether that very host speaks for it, and not one of its name that is gone. */
  boolean isReportedBy(Host host) {
    return host.name().equals(reporter) && !host.createdAt().isAfter(since);
  }

  /** The same, set up before any host that could speak for it. */
  AddressSource muted() {
    return new AddressSource(name, reporter, takes, prefixLength, Instant.EPOCH);
  }

  /** What a report says of it. */
  SourceReport of(HostWish wish) {
    return switch (takes) {
      case IPV4 -> of(wish.ipv4());
      case IPV6 -> of(wish.ipv6());
      default -> {
        AddressBlock named = wish.sources().get(takes);
        yield named == null ? SourceReport.SILENT : new SourceReport.Is(cut(named));
      }
    };
  }

  private SourceReport of(AddressWish wish) {
    return switch (wish) {
      case AddressWish.Keep _ -> SourceReport.SILENT;
      case AddressWish.Withdraw _ -> SourceReport.GONE;
      case AddressWish.Publish publish ->
          new SourceReport.Is(cut(AddressBlock.of(publish.addresses().getFirst())));
      case AddressWish.Renumber renumber -> new SourceReport.Is(cut(renumber.network()));
    };
  }

  /** The network of it that this source is, without bits behind the prefix. */
  AddressBlock cut(AddressBlock reported) {
    int bits = reported.isIpv4() ? IPV4_BITS : IPV6_BITS;
    int length = prefixLength < 0 ? reported.prefixLength() : Math.min(prefixLength, bits);
    AddressBlock whole = new AddressBlock(reported.high(), reported.low(), IPV6_BITS);
    AddressBlock network = AddressBlock.of(whole.network(), length);
    return AddressBlock.of(network.network(), length);
  }
}
