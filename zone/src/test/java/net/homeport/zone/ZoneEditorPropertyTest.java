package net.homeport.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** However a zone came to be, by edits or afresh, it is the same zone. */
final class ZoneEditorPropertyTest {
  private static final Name APEX = DnsText.name("example.");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterRandomEditsItIsTheZoneFreshlyBuiltFromItsContent(long seed) {
    var dns = new RandomDns(seed);
    Zone zone = Zones.of(APEX, dns.zone(APEX));
    List<Record> others =
        Stream.generate(() -> dns.zone(APEX)).limit(3).flatMap(List::stream).toList();
    for (int version = 0; version < 8; version++) {
      ZoneEditor editor = ZoneEditor.of(zone);
      for (int edit = 0; edit < 10; edit++) {
        edit(editor, zone, dns.oneOf(others), dns);
      }
      zone = editor.build();
      Zone fresh = rebuilt(zone);
      assertThat(zone.cuts()).as("cuts").isEqualTo(fresh.cuts());
      assertThat(zone.wildcards()).as("wildcards").isEqualTo(fresh.wildcards());
      assertThat(zone.nameCount()).as("names").isEqualTo(fresh.nameCount());
      assertThat(Zones.content(zone)).isEqualTo(Zones.content(fresh));
      assertSameLookups(zone, fresh, dns);
    }
  }

  private static void edit(ZoneEditor editor, Zone before, Record other, RandomDns dns) {
    if (dns.oneIn(2)) {
      var owners = new ArrayList<Name>();
      before.forEach((owner, _) -> owners.add(owner));
      Name owner = dns.spelledAnew(dns.oneOf(owners));
      for (Rrset rrset : editor.rrsets(owner)) {
        if (rrset.type() != Type.SOA) {
          editor.remove(owner, rrset.type());
        }
      }
    } else if (other.getType() != Type.SOA) {
      editor.set(dns.spelledAnew(other.getName()), Zones.rrsetOf(List.of(other)));
    }
  }

  private static Zone rebuilt(Zone zone) {
    ZoneEditor fresh = Zones.nothing().newZone(zone.apex());
    zone.forEach((owner, rrsets) -> rrsets.forEach(rrset -> fresh.set(owner, rrset)));
    return fresh.build();
  }

  private static void assertSameLookups(Zone zone, Zone fresh, RandomDns dns) {
    ZoneSnapshot one = Zones.snapshot(zone);
    ZoneSnapshot other = Zones.snapshot(fresh);
    for (int i = 0; i < 40; i++) {
      Name name = dns.nameIn(APEX);
      int type = dns.oneOf(List.of(Type.A, Type.TXT, Type.CNAME, Type.NS, Type.DS, Type.MX));
      assertThat(Truth.of(one.lookup(name, type)))
          .as("%s %s", name, Type.string(type))
          .isEqualTo(Truth.of(other.lookup(name, type)));
    }
  }
}
