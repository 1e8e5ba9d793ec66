package net.homeport.registry.host;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Type;

/** Puts together what the registry, the zone and the history say of a host. Thread safe. */
public final class HostStatusReader {
  private final HostRegistry registry;
  private final Supplier<ZoneSnapshot> zones;
  private final ChangeHistory history;

  public HostStatusReader(
      HostRegistry registry, Supplier<ZoneSnapshot> zones, ChangeHistory history) {
    this.registry = registry;
    this.zones = zones;
    this.history = history;
  }

  /** The present status of a host; may read the disk. */
  public HostStatus status(Host host) {
    Credential credential = registry.credentialOf(host);
    var addresses = new ArrayList<InetAddress>();
    Zone zone = zones.get().zone(host.zone());
    if (zone != null) {
      for (int type : new int[] {Type.A, Type.AAAA}) {
        Rrset rrset = zone.rrset(host.name(), type);
        if (rrset != null) {
          rrset.records(host.name()).stream()
              .map(record ->
                  record instanceof ARecord a ? a.getAddress() : ((AAAARecord) record).getAddress())
              .forEach(addresses::add);
        }
      }
    }
    return new HostStatus(
        host,
        credential == null ? "" : credential.username(),
        addresses,
        history.lastChange(host.zone(), host.name()));
  }
}
