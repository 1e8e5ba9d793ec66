package net.homeport.nameserver.transfer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateOperation.AddRecord;
import net.homeport.zone.update.UpdateOperation.DeleteName;
import net.homeport.zone.update.UpdateOperation.DeleteRecord;
import net.homeport.zone.update.UpdateOperation.DeleteRrset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/** Transfers as another implementation takes them, over TCP. */
@Timeout(120)
final class ZoneTransferTest {
  private static final TransferRules ANYBODY = (_, _) -> true;
  private static final TransferRules KEY_ONLY =
      (_, requestor) -> requestor.proof().equals(new Requestor.Proof.SharedKey(name("xfr.key.")));

  private static List<Record> whole(PrimaryZone primary, @Nullable TSIG key) throws Exception {
    ZoneTransferIn transfer = ZoneTransferIn.newAXFR(PrimaryZone.APEX, primary.address(), key);
    transfer.run();
    assertThat(transfer.isAXFR()).isTrue();
    return transfer.getAXFR();
  }

  private static ZoneTransferIn since(PrimaryZone primary, long serial) throws Exception {
    ZoneTransferIn transfer =
        ZoneTransferIn.newIXFR(PrimaryZone.APEX, serial, false, primary.address(), null);
    transfer.run();
    return transfer;
  }

  private static List<ZoneTransferIn.Delta> differences(PrimaryZone primary, long serial)
      throws Exception {
    ZoneTransferIn transfer = since(primary, serial);
    assertThat(transfer.isIXFR()).isTrue();
    return transfer.getIXFR();
  }

  /** Every record with its letter case and TTL; the SOA once. */
  private static SortedSet<String> said(List<Record> records) {
    var said = new TreeSet<String>();
    records.forEach(record -> said.add(record.toString()));
    return said;
  }

  private static SortedSet<String> said(Zone zone) {
    var said = new TreeSet<String>();
    zone.forEach((owner, rrsets) ->
        rrsets.forEach(
            rrset -> rrset.records(owner).forEach(record -> said.add(record.toString()))));
    return said;
  }

  private static Zone zone(PrimaryZone primary) {
    return Objects.requireNonNull(primary.writer().snapshot().zone(PrimaryZone.APEX));
  }

  @Test
  void rfc5936AWholeZoneBeginsAndEndsWithItsSoa() throws Exception {
    try (var primary =
        new PrimaryZone(
            ANYBODY,
            "MiXeD.Sub A 192.0.2.2",
            "MiXeD.Sub TXT \"one\" \"Two\"",
            "*.wild 60 CNAME Target.Elsewhere.Test.",
            "mail 5 MX 10 ns1")) {
      List<Record> records = whole(primary, null);

      assertThat(records.getFirst()).isInstanceOf(SOARecord.class);
      assertThat(records.getLast()).isEqualTo(records.getFirst());
      assertThat(records.stream().filter(SOARecord.class::isInstance)).hasSize(2);
      assertThat(said(records)).isEqualTo(said(zone(primary)));
      assertThat(records.getFirst().getName().toString()).isEqualTo("Dyn.Test.");
    }
  }

