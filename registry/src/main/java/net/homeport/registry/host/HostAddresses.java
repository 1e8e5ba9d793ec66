package net.homeport.registry.host;

import java.net.InetAddress;
import java.util.List;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;

/** Reads a host's present addresses, where alone they are: in its zone. */
public final class HostAddresses {
  private HostAddresses() {}

  /**
   * The addresses of one family.
   *
   * @param type A or AAAA
   */
  public static List<InetAddress> of(ZoneSnapshot zones, Host host, int type) {
    Zone zone = zones.zone(host.zone());
    Rrset rrset = zone == null ? null : zone.rrset(host.name(), type);
    return rrset == null ? List.of() : rrset.addresses();
  }
}
