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
 * @param together whether all hosts change or none (deSEC); they must be of one zone then
 */
public record UpdateRequest(
    Presented presented,
    RequestOrigin origin,
    List<HostWish> hosts,
    @Nullable Reason flaw,
    boolean together) {
  /** Most host names in one request (Dyn's Remote Access API). */
  public static final int HOSTS_MAX = 20;

  public UpdateRequest {
    hosts = List.copyOf(hosts);
  }

  /** Most hosts of the groups that one request names (No-IP). */
  public static final int GROUP_HOSTS_MAX = 100;

  /** One that could be read. */
  public UpdateRequest(Presented presented, RequestOrigin origin, List<HostWish> hosts) {
    this(presented, origin, hosts, null, false);
  }

  /** One of hosts each of which stands for itself. */
  public UpdateRequest(
      Presented presented, RequestOrigin origin, List<HostWish> hosts, @Nullable Reason flaw) {
    this(presented, origin, hosts, flaw, false);
  }

  /** The same for these hosts. */
  UpdateRequest of(List<HostWish> others) {
    return new UpdateRequest(presented, origin, others, flaw, together);
  }

  /** The names of its hosts, as sent. */
  public List<String> hostNames() {
    return hosts.stream().map(HostWish::hostName).toList();
  }
}
