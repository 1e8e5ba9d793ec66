package net.homeport.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A zone filled by octets is the zone filled by RRsets, in whatever order its records come. */
final class NodeRecordsTest {
  private static final Name APEX = DnsText.name("example.");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  private static NodeRecords start(Name owner) {
    var records = new NodeRecords();
    byte[] wire = owner.toWire();
    records.start(wire, wire.length);
    return records;
  }

  private static void add(NodeRecords records, Record record) {
    byte[] rdata = Rrset.rdata(record);
    records.add(record.getType(), record.getTTL(), rdata, rdata.length);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameZoneInAnyOrder(long seed) {
    var dns = new RandomDns(seed);
    List<Record> records = new ArrayList<>(dns.zone(APEX));
    Zone expected = Zones.of(APEX, records);
    Collections.shuffle(records, new Random(seed));
    for (ZoneEditor editor :
        List.of(
            Zones.nothing().newZone(APEX),
            ZoneEditor.of(Zones.of(APEX, expected.soaRrset().records(APEX))))) {
      for (Record record : records) {
        NodeRecords one = start(dns.spelledAnew(record.getName()));
        add(one, record);
        editor.add(one, Management.STATIC);
      }
      Zone zone = editor.build();
      assertThat(Zones.content(zone)).isEqualTo(Zones.content(expected));
      assertThat(zone.nameCount()).isEqualTo(expected.nameCount());
      assertThat(zone.cuts()).isEqualTo(expected.cuts());
      assertThat(zone.wildcards()).isEqualTo(expected.wildcards());
      zone.forEach((owner, rrsets) ->
          assertThat(rrsets).containsExactlyInAnyOrderElementsOf(expected.rrsets(owner)));
    }
  }

  @Test
  void duplicatesAndOtherTtlsAreMarked() {
    NodeRecords records = start(DnsText.name("www.example."));
    for (String rdata : List.of("60 MX 1 a.", "60 MX 1 A.", "30 MX 2 a.", "60 A 192.0.2.1")) {
      add(records, DnsText.record("www.example. " + rdata));
    }
    byte[] node = Zones.nothing().newZone(APEX).add(records, Management.STATIC);
    assertThat(PackedNode.rrsetCount(node)).isEqualTo(2);
    assertThat(PackedNode.count(node, PackedNode.find(node, Type.MX))).isEqualTo(2);
    assertThat(List.of(records.isDuplicate(0), records.isDuplicate(1)))
        .containsExactly(false, true);
    assertThat(List.of(records.isOfOtherTtl(1), records.isOfOtherTtl(2), records.isOfOtherTtl(3)))
        .containsExactly(false, true, false);
  }

  @Test
  void aNameOfAnotherZoneIsRefused() {
    ZoneEditor editor = Zones.nothing().newZone(APEX);
    for (String owner : List.of("example.org.", "notexample.", ".")) {
      assertThatThrownBy(() -> editor.add(start(DnsText.name(owner)), Management.STATIC))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatNoMessageCanCarryIsRefused() {
    NodeRecords records = start(APEX);
    for (int i = 0; i < 6000; i++) {
      records.add(Type.A, 60, new byte[] {10, 0, (byte) (i >>> 8), (byte) i}, 4);
    }
    assertThatThrownBy(() -> Zones.nothing().newZone(APEX).add(records, Management.STATIC))
        .isInstanceOf(RrsetTooLargeException.class);
  }
}
