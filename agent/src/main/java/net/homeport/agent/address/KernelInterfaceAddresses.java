package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.homeport.agent.netlink.RouteMessage;
import net.homeport.agent.netlink.RouteQueries;

/** Linux: addresses by a netlink dump, which knows what state each address is in. */
final class KernelInterfaceAddresses implements InterfaceAddresses {
  // Any far destination shows which way the Internet lies; no packet is sent. These belong to
  // a.root-servers.net, whose addresses change once in decades.
  private static final InetAddress FAR_IPV4 = AddressText.parse("198.41.0.4").orElseThrow();
  private static final InetAddress FAR_IPV6 =
      AddressText.parse("2001:503:ba3e::2:30").orElseThrow();

  @Override
  public List<CandidateAddress> read() throws IOException {
    OptionalInt outIpv4 = RouteQueries.interfaceTowards(FAR_IPV4);
    OptionalInt outIpv6 = RouteQueries.interfaceTowards(FAR_IPV6);
    var names = new HashMap<Integer, String>();
    var candidates = new ArrayList<CandidateAddress>();
    for (RouteMessage.Address entry : RouteQueries.addresses()) {
      String name = name(entry.interfaceIndex(), names);
      if (!name.isEmpty()) {
        boolean ipv4 = AddressFamily.of(entry.address()) == AddressFamily.IPV4;
        OptionalInt out = ipv4 ? outIpv4 : outIpv6;
        candidates.add(
            new CandidateAddress(
                name,
                entry.address(),
                flags(entry, ipv4),
                out.isPresent() && out.getAsInt() == entry.interfaceIndex(),
                entry.createdTicks()));
      }
    }
    return List.copyOf(candidates);
  }

  /** The interface's name; empty when it vanished since its address was read. */
  private static String name(int index, Map<Integer, String> names) throws IOException {
    String known = names.get(index);
    if (known == null) {
      known = RouteQueries.interfaceName(index).orElse("");
      names.put(index, known);
    }
    return known;
  }

  private static Set<CandidateAddress.Flag> flags(RouteMessage.Address entry, boolean ipv4) {
    Set<CandidateAddress.Flag> flags = EnumSet.noneOf(CandidateAddress.Flag.class);
    if (entry.has(RouteMessage.TENTATIVE)) {
      flags.add(CandidateAddress.Flag.TENTATIVE);
    }
    if (entry.has(RouteMessage.DUPLICATE)) {
      flags.add(CandidateAddress.Flag.DUPLICATE);
    }
    if (entry.has(RouteMessage.DEPRECATED)) {
      flags.add(CandidateAddress.Flag.DEPRECATED);
    }
    if (entry.has(RouteMessage.TEMPORARY_OR_SECONDARY)) {
      flags.add(ipv4 ? CandidateAddress.Flag.SECONDARY : CandidateAddress.Flag.TEMPORARY);
    }
    return flags;
  }
}
