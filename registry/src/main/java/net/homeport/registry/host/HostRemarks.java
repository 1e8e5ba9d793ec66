package net.homeport.registry.host;

import java.net.InetAddress;
import java.util.List;

/** What is to be said of a host's published addresses. Thread safe; touches no disk. */
@FunctionalInterface
public interface HostRemarks {
  /** In words for a person; empty if all is well. */
  List<String> of(Host host, List<InetAddress> published);
}
