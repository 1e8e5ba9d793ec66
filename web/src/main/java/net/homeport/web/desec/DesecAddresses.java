package net.homeport.web.desec;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.homeport.registry.update.AddressWish;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.HostNameText;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/**
 * What a request in deSEC's dialect says of the addresses of one family: the first parameter that
 * holds something of that family, is empty, or says {@code preserve}; else the address that the
 * request came from; else none.
 */
final class DesecAddresses {
  private static final String PRESERVE = "preserve";

  /** One family. */
  enum Family {
    IPV4('.', "myipv4"),
    IPV6(':', "myipv6");

    /** What tells its addresses from the other's. */
    final char separator;

    /** The parameter that, with a colon and a name behind it, is about one host. */
    final String ofHost;

    Family(char separator, String ofHost) {
      this.separator = separator;
      this.ofHost = ofHost;
    }

    /** The parameters that may tell of it, the first one first. */
    List<String> parameters() {
      return switch (this) {
        case IPV4 -> List.of("myip", "myipv4", "ip");
        case IPV6 -> List.of("myipv6", "ipv6", "myip", "ip");
      };
    }

    boolean has(InetAddress address) {
      return address instanceof Inet4Address == (this == IPV4);
    }
  }

  /**
   * What is wanted, and how it was written.
   *
   * @param wish null if it makes no sense
   */
  record Said(@Nullable AddressWish wish, String spelling) {}

  private DesecAddresses() {}

  /** What is said to all hosts. */
  static Said of(DoorRequest request, Family family) {
    for (String parameter : family.parameters()) {
      if (request.has(parameter)) {
        Said said = of(String.join(",", request.parameters().getValuesOrEmpty(parameter)), family);
        if (said != null) {
          return said;
        }
      }
    }
    InetAddress source = request.source();
    return family.has(source)
        ? new Said(new AddressWish.Publish(source), AddressText.of(source))
        : new Said(AddressWish.WITHDRAW, "");
  }

  /** What this text says; null if nothing in it is about this family. */
  static @Nullable Said of(String text, Family family) {
    List<String> items =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(item ->
                item.isEmpty()
                    || item.equals(PRESERVE)
                    || HostNameText.isPlaceholder(item)
                    || item.indexOf(family.separator) >= 0)
            .toList();
    if (items.isEmpty()) {
      return null;
    }
    String first = items.getFirst();
    if (items.size() == 1) {
      if (first.isEmpty()) {
        return new Said(AddressWish.WITHDRAW, "");
      }
      // A placeholder is no wish to have it deleted.
      if (first.equals(PRESERVE) || HostNameText.isPlaceholder(first)) {
        return new Said(AddressWish.KEEP, "");
      }
      if (first.contains("/")) {
        return new Said(network(first, family), first);
      }
    }
    return new Said(addresses(items, family), String.join(",", items));
  }

  private static @Nullable AddressWish network(String text, Family family) {
    try {
      AddressBlock network = AddressBlock.parse(text);
      return network.isIpv4() == (family == Family.IPV4) ? new AddressWish.Renumber(network) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable AddressWish addresses(List<String> items, Family family) {
    var addresses = new ArrayList<InetAddress>();
    for (String item : items) {
      InetAddress address = AddressText.parse(item.toLowerCase(Locale.ROOT));
      if (address == null || !family.has(address)) {
        return null;
      }
      if (!addresses.contains(address)) {
        addresses.add(address);
      }
    }
    return addresses.size() > AddressWish.ADDRESSES_MAX ? null : new AddressWish.Publish(addresses);
  }
}
