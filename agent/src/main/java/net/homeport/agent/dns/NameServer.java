package net.homeport.agent.dns;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One authoritative server, which may have several addresses; an answer from any of them is its
 * answer.
 *
 * @param name for people
 * @param addresses at least one
 */
public record NameServer(String name, List<InetSocketAddress> addresses) {
  public NameServer {
    addresses = List.copyOf(addresses);
  }

  /** A server known by its address only. */
  public static NameServer at(InetSocketAddress address) {
    return new NameServer(address.getHostString() + ":" + address.getPort(), List.of(address));
  }
}
