package net.homeport.registry.update;

import java.util.Map;
import net.homeport.zone.address.AddressBlock;

/**
 * What a request wants for one host.
 *
 * @param hostName as sent
 * @param sources what its device said of networks at its site, by the names of the site's address
 *     sources, such as {@code lan}; empty for most
 * @param uplink which of its site's connections the device speaks of; empty for most
 */
public record HostWish(
    String hostName,
    AddressWish ipv4,
    AddressWish ipv6,
    Map<String, AddressBlock> sources,
    String uplink) {
  public HostWish {
    sources = Map.copyOf(sources);
  }

  public HostWish(String hostName, AddressWish ipv4, AddressWish ipv6) {
    this(hostName, ipv4, ipv6, Map.of(), "");
  }

  /** Whether it wants nothing at all. */
  public boolean isEmpty() {
    return ipv4 instanceof AddressWish.Keep
        && ipv6 instanceof AddressWish.Keep
        && sources.isEmpty();
  }
}
