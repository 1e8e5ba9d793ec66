package net.homeport.registry.update;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.host.Host;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What the addresses of a host shall be, of one family.
 *
 * @param type A or AAAA
 * @param addresses of that family; none to have no such RRset
 * @param ttl in seconds
 */
public record PlannedRrset(Host host, int type, List<InetAddress> addresses, long ttl) {
  public PlannedRrset {
    addresses = List.copyOf(addresses);
  }

  /** With the TTL of the host. */
  public PlannedRrset(Host host, int type, List<InetAddress> addresses) {
    this(host, type, addresses, host.ttl());
  }

  /** The records. */
  public List<Record> records() {
    var records = new ArrayList<Record>(addresses.size());
    for (InetAddress address : addresses) {
      records.add(
          type == Type.A
              ? new ARecord(host.name(), DClass.IN, ttl, address)
              : new AAAARecord(host.name(), DClass.IN, ttl, address));
    }
    return records;
  }

  /** As it will lie in the zone; there must be an address. */
  public Rrset rrset() {
    return Rrset.ofAddresses(type, addresses, ttl, Management.DYNAMIC);
  }
}
