package net.homeport.registry.update;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;

/**
 * A change of a host that was asked for by a credential that may, before it is made.
 *
 * @param host whose addresses shall change
 * @param asked the host that was asked for; another one when the change follows from it
 * @param planned what shall be, of this host
 * @param differing those of them that differ from what is; none when the request is a sign of life
 *     only
 */
public record ProposedChange(
    Credential credential,
    RequestOrigin origin,
    Host host,
    Host asked,
    HostWish wish,
    List<PlannedRrset> planned,
    List<PlannedRrset> differing) {
  public ProposedChange {
    planned = List.copyOf(planned);
    differing = List.copyOf(differing);
  }

  /** Whether anything would change. */
  public boolean changes() {
    return !differing.isEmpty();
  }

  /** All addresses that shall be published. */
  public List<InetAddress> addresses() {
    var addresses = new ArrayList<InetAddress>();
    planned.forEach(rrset -> addresses.addAll(rrset.addresses()));
    return addresses;
  }
}
