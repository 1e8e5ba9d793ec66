package net.homeport.zone.update;

import java.util.ArrayList;
import java.util.List;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Random updates of a zone, legal and odd ones. */
public final class RandomUpdate {
  private static final List<Integer> TYPES =
      List.of(Type.A, Type.AAAA, Type.TXT, Type.MX, Type.CNAME, Type.NS, Type.DNAME, Type.SOA);

  private RandomUpdate() {}

  /** An update of one to four operations, at times with a prerequisite. */
  public static ZoneUpdate of(RandomDns dns, Zone zone, Management management) {
    Name apex = zone.apex();
    List<Prerequisite> prerequisites = new ArrayList<>();
    if (dns.oneIn(8)) {
      prerequisites.add(new Prerequisite.NameNotInUse(dns.nameIn(apex)));
    }
    List<UpdateOperation> operations = new ArrayList<>();
    for (int left = dns.random().nextInt(4); left >= 0; left--) {
      operations.add(operation(dns, zone));
    }
    return new ZoneUpdate(apex, prerequisites, operations, management, Updates.SOMEBODY);
  }

  private static UpdateOperation operation(RandomDns dns, Zone zone) {
    Name apex = zone.apex();
    Name owner = dns.spelledAnew(dns.nameIn(apex));
    return switch (dns.random().nextInt(12)) {
      case 0, 1 -> new UpdateOperation.DeleteRrset(owner, dns.oneOf(TYPES));
      case 2 -> new UpdateOperation.DeleteName(owner);
      case 3 -> new UpdateOperation.DeleteRecord(dns.data(owner));
      case 4 -> new UpdateOperation.AddRecord(dns.alias(owner, apex));
      case 5 -> new UpdateOperation.AddRecord(structure(dns, owner, zone));
      default -> new UpdateOperation.AddRecord(dns.data(owner));
    };
  }

  private static Record structure(RandomDns dns, Name owner, Zone zone) {
    return switch (dns.random().nextInt(3)) {
      case 0 -> DnsText.record(owner + " 60 NS " + dns.nameIn(zone.apex()));
      case 1 -> DnsText.record(owner + " 60 DNAME " + dns.nameIn(zone.apex()));
      default ->
          DnsText.record(
              "%s 60 SOA a. b. %d 1 1 1 1"
                  .formatted(
                      zone.apex(), (zone.serial() + dns.random().nextInt(3)) & 0xFFFF_FFFFL));
    };
  }
}
