package net.homeport.nameserver.secondary;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a primary may send, in whatever messages, and what it may not. */
final class TransferStreamTest {
  private static final Name APEX = name("m.test.");
  private static final int ID = 4711;
  private static final Record NS = record("m.test. 300 NS ns.m.test.");
  private static final Record A1 = record("a.m.test. 60 A 192.0.2.1");
  private static final Record A2 = record("a.m.test. 30 A 192.0.2.2");
  private static final Record B = record("b.m.test. 60 TXT b");

  private static SOARecord soa(long serial) {
    return (SOARecord)
        record("m.test. 300 SOA ns.m.test. admin.m.test. " + serial + " 60 30 600 30");
  }

  private static TransferStream stream(int type, long ours) {
    SOARecord soa = type == Type.IXFR ? soa(ours) : null;
    return new TransferStream(
        new TransferQuery(ID, APEX, type, soa, false), () -> ZoneSnapshot.empty(1).newZone(APEX));
  }

  private static Message message(int type, Record... records) {
    var message = new Message(ID);
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(APEX, type, DClass.IN), Section.QUESTION);
    for (Record record : records) {
      message.addRecord(record, Section.ANSWER);
    }
    return message;
  }

  /** Each way to put the records into one or two messages, and each record into one of its own. */
  private static List<List<Message>> ways(int type, Record... records) {
    var ways = new ArrayList<List<Message>>();
    for (int cut = 1; cut <= records.length; cut++) {
      var messages = new ArrayList<Message>();
      messages.add(message(type, List.of(records).subList(0, cut).toArray(Record[]::new)));
      if (cut < records.length) {
        messages.add(
            message(type, List.of(records).subList(cut, records.length).toArray(Record[]::new)));
      }
      ways.add(messages);
    }
    ways.add(Stream.of(records).map(record -> message(type, record)).toList());
    return ways;
  }

  private static TransferResult result(int type, long ours, List<Message> messages)
      throws TransferException {
    TransferStream stream = stream(type, ours);
    for (Message message : messages.subList(0, messages.size() - 1)) {
      assertThat(stream.take(message)).isFalse();
    }
    assertThat(stream.take(messages.getLast())).isTrue();
    return stream.result();
  }

  private static void assertWhole(TransferResult result) {
    assertThat(result).isInstanceOf(TransferResult.Whole.class);
    Zone zone = ((TransferResult.Whole) result).content();
    assertThat(zone.serial()).isEqualTo(9);
    assertThat(zone.rrset(A1.getName(), Type.A))
        .satisfies(rrset -> {
          assertThat(rrset).isNotNull();
          assertThat(rrset.count()).isEqualTo(2);
          assertThat(rrset.ttl()).isEqualTo(30);
        });
    assertThat(zone.rrset(B.getName(), Type.TXT)).isNotNull();
  }

  @Test
  void aWholeZoneInAnyMessages() throws TransferException {
    Record[] records = {soa(9), NS, A1, B, A2, soa(9)};
    for (List<Message> way : ways(Type.AXFR, records)) {
      assertWhole(result(Type.AXFR, 0, way));
    }
    for (List<Message> way : ways(Type.IXFR, records)) {
      assertWhole(result(Type.IXFR, 7, way));
    }
  }

  @Test
  void differencesInAnyMessages() throws TransferException {
    Record[] records = {soa(9), soa(7), A1, soa(8), A2, B, soa(8), soa(9), NS, soa(9)};
    for (List<Message> way : ways(Type.IXFR, records)) {
      assertThat(result(Type.IXFR, 7, way))
          .isInstanceOfSatisfying(
              TransferResult.Differences.class,
              some -> {
                assertThat(some.differences()).hasSize(2);
                assertThat(some.differences().getFirst().deleted()).containsExactly(A1);
                assertThat(some.differences().getFirst().added()).containsExactly(A2, B);
                assertThat(some.differences().getLast().deleted()).isEmpty();
                assertThat(some.differences().getLast().added()).containsExactly(NS);
                assertThat(some.differences().getLast().to()).isEqualTo(soa(9));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 9 + (1L << 30)})
  void oneSoaThatIsNotNewerSaysUpToDate(long ours) throws TransferException {
    assertThat(result(Type.IXFR, ours, List.of(message(Type.IXFR, soa(9)))))
        .isEqualTo(new TransferResult.UpToDate(9));
  }

  @Test
  void aZoneOfOnlyItsSoa() throws TransferException {
    assertThat(result(Type.IXFR, 7, List.of(message(Type.IXFR, soa(9), soa(9)))))
        .isInstanceOf(TransferResult.Whole.class);
  }

  @Test
  void whatIsCutAnywhereIsNotComplete() throws TransferException {
    Record[] whole = {soa(9), NS, A1, soa(9)};
    Record[] differences = {soa(9), soa(7), A1, soa(8), soa(8), soa(9), NS, soa(9)};
    for (Record[] records : List.of(whole, differences)) {
      TransferStream stream = stream(Type.IXFR, 7);
      for (int i = 0; i < records.length - 1; i++) {
        assertThat(stream.take(message(Type.IXFR, records[i]))).isFalse();
        assertThatThrownBy(stream::result).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  private static void assertRefused(int type, long ours, String why, Message... messages) {
    TransferStream stream = stream(type, ours);
    assertThatThrownBy(
            () -> {
              for (Message message : messages) {
                stream.take(message);
              }
            })
        .isInstanceOf(TransferException.class)
        .hasMessageContaining(why);
  }

  @Test
  void oddSequencesAreRefused() {
    assertRefused(Type.AXFR, 0, "begin with the SOA", message(Type.AXFR, NS, soa(9)));
    assertRefused(Type.AXFR, 0, "changed there", message(Type.AXFR, soa(9), NS, soa(10)));
    assertRefused(Type.AXFR, 0, "behind its end", message(Type.AXFR, soa(9), NS, soa(9), B));
    assertRefused(Type.IXFR, 7, "which we do not have", message(Type.IXFR, soa(9), soa(6)));
    assertRefused(
        Type.IXFR, 7, "leave out", message(Type.IXFR, soa(9), soa(7), A1, soa(8), A2, soa(9)));
    assertRefused(Type.IXFR, 7, "go back", message(Type.IXFR, soa(9), soa(7), A1, soa(5), soa(5)));
    assertRefused(
        Type.IXFR, 7, "behind its end", message(Type.IXFR, soa(9), soa(7), soa(9), soa(9), soa(9)));
    assertRefused(Type.AXFR, 0, "without records", message(Type.AXFR));
  }

  @Test
  void whatCannotStandInTheZoneIsRefused() {
    assertRefused(
        Type.AXFR,
        0,
        "not in the zone",
        message(Type.AXFR, soa(9), record("n.test. 60 A 192.0.2.1")));
    assertRefused(
        Type.AXFR,
        0,
        "not the zone's name",
        message(Type.AXFR, soa(9), record("x.m.test. 60 SOA a. b. 1 2 3 4 5")));
    assertRefused(
        Type.AXFR,
        0,
        "cannot stand",
        message(
            Type.AXFR, soa(9), Record.newRecord(A1.getName(), Type.A, DClass.CH, 60, new byte[4])));
  }

  @Test
  void answersToAnotherQuestionAreRefused() {
    Message otherId = message(Type.AXFR, soa(9));
    otherId.getHeader().setID(ID + 1);
    assertRefused(Type.AXFR, 0, "no answer to our question", otherId);

    Message request = message(Type.AXFR, soa(9));
    request.getHeader().unsetFlag(Flags.QR);
    assertRefused(Type.AXFR, 0, "no answer to our question", request);

    assertRefused(Type.AXFR, 0, "another question", message(Type.IXFR, soa(9)));

    var withoutQuestion = new Message(ID);
    withoutQuestion.getHeader().setFlag(Flags.QR);
    withoutQuestion.addRecord(soa(9), Section.ANSWER);
    assertRefused(Type.AXFR, 0, "another question", withoutQuestion);

    Message later = message(Type.AXFR, NS);
    later.getHeader().setID(ID + 1);
    assertRefused(Type.AXFR, 0, "no answer to our question", message(Type.AXFR, soa(9)), later);

    Message refused = message(Type.AXFR);
    refused.getHeader().setRcode(Rcode.REFUSED);
    assertRefused(Type.AXFR, 0, "REFUSED", refused);

    Message cut = message(Type.AXFR, soa(9));
    cut.getHeader().setFlag(Flags.TC);
    assertRefused(Type.AXFR, 0, "TC", cut);
  }
}