  @Test
  void rfc5936TheOwnersCaseIsTheZonesWhateverTheQuestions() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY, "MiXeD A 192.0.2.2", "plain A 192.0.2.3")) {
      ZoneTransferIn transfer = ZoneTransferIn.newAXFR(name("DYN.tesT."), primary.address(), null);
      transfer.run();
      assertThat(said(transfer.getAXFR())).isEqualTo(said(zone(primary)));
    }
  }

  @Test
  void manyNamesTakeManyMessagesEachSigned() throws Exception {
    try (var primary =
        new PrimaryZone(KEY_ONLY, "$GENERATE 1-20000 a-rather-long-name-$.sub 60 TXT number-$")) {
      List<Record> records = whole(primary, PrimaryZone.KEY);
      assertThat(said(records)).isEqualTo(said(zone(primary)));
      assertThat(primary.finished()).hasSize(1);
      FinishedTransfer done = primary.finished().getFirst();
      assertThat(done.messages()).isGreaterThan(10);
      assertThat(done.kind()).isEqualTo(FinishedTransfer.Kind.AXFR);
      assertThat(done.serial()).isEqualTo(primary.serial());
    }
  }

  @Test
  void whoMayNotIsRefused() throws Exception {
    try (var primary = new PrimaryZone(KEY_ONLY)) {
      assertThatThrownBy(() -> whole(primary, null))
          .isInstanceOf(ZoneTransferException.class)
          .hasMessageContaining("REFUSED");
      assertThatThrownBy(() -> whole(primary, PrimaryZone.WRONG_SECRET))
          .isInstanceOf(ZoneTransferException.class);
      assertThat(primary.finished()).isEmpty();
    }
    try (var primary = new PrimaryZone(TransferRules.NOBODY)) {
      assertThatThrownBy(() -> whole(primary, PrimaryZone.KEY)).hasMessageContaining("REFUSED");
    }
  }

  @Test
  void aZoneThatIsNotOursIsNotAuth() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      ZoneTransferIn transfer =
          ZoneTransferIn.newAXFR(name("www.dyn.test."), primary.address(), null);
      assertThatThrownBy(transfer::run).hasMessageContaining("NOTAUTH");
    }
  }

  @Test
  void aRefusalSpeaksEdnsIfTheRequestDoes() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      Name other = name("other.test.");
      var query = Message.newQuery(Record.newRecord(other, Type.IXFR, DClass.IN));
      query.addRecord(
          new SOARecord(other, DClass.IN, 0, other, other, 1, 1, 1, 1, 1), Section.AUTHORITY);
      InetAddress client = InetAddress.getLoopbackAddress();
      byte[] plain = primary.transfers().answerDatagram(query.toWire(), client);
      assertThat(new Message(Objects.requireNonNull(plain)).getOPT()).isNull();
      query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      byte[] extended = primary.transfers().answerDatagram(query.toWire(), client);
      var answer = new Message(Objects.requireNonNull(extended));
      assertThat(answer.getRcode()).isEqualTo(Rcode.NOTAUTH);
      assertThat(answer.getOPT()).isNotNull();
    }
  }

  @Test
  void rfc1995ADifferenceIsWhatChanged() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY, "a A 192.0.2.2", "gone TXT x")) {
      long before = primary.serial();
      primary.update(new AddRecord(record("Added.dyn.test. 60 A 192.0.2.9")));
      primary.update(new DeleteRrset(name("gone.dyn.test."), Type.TXT));
      primary.update(new AddRecord(record("passing.dyn.test. 60 A 192.0.2.9")));
      primary.update(new DeleteName(name("passing.dyn.test.")));
      primary.update(new AddRecord(record("a.dyn.test. 300 A 192.0.2.3")));

      List<ZoneTransferIn.Delta> differences = differences(primary, before);

      assertThat(differences).hasSize(1);
      ZoneTransferIn.Delta only = differences.getFirst();
      assertThat(only.start).isEqualTo(before);
      assertThat(only.end).isEqualTo(primary.serial());
      assertThat(said(only.deletes.subList(1, only.deletes.size())))
          .containsExactly("gone.Dyn.Test.\t\t300\tIN\tTXT\tx");
      assertThat(said(only.adds.subList(1, only.adds.size())))
          .containsExactly(
              "Added.Dyn.Test.\t\t60\tIN\tA\t192.0.2.9", "a.Dyn.Test.\t\t300\tIN\tA\t192.0.2.3");
    }
  }

  @Test
  void anotherTtlOrLetterCaseIsAChange() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY, "a A 192.0.2.2", "c CNAME Other.Test.")) {
      long before = primary.serial();
      primary.update(new AddRecord(record("a.dyn.test. 60 A 192.0.2.2")));
      primary.update(new DeleteName(name("c.dyn.test.")));
      primary.update(new AddRecord(record("C.dyn.test. 300 CNAME other.test.")));

      ZoneTransferIn.Delta only = differences(primary, before).getFirst();

      assertThat(said(only.deletes.subList(1, only.deletes.size()))).hasSize(2);
      assertThat(said(only.adds.subList(1, only.adds.size())))
          .containsExactly(
              "C.Dyn.Test.\t\t300\tIN\tCNAME\tother.test.", "a.Dyn.Test.\t\t60\tIN\tA\t192.0.2.2");
    }
  }

  @Test
  void theOldSoaIsTheOneThatWas() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      SOARecord old = zone(primary).soa();
      primary.update(
          new AddRecord(
              record("dyn.test. 600 SOA ns2.dyn.test. root.dyn.test. 2025020000 1 2 3 4")));
      primary.update(new AddRecord(record("x.dyn.test. 600 A 192.0.2.4")));

      ZoneTransferIn.Delta only = differences(primary, old.getSerial()).getFirst();

      assertThat(only.deletes.getFirst().toString()).isEqualTo(old.toString());
      assertThat(only.adds.getFirst().toString()).isEqualTo(zone(primary).soa().toString());
      assertThat(primary.serial()).isEqualTo(2025020001L);
    }
  }

  @Test
  void rfc1995WhoIsUpToDateIsToldSo() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      assertThat(since(primary, primary.serial()).isCurrent()).isTrue();
      assertThat(since(primary, primary.serial() + 5).isCurrent()).isTrue();
      assertThat(primary.finished())
          .extracting(FinishedTransfer::kind)
          .containsOnly(FinishedTransfer.Kind.UP_TO_DATE);
    }
  }

  @Test
  void rfc1995WhatIsNotKnownAnyMoreIsSentWhole() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      long before = primary.serial();
      primary.update(new AddRecord(record("x.dyn.test. 600 A 192.0.2.4")));
      primary.update(new AddRecord(record("y.dyn.test. 600 A 192.0.2.4")));
      primary.remember(1);
      ZoneTransferIn transfer = since(primary, before);
      assertThat(transfer.isAXFR()).isTrue();
      assertThat(said(transfer.getAXFR())).isEqualTo(said(zone(primary)));
      assertThat(since(primary, 1).isAXFR()).isTrue();
    }
  }

  /** A secondary that only ever applies differences has the zone that a whole transfer shows. */
  @Test
  void differencesEndWhereWholeTransfersDo() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      var random = new RandomDns(11).random();
      SortedSet<String> secondary = said(zone(primary));
      long serial = primary.serial();
      for (int round = 0; round < 150; round++) {
        for (int commits = random.nextInt(4); commits >= 0; commits--) {
          String owner = (random.nextBoolean() ? "H" : "h") + random.nextInt(4) + ".dyn.test.";
          Record txt =
              record("%s %d TXT t%d".formatted(owner, 60 + random.nextInt(2), random.nextInt(3)));
          UpdateOperation operation =
              switch (random.nextInt(5)) {
                case 0 -> new DeleteName(txt.getName());
                case 1 -> new DeleteRecord(txt);
                case 2 -> new AddRecord(record(owner + " 60 A 192.0.2." + random.nextInt(3)));
                default -> new AddRecord(txt);
              };
          // Always a change, so that always a commit.
          primary.update(
              operation,
              new DeleteRrset(name("n.dyn.test."), Type.TXT),
              new AddRecord(record("n.dyn.test. 60 TXT r%d-%d".formatted(round, commits))));
        }
        for (ZoneTransferIn.Delta delta : differences(primary, serial)) {
          // A name that was gone meanwhile may be spelled otherwise now; names match in any case.
          for (String gone : said(delta.deletes)) {
            assertThat(secondary.removeIf(gone::equalsIgnoreCase)).as(gone).isTrue();
          }
          secondary.addAll(said(delta.adds));
        }
        serial = primary.serial();
        assertThat(secondary).as("round " + round).isEqualTo(said(whole(primary, null)));
      }
    }
  }

  /** Each transfer is of one serial, whatever is written meanwhile. */
  @Test
  void aTransferIsOfOneVersionWhileUpdatesGoOn() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY, "$GENERATE 1-5000 pad-$ 60 TXT number-$")) {
      var stop = new AtomicBoolean();
      Thread busy =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; !stop.get(); i++) {
                  // Both names change together; no transfer may see one of them alone.
                  String text = " 60 TXT v" + i;
                  primary.update(
                      new DeleteRrset(name("one.dyn.test."), Type.TXT),
                      new AddRecord(record("one.dyn.test." + text)),
                      new DeleteRrset(name("two.dyn.test."), Type.TXT),
                      new AddRecord(record("two.dyn.test." + text)));
                }
              });
      try {
        for (int i = 0; i < 20; i++) {
          var versions = new ArrayList<String>();
          for (Record record : whole(primary, null)) {
            Name owner = record.getName();
            if (owner.equals(name("one.dyn.test.")) || owner.equals(name("two.dyn.test."))) {
              versions.add(record.rdataToString());
            }
          }
          assertThat(new TreeSet<>(versions)).hasSizeLessThanOrEqualTo(1);
        }
      } finally {
        stop.set(true);
        busy.join();
      }
    }
  }

  @Test
  void rfc1995ByUdpTheSerialIsTold() throws Exception {
    try (var primary = new PrimaryZone(ANYBODY)) {
      Message query = Message.newQuery(Record.newRecord(PrimaryZone.APEX, Type.IXFR, DClass.IN));
      query.addRecord(record("dyn.test. 0 SOA a.test. b.test. 1 0 0 0 0"), Section.AUTHORITY);
      InetAddress client = InetAddress.getLoopbackAddress();
      byte[] octets =
          Objects.requireNonNull(primary.transfers().answerDatagram(query.toWire(), client));
      var answer = new Message(octets);
      assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(answer.getSection(Section.ANSWER)).containsExactly(zone(primary).soa());
      Message whole = Message.newQuery(Record.newRecord(PrimaryZone.APEX, Type.AXFR, DClass.IN));
      assertThat(primary.transfers().answerDatagram(whole.toWire(), client)).isNull();
    }
  }
}
