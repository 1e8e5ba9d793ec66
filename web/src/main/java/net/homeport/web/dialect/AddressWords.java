package net.homeport.web.dialect;

import java.util.List;
import java.util.Map;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of addresses.
 *
 * @param sources networks at its site, by their names
 * @param flaw why they cannot be used; null if they can
 * @param spelling the addresses as the client wrote them, IPv4 first
 * @param notes what a person who looks for the fault should know
 */
public record AddressWords(
    AddressWish ipv4,
    AddressWish ipv6,
    Map<String, AddressBlock> sources,
    UpdateOutcome.@Nullable Reason flaw,
    String spelling,
    List<String> notes) {
  public AddressWords {
    sources = Map.copyOf(sources);
    notes = List.copyOf(notes);
  }

  /** What it wants of the host of this full name. */
  public HostWish wish(String hostName) {
    return new HostWish(HostNameText.ascii(hostName), ipv4, ipv6, sources, "");
  }

  /** What it wants of the host of this name, which may be short, or empty. */
  public HostWish wishInShort(String hostName) {
    return wish(hostName).named(HostNameText.ascii(hostName));
  }
}
