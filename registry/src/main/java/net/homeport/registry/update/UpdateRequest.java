package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.UpdateOutcome.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a device asks for, whatever dialect it spoke.
 *
 * @param presented what it proves itself with
 * @param hosts in the order of the request
 * @param flaw what is wrong with the request as a whole, found when it was read; told only to those
 *     who prove themselves; null if nothing is
 */
public record UpdateRequest(
    Presented presented, RequestOrigin origin, List<HostWish> hosts, @Nullable Reason flaw) {
  /** Most host names in one request (Dyn's Remote Access API). */
  public static final int HOSTS_MAX = 20;

  public UpdateRequest {
    hosts = List.copyOf(hosts);
  }

  /** One that could be read. */
  public UpdateRequest(Presented presented, RequestOrigin origin, List<HostWish> hosts) {
    this(presented, origin, hosts, null);
  }

  /** The names of its hosts, as sent. */
  public List<String> hostNames() {
    return hosts.stream().map(HostWish::hostName).toList();
  }
}
