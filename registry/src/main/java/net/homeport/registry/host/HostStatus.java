package net.homeport.registry.host;

import java.net.InetAddress;
import java.util.List;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * A host and what is true of it now.
 *
 * @param username user name of the credential that may change it
 * @param addresses what DNS answers for it, IPv4 first; empty before its first update
 * @param lastChange who last changed it, and when; null before its first update
 * @param remarks what is to be said of its addresses, in words for a person; empty if all is well
 */
public record HostStatus(
    Host host,
    String username,
    List<InetAddress> addresses,
    @Nullable Attribution lastChange,
    List<String> remarks) {
  public HostStatus {
    addresses = List.copyOf(addresses);
    remarks = List.copyOf(remarks);
  }
}
