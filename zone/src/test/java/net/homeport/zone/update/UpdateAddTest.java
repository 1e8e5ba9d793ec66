package net.homeport.zone.update;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.update.Updates.assertRefused;
import static net.homeport.zone.update.Updates.assertUnchanged;
import static net.homeport.zone.update.Updates.changed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Adding to an RRset (RFC 2136 2.5.1, 3.4.2.2). */
final class UpdateAddTest {
  private static final Zone ZONE =
      Zones.zone(
          "dyn.test.",
          "e A 192.0.2.10",
          "mail MX 10 Mail.dyn.test.",
          "g CNAME p.dyn.test.",
          "d DNAME old.test.");

  private static List<String> rdata(Zone zone, String owner, int type) {
    Rrset rrset = zone.rrset(name(owner), type);
    return rrset == null
        ? List.of()
        : rrset.records(name(owner)).stream().map(Record::rdataToString).toList();
  }

  private static Updates update() {
    return Updates.of("dyn.test.");
  }

  @Test
  void aNewNameAndANewRecordOfAnOldOne() {
    Zone next =
        changed(
            ZONE,
            update()
                .add("new.dyn.test. 60 A 192.0.2.1")
                .add("E.dyn.test. 60 A 192.0.2.11")
                .asStatic());
    assertThat(rdata(next, "new.dyn.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(rdata(next, "e.dyn.test.", Type.A)).containsExactly("192.0.2.10", "192.0.2.11");
  }

  @Test
  void addressesThatJavaTakesForTheOtherFamilyStayWhatTheyAre() {
    Zone next =
        changed(
            ZONE,
            update()
                .add("new.dyn.test. 60 AAAA ::ffff:192.0.2.1")
                .add("new.dyn.test. 60 AAAA 2001:db8::1")
                .add("new.dyn.test. 60 AAAA ::ffff:192.0.2.1")
                .asStatic());
    Rrset added = next.rrset(name("new.dyn.test."), Type.AAAA);
    assertThat(added)
        .isEqualTo(
            Rrset.of(
                DnsText.records("x. 60 AAAA ::ffff:192.0.2.1", "x. 60 AAAA 2001:db8::1"),
                60,
                Management.STATIC));
  }

  @Test
  void aDuplicateChangesNothing() {
    // RFC 2136 3.4.2.2: "silently ignored"
    assertUnchanged(ZONE, update().add("e.dyn.test. 300 A 192.0.2.10").asStatic());
    assertUnchanged(ZONE, update().add("mail.dyn.test. 300 MX 10 MAIL.dyn.test.").asStatic());
    assertUnchanged(ZONE, update().asStatic());
  }

  @Test
  void oneTtlIsThatOfTheWholeRrset() {
    // RFC 2181 5.2
    Zone next = changed(ZONE, update().add("e.dyn.test. 77 A 192.0.2.11").asStatic());
    Rrset rrset = Objects.requireNonNull(next.rrset(name("e.dyn.test."), Type.A));
    assertThat(rrset.records(name("e.dyn.test.")))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.getTTL()).isEqualTo(77));
    Zone ttlOnly = changed(ZONE, update().add("e.dyn.test. 78 A 192.0.2.10").asStatic());
    assertThat(Objects.requireNonNull(ttlOnly.rrset(name("e.dyn.test."), Type.A)).ttl())
        .isEqualTo(78);
  }

