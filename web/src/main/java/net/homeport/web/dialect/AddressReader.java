package net.homeport.web.dialect;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses as devices write them: one of a family at most, a network, {@code auto}, {@code
 * preserve}, or a placeholder that the device did not replace, which counts as nothing sent. For
 * one request on one thread.
 */
public final class AddressReader {
  /** Whose addresses a parameter may hold. */
  public enum Family {
    /** IPv4. */
    IPV4,
    /** IPv6. */
    IPV6,
    /** Whichever the text is of. */
    ANY
  }

  private final InetAddress source;
  private final Map<String, AddressBlock> networks = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Part ipv4 = new Part();
  private final Part ipv6 = new Part();
  private boolean unusable;

  /** What was said of one family. */
  private static final class Part {
    AddressWish wish = AddressWish.KEEP;
    String spelling = "";
    boolean said;

    /** Says it; whether nothing else was said before. */
    boolean say(AddressWish next, String text) {
      if (said && !wish.equals(next)) {
        return false;
      }
      said = true;
      wish = next;
      spelling = text;
      return true;
    }
  }

  /**
   * @param source the client's address: what {@code auto} means
   */
  public AddressReader(InetAddress source) {
    this.source = source;
  }

  /** Takes all of these. */
  public AddressReader addresses(List<String> texts, Family family) {
    texts.forEach(text -> address(text, family));
    return this;
  }

  /** Takes one address, network or word; what is empty is not there. */
  public AddressReader address(String text, Family family) {
    if (isAbsent(text)) {
      return this;
    }
    boolean taken =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "preserve" -> keep(family);
          case "auto" -> ownAddress(family);
          default -> text.contains("/") ? network(text) : address(AddressText.parse(text), text);
        };
    if (!taken) {
      unusable = true;
      notes.add("'%s' cannot be used as an address here".formatted(text));
    }
    return this;
  }

  private boolean isAbsent(String text) {
    if (HostNameText.isPlaceholder(text)) {
      notes.add(
          "the device did not replace the placeholder %s: it counts as nothing sent"
              .formatted(text));
      return true;
    }
    return text.isEmpty();
  }

  private boolean keep(Family family) {
    boolean taken = true;
    if (family != Family.IPV6) {
      taken = ipv4.say(AddressWish.KEEP, "");
    }
    if (family != Family.IPV4) {
      taken &= ipv6.say(AddressWish.KEEP, "");
    }
    return taken;
  }

  private boolean ownAddress(Family family) {
    boolean isIpv4 = source instanceof Inet4Address;
    boolean wanted = family == Family.ANY || (family == Family.IPV4) == isIpv4;
    if (!wanted) {
      notes.add("'auto' for the family that the request did not come by: it stays as it is");
      return keep(family);
    }
    return address(source, AddressText.of(source));
  }

  private boolean address(@Nullable InetAddress address, String text) {
    return address != null && part(address).say(new AddressWish.Publish(address), text);
  }

  private Part part(InetAddress address) {
    return address instanceof Inet4Address ? ipv4 : ipv6;
  }

  /** An address with the length of its prefix is that address; a network alone renumbers hosts. */
  private boolean network(String text) {
    InetAddress address = AddressText.parse(text.substring(0, text.indexOf('/')));
    AddressBlock network = block(text);
    if (address == null || network == null) {
      return false;
    }
    boolean isAddress =
        !network.network().equals(address)
            || network.prefixLength() == address.getAddress().length * Byte.SIZE;
    return isAddress
        ? address(address, text)
        : part(address).say(new AddressWish.Renumber(network), text);
  }

  private static @Nullable AddressBlock block(String text) {
    try {
      return AddressBlock.parse(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Takes a family's addresses out of DNS. */
  public AddressReader withdraw(Family family) {
    boolean taken = true;
    if (family != Family.IPV6) {
      taken = ipv4.say(AddressWish.WITHDRAW, "");
    }
    if (family != Family.IPV4) {
      taken &= ipv6.say(AddressWish.WITHDRAW, "");
    }
    unusable |= !taken;
    return this;
  }

  /**
   * Takes a network at the device's site, such as what a FRITZ!Box has for {@code <ip6lanprefix>}.
   *
   * @param name of the site's address source
   */
  public AddressReader siteNetwork(String name, String text) {
    if (isAbsent(text)) {
      return this;
    }
    AddressBlock network = block(text);
    if (network == null) {
      unusable = true;
      notes.add("'%s' is not a network such as 2001:db8:1:2::/64".formatted(text));
    } else {
      networks.put(name, network);
    }
    return this;
  }

  /**
   * Refuses the request as a whole.
   *
   * @param why for a person who looks for the fault
   */
  public void refuse(String why) {
    unusable = true;
    notes.add(why);
  }

  /** Whether nothing was said of any address or network. */
  public boolean isSilent() {
    return !ipv4.said && !ipv6.said && !unusable && networks.isEmpty();
  }

  /** The client's own address, if nothing was said. */
  public AddressReader orSource() {
    if (isSilent()) {
      boolean _ = address(source, AddressText.of(source));
    }
    return this;
  }

  /** All that was said. */
  public AddressWords words() {
    String both =
        ipv4.spelling.isEmpty() || ipv6.spelling.isEmpty()
            ? ipv4.spelling + ipv6.spelling
            : ipv4.spelling + "," + ipv6.spelling;
    return new AddressWords(
        ipv4.wish, ipv6.wish, networks, unusable ? Reason.UNUSABLE_ADDRESS : null, both, notes);
  }
}
