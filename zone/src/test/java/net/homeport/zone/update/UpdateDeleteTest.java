package net.homeport.zone.update;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.update.Updates.assertRefused;
import static net.homeport.zone.update.Updates.assertUnchanged;
import static net.homeport.zone.update.Updates.changed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Deleting RRsets, names and records (RFC 2136 2.5.2 to 2.5.4, 3.4.2.3, 3.4.2.4). */
final class UpdateDeleteTest {
  private static final Zone ZONE =
      Zones.zone(
          "dyn.test.",
          "@ NS ns1",
          "@ TXT apex",
          "e A 192.0.2.10",
          "e A 192.0.2.11",
          "e TXT t",
          "mail MX 10 Mail.dyn.test.",
          "below.e A 192.0.2.12");

  private static Updates update() {
    return Updates.of("dyn.test.");
  }

  private static List<Integer> types(Zone zone, String owner) {
    return zone.rrsets(name(owner)).stream().map(Rrset::type).toList();
  }

  @Test
  void anRrset() {
    Zone next = changed(ZONE, update().deleteRrset("E.dyn.test.", "A").asStatic());
    assertThat(types(next, "e.dyn.test.")).containsExactly(Type.TXT);
  }

  @Test
  void aNameAndNotTheNamesBelow() {
    Zone next = changed(ZONE, update().deleteName("e.dyn.test.").asStatic());
    assertThat(types(next, "e.dyn.test.")).isEmpty();
    assertThat(types(next, "below.e.dyn.test.")).containsExactly(Type.A);
  }

  @Test
  void oneRecordWhateverItsTtlAndTheCaseOfNamesInIt() {
    Zone next =
        changed(
            ZONE,
            update()
                .deleteRecord("e.dyn.test. 0 A 192.0.2.11")
                .deleteRecord("mail.dyn.test. 0 MX 10 MAIL.DYN.TEST.")
                .asStatic());
    Rrset rest = next.rrset(name("e.dyn.test."), Type.A);
    assertThat(rest).isEqualTo(Zones.rrsetOf(DnsText.records("x. 300 A 192.0.2.10")));
    assertThat(types(next, "mail.dyn.test.")).isEmpty();
  }

  @Test
  void whatIsNotThereChangesNothing() {
    assertUnchanged(
        ZONE,
        update()
            .deleteRecord("ghost.dyn.test. 0 A 192.0.2.1")
            .deleteRecord("e.dyn.test. 0 A 192.0.2.99")
            .deleteRrset("e.dyn.test.", "MX")
            .deleteRrset("ghost.dyn.test.", "A")
            .deleteName("ghost.dyn.test.")
            .asStatic());
  }

  @Test
  void theApexKeepsItsSoaAndItsNs() {
    // RFC 2136 3.4.2.3
    assertUnchanged(ZONE, update().deleteRrset("dyn.test.", "SOA").asStatic());
    assertUnchanged(ZONE, update().deleteRrset("DYN.test.", "NS").asStatic());
    Zone next = changed(ZONE, update().deleteName("dyn.test.").asStatic());
    assertThat(types(next, "dyn.test.")).containsExactlyInAnyOrder(Type.SOA, Type.NS);
  }

  @Test
  void theLastApexNsStays() {
    // RFC 2136 3.4.2.4
    Zone one = changed(ZONE, update().deleteRecord("dyn.test. 0 NS ns1.dyn.test.").asStatic());
    assertThat(one.rrset(name("dyn.test."), Type.NS))
        .isEqualTo(Zones.rrsetOf(DnsText.records("x. 300 NS ns.elsewhere.invalid.")));
    assertUnchanged(one, update().deleteRecord("dyn.test. 0 NS ns.elsewhere.invalid.").asStatic());
  }

  @Test
  void theSoaRecordStays() {
    String soa = ZONE.soa().rdataToString();
    assertUnchanged(ZONE, update().deleteRecord("dyn.test. 0 SOA " + soa).asStatic());
  }

  @Test
  void aDelegationCanGoEntirely() {
    Zone with = changed(ZONE, update().add("sub.dyn.test. 60 NS ns.elsewhere.invalid.").asStatic());
    Zone without =
        changed(with, update().deleteRecord("sub.dyn.test. 0 NS ns.elsewhere.invalid.").asStatic());
    assertThat(Zones.content(without)).isEqualTo(Zones.content(ZONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Type.OPT, Type.AXFR, Type.MAILA, Type.MAILB, Type.ANY})
  void metaTypesAreMalformed(int type) {
    // RFC 2136 3.4.1.2; to delete all RRsets of a name (TYPE ANY) is an operation of its own.
    assertRefused(
        ZONE,
        update().perform(new UpdateOperation.DeleteRrset(name("e.dyn.test."), type)).asStatic(),
        Refusal.MALFORMED);
    Record record = Record.newRecord(name("e.dyn.test."), type, DClass.IN, 0, new byte[0]);
    assertRefused(
        ZONE,
        update().perform(new UpdateOperation.DeleteRecord(record)).asStatic(),
        Refusal.MALFORMED);
  }

  @Test
  void replacingIsDeletingAndAdding() {
    // The operation of Dynamic DNS.
    Updates update = update().deleteRrset("e.dyn.test.", "A").add("e.dyn.test. 60 A 192.0.2.16");
    Zone next = changed(ZONE, update.asStatic());
    assertThat(next.rrset(name("e.dyn.test."), Type.A))
        .isEqualTo(Zones.rrsetOf(DnsText.records("x. 60 A 192.0.2.16")));
    assertUnchanged(next, update.asStatic());
  }

  @Test
  void operationsTakeEffectInTheirOrder() {
    // RFC 2136 3.4.2: addition before deletion leaves nothing.
    Zone next =
        changed(
            ZONE,
            update().add("e.dyn.test. 60 A 192.0.2.16").deleteRrset("e.dyn.test.", "A").asStatic());
    assertThat(types(next, "e.dyn.test.")).containsExactly(Type.TXT);
  }
}
