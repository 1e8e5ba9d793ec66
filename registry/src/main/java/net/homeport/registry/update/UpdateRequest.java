package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;

/**
 * What a device asks for, whatever dialect it spoke.
 *
 * @param presented what it proves itself with
 * @param hosts in the order of the request
 */
public record UpdateRequest(Presented presented, RequestOrigin origin, List<HostWish> hosts) {
  /** Most host names in one request (Dyn's Remote Access API). */
  public static final int HOSTS_MAX = 20;

  public UpdateRequest {
    hosts = List.copyOf(hosts);
  }

  /** The names of its hosts, as sent. */
  public List<String> hostNames() {
    return hosts.stream().map(HostWish::hostName).toList();
  }
}
