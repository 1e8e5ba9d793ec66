package net.homeport.registry.update;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;

/**
 * What a request wants for one host.
 *
 * @param hostName as sent
 * @param sources what its device said of networks at its site, by the names of the site's address
 *     sources, such as {@code lan}; empty for most
 * @param uplink which of its site's connections the device speaks of; empty for most
 * @param inShort whether the name may be short of its zone, as DuckDNS has it, or empty for the one
 *     host that the credential is named after
 */
public record HostWish(
    String hostName,
    AddressWish ipv4,
    AddressWish ipv6,
    Map<String, AddressBlock> sources,
    String uplink,
    boolean inShort) {
  public HostWish {
    sources = Map.copyOf(sources);
  }

  /** With its full name. */
  public HostWish(
      String hostName,
      AddressWish ipv4,
      AddressWish ipv6,
      Map<String, AddressBlock> sources,
      String uplink) {
    this(hostName, ipv4, ipv6, sources, uplink, false);
  }

  public HostWish(String hostName, AddressWish ipv4, AddressWish ipv6) {
    this(hostName, ipv4, ipv6, Map.of(), "");
  }

  /** The same of a host whose name may be short. */
  public HostWish named(String shortName) {
    return new HostWish(shortName, ipv4, ipv6, sources, uplink, true);
  }

  /**
   * The same, said of this connection.
   *
   * @param connection empty if it does not say of which
   */
  public HostWish over(String connection) {
    return new HostWish(hostName, ipv4, ipv6, sources, connection, inShort);
  }

  /** The same of the host of this full name. */
  public HostWish about(String fullName) {
    return new HostWish(fullName, ipv4, ipv6, sources, uplink, false);
  }

  /** This, and of the families and networks of which it says nothing what another one wants. */
  public HostWish orElse(HostWish other) {
    Map<String, AddressBlock> all = new HashMap<>(other.sources);
    all.putAll(sources);
    return new HostWish(
        hostName,
        ipv4 instanceof AddressWish.Keep ? other.ipv4 : ipv4,
        ipv6 instanceof AddressWish.Keep ? other.ipv6 : ipv6,
        all,
        uplink,
        inShort);
  }

  /** Without the families and networks of which another one says something. */
  public HostWish without(HostWish other) {
    Map<String, AddressBlock> left = new HashMap<>(sources);
    left.keySet().removeAll(other.sources.keySet());
    return new HostWish(
        hostName,
        other.ipv4 instanceof AddressWish.Keep ? ipv4 : AddressWish.KEEP,
        other.ipv6 instanceof AddressWish.Keep ? ipv6 : AddressWish.KEEP,
        left,
        uplink,
        inShort);
  }

  /** The addresses it wants, in words: {@code A 192.0.2.1, no AAAA}; empty if none. */
  public String words() {
    var words = new StringJoiner(", ");
    say(words, "A ", ipv4);
    say(words, "AAAA ", ipv6);
    return words.toString();
  }

  private static void say(StringJoiner words, String type, AddressWish wish) {
    switch (wish) {
      case AddressWish.Keep _ -> {}
      case AddressWish.Withdraw _ -> words.add("no " + type.strip());
      case AddressWish.Publish publish ->
          publish.addresses().forEach(address -> words.add(type + AddressText.of(address)));
      case AddressWish.Renumber renumber -> words.add(type + "within " + renumber.network());
    }
  }

  /** Whether it wants nothing at all: a sign of life. */
  public boolean isEmpty() {
    return ipv4 instanceof AddressWish.Keep
        && ipv6 instanceof AddressWish.Keep
        && sources.isEmpty();
  }
}