  @Test
  void unknownTypesAreData() {
    // RFC 3597
    Zone next = changed(ZONE, update().add("i.dyn.test. 60 TYPE65280 \\# 2 cafe").asStatic());
    assertThat(rdata(next, "i.dyn.test.", 65280)).containsExactly("\\# 2 CAFE");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        Type.OPT,
        128,
        Type.TKEY,
        Type.TSIG,
        Type.IXFR,
        Type.AXFR,
        Type.MAILB,
        Type.MAILA,
        Type.ANY
      })
  void metaTypesAreMalformed(int type) {
    // RFC 2136 3.4.1.2; RFC 6895 3.1
    Record record = Record.newRecord(name("m.dyn.test."), type, DClass.IN, 60);
    assertRefused(
        ZONE,
        update().perform(new UpdateOperation.AddRecord(record)).asStatic(),
        Refusal.MALFORMED);
  }

  @Test
  void otherClassesAreMalformed() {
    Record chaos = DnsText.record("m.dyn.test. 60 CH TXT hello");
    assertRefused(
        ZONE, update().perform(new UpdateOperation.AddRecord(chaos)).asStatic(), Refusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.A, Type.MX, Type.SOA, Type.CNAME, Type.NS})
  void aRecordWithoutRdataIsMalformed(int type) {
    // What a message with RDLENGTH 0 is read as: were it stored, the zone could not be read again.
    Record empty = Record.newRecord(name("dyn.test."), type, DClass.IN, 60);
    assertRefused(
        ZONE, update().perform(new UpdateOperation.AddRecord(empty)).asStatic(), Refusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x8000_0000L, 0x8000_0001L, 0xFFFF_FFFFL})
  void aTtlOf2To31OrMoreInAMessageIsTakenAsZero(long ttl) throws IOException {
    // RFC 2181 8: never the raw value, which some servers store and then cannot load.
    var wire = new DNSOutput();
    wire.writeByteArray(name("t.dyn.test.").toWire());
    wire.writeU16(Type.A);
    wire.writeU16(DClass.IN);
    wire.writeU32(ttl);
    wire.writeU16(4);
    wire.writeByteArray(new byte[] {(byte) 192, 0, 2, 1});
    Record record = Record.fromWire(wire.toByteArray(), Section.UPDATE);
    Zone next = changed(ZONE, update().perform(new UpdateOperation.AddRecord(record)).asStatic());
    assertThat(Objects.requireNonNull(next.rrset(name("t.dyn.test."), Type.A)).ttl()).isZero();
  }

  @Test
  void outsideTheZoneIsNotzone() {
    // RFC 2136 3.4.1.3
    assertRefused(
        ZONE, update().add("a.other.test. 60 A 192.0.2.1").asStatic(), Refusal.OUTSIDE_ZONE);
    assertRefused(ZONE, update().deleteName("test.").asStatic(), Refusal.OUTSIDE_ZONE);
  }

  @Test
  void aCnameOntoDataIsIgnored() {
    assertUnchanged(ZONE, update().add("e.dyn.test. 60 CNAME p.dyn.test.").asStatic());
    assertUnchanged(ZONE, update().add("dyn.test. 60 CNAME p.dyn.test.").asStatic());
  }

  @Test
  void dataOntoACnameIsIgnored() {
    assertUnchanged(ZONE, update().add("g.dyn.test. 60 A 192.0.2.1").asStatic());
  }

  @Test
  void aCnameOntoACnameReplacesIt() {
    Zone next = changed(ZONE, update().add("g.dyn.test. 60 CNAME q.dyn.test.").asStatic());
    assertThat(rdata(next, "g.dyn.test.", Type.CNAME)).containsExactly("q.dyn.test.");
  }

  @Test
  void aCnameIsSwappedForDataInOneMessage() {
    Zone next =
        changed(
            ZONE,
            update()
                .deleteRrset("g.dyn.test.", "CNAME")
                .add("g.dyn.test. 60 A 192.0.2.13")
                .asStatic());
    assertThat(rdata(next, "g.dyn.test.", Type.A)).containsExactly("192.0.2.13");
    assertThat(rdata(next, "g.dyn.test.", Type.CNAME)).isEmpty();
  }

  @Test
  void anAliasOfTheSameMessageConcernsItsOwnNameOnly() {
    Zone next =
        changed(
            ZONE,
            update()
                .add("one.dyn.test. 60 CNAME e.dyn.test.")
                .add("two.dyn.test. 60 A 192.0.2.2")
                .add("one.dyn.test. 60 A 192.0.2.1")
                .add("two.dyn.test. 60 CNAME e.dyn.test.")
                .asStatic());
    assertThat(rdata(next, "one.dyn.test.", Type.CNAME)).containsExactly("e.dyn.test.");
    assertThat(rdata(next, "one.dyn.test.", Type.A)).isEmpty();
    assertThat(rdata(next, "two.dyn.test.", Type.A)).containsExactly("192.0.2.2");
    assertThat(rdata(next, "two.dyn.test.", Type.CNAME)).isEmpty();
  }

  @Test
  void aDnameOntoADnameReplacesIt() {
    // RFC 6672 2.4, 5.2: one DNAME a name.
    Zone next = changed(ZONE, update().add("d.dyn.test. 60 DNAME new.test.").asStatic());
    assertThat(rdata(next, "d.dyn.test.", Type.DNAME)).containsExactly("new.test.");
  }

  @Test
  void aSoaOfAGreaterSerialReplacesTheApexSoa() {
    // RFC 2136 3.4.2.2; RFC 1982
    Zone next =
        changed(
            ZONE, update().add("dyn.test. 5 SOA ns.dyn.test. new.dyn.test. 12 1 1 1 7").asStatic());
    assertThat(next.serial()).isEqualTo(12);
    assertThat(next.soa().getAdmin()).isEqualTo(name("new.dyn.test."));
    assertThat(next.soaRrset().count()).isOne();
    assertThat(next.soaRrset().ttl()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0, 0x8000_0001L, 0xFFFF_FFFFL})
  void aSoaOfAnotherSerialIsIgnored(long serial) {
    // ZONE has serial 1: equal, less, undefined (RFC 1982 3.2), less.
    var soa =
        new SOARecord(
            name("dyn.test."), DClass.IN, 5, name("old."), name("h."), serial, 1, 1, 1, 1);
    assertUnchanged(ZONE, update().perform(new UpdateOperation.AddRecord(soa)).asStatic());
  }

  @Test
  void aSoaOffTheApexIsIgnored() {
    assertUnchanged(ZONE, update().add("a.dyn.test. 60 SOA x. y. 99 1 1 1 1").asStatic());
  }

  @Test
  void anRrsetThatNoMessageCanCarryIsRefused() {
    Updates update = update();
    String text = "x".repeat(250);
    for (int i = 0; i < 300; i++) {
      update.add("big.dyn.test. 60 TXT %03d%s".formatted(i, text));
    }
    assertRefused(ZONE, update.asStatic(), Refusal.RRSET_TOO_LARGE);
  }
}
