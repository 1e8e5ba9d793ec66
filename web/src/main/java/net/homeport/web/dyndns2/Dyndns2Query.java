package net.homeport.web.dyndns2;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an update, as devices send them.
 *
 * @param hostNames in order, empty ones dropped
 * @param ipv4 null when not given
 * @param ipv6 null when not given
 * @param spelling the addresses as the client wrote them, IPv4 first, for the answer
 * @param unusable whether something was given as an address that is none
 */
record Dyndns2Query(
    List<String> hostNames,
    @Nullable Inet4Address ipv4,
    @Nullable Inet6Address ipv6,
    String spelling,
    boolean unusable) {
  private static final List<String> HOST_PARAMETERS =
      List.of("hostname", "host_id", "domain", "host");
  private static final List<String> ADDRESS_PARAMETERS =
      List.of("myip", "ip", "ipv4", "myipv4", "ipv6", "myipv6", "ip6", "myip6");

  /** Placeholders that a device failed to replace: as good as nothing sent. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("%[a-z]|<[a-z0-9]+>|__[A-Z]+__|\\[[A-Z]+]");

  /** Reads the parameters; {@code wildcard}, {@code mx} and other historic ones are ignored. */
  static Dyndns2Query of(Fields parameters) {
    List<String> hostNames = values(parameters, HOST_PARAMETERS);
    Inet4Address ipv4 = null;
    Inet6Address ipv6 = null;
    String ipv4Text = null;
    String ipv6Text = null;
    boolean unusable = false;
    for (String text : values(parameters, ADDRESS_PARAMETERS)) {
      InetAddress parsed = AddressText.parse(text);
      if (parsed instanceof Inet4Address address && (ipv4 == null || ipv4.equals(address))) {
        ipv4 = address;
        ipv4Text = text;
      } else if (parsed instanceof Inet6Address address && (ipv6 == null || ipv6.equals(address))) {
        ipv6 = address;
        ipv6Text = text;
      } else {
        unusable = true;
      }
    }
    String spelling = ipv4Text == null ? "" : ipv4Text;
    if (ipv6Text != null) {
      spelling = spelling.isEmpty() ? ipv6Text : spelling + "," + ipv6Text;
    }
    return new Dyndns2Query(hostNames, ipv4, ipv6, spelling, unusable);
  }

  private static List<String> values(Fields parameters, List<String> names) {
    var values = new ArrayList<String>();
    for (String name : names) {
      for (String list : parameters.getValuesOrEmpty(name)) {
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(value -> !value.isEmpty() && !PLACEHOLDER.matcher(value).matches())
            .forEach(values::add);
      }
    }
    return values;
  }

  /** What it wants of each of its hosts; nothing at all if an address in it is none. */
  List<HostWish> wishes() {
    AddressWish v4 = wish(ipv4);
    AddressWish v6 = wish(ipv6);
    return hostNames.stream().map(name -> new HostWish(name, v4, v6)).toList();
  }

  private AddressWish wish(@Nullable InetAddress address) {
    return unusable || address == null ? AddressWish.KEEP : new AddressWish.Publish(address);
  }

  /** This query with the client's own address where none was given. */
  Dyndns2Query orSource(InetAddress source) {
    if (ipv4 != null || ipv6 != null || unusable) {
      return this;
    }
    String text = AddressText.of(source);
    return source instanceof Inet6Address address
        ? new Dyndns2Query(hostNames, null, address, text, false)
        : new Dyndns2Query(hostNames, (Inet4Address) source, null, text, false);
  }
}
