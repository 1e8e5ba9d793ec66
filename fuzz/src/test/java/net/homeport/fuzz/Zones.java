package net.homeport.fuzz;

import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** A zone with something of everything. */
final class Zones {
  private static final String TEXT =
      """
      $TTL 60
      @ SOA ns host 1 2 3 4 300
      @ NS ns
      ns A 192.0.2.53
      www A 192.0.2.1
      www AAAA 2001:db8::1
      a.ent A 192.0.2.2
      alias CNAME www
      loop CNAME loop
      *.wild A 192.0.2.3
      *.wildalias CNAME www
      dn DNAME wild
      deleg NS ns.deleg
      ns.deleg A 192.0.2.4
      big TXT "%s" "%s" "%s" "%s" "%s" "%s"
      """
          .replace("%s", "b".repeat(250));

  private Zones() {}

  static Name name(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ZoneSnapshot snapshot() {
    ZoneSnapshot empty = ZoneSnapshot.empty(1);
    try {
      Zone zone = ZoneText.parse(empty, name("t."), TEXT);
      return empty.with(zone);
    } catch (ZoneTextException e) {
      throw new IllegalStateException(e);
    }
  }
}
