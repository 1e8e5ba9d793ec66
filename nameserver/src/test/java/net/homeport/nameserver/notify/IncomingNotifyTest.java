package net.homeport.nameserver.notify;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** NOTIFY requests (RFC 1996) from octets to octets, alone. */
final class IncomingNotifyTest {
  private static final Name ZONE = name("Dyn.Test.");
  private static final InetAddress PRIMARY = InetAddress.ofLiteral("192.0.2.1");

  private record News(Name zone, InetAddress from, @Nullable Name key, @Nullable Long serial) {}

  private final List<News> heard = new ArrayList<>();
  private final IncomingNotify notify =
      new IncomingNotify((zone, from, key, serial) -> {
        heard.add(new News(zone, from, key, serial));
        if (!zone.equals(ZONE)) {
          return NotifyDoor.Verdict.NO_SUCH_ZONE;
        }
        return from.equals(PRIMARY) ? NotifyDoor.Verdict.HEARD : NotifyDoor.Verdict.NOT_FROM_THERE;
      });

  private static Message request(int type, int dclass) {
    var message = new Message(0x1234);
    message.getHeader().setOpcode(Opcode.NOTIFY);
    message.getHeader().setFlag(Flags.AA);
    message.addRecord(Record.newRecord(ZONE, type, dclass), Section.QUESTION);
    return message;
  }

  private static Message request() {
    return request(Type.SOA, DClass.IN);
  }

  private Message answer(Message request, InetAddress from, @Nullable Name key) throws IOException {
    byte[] octets = request.toWire(Message.MAXLENGTH);
    assertThat(IncomingNotify.isNotify(octets)).isTrue();
    byte[] answered = notify.answer(octets, from, key);
    assertThat(answered.length).as("no use against others").isLessThanOrEqualTo(octets.length);
    var answer = new Message(answered);
    assertThat(answer.getHeader().getID()).isEqualTo(0x1234);
    assertThat(answer.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
    assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
    return answer;
  }

  @Test
  void rfc1996TheAnswerRepeatsTheQuestionAndIsAuthoritative() throws Exception {
    Message answer = answer(request(), PRIMARY, null);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getQuestion()).isEqualTo(request().getQuestion());
    assertThat(answer.getQuestion().getName().toString()).isEqualTo("Dyn.Test.");
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(heard).containsExactly(new News(ZONE, PRIMARY, null, null));
  }

  @Test
  void rfc1996TheSerialIsAHintAndTheKeyIsHandedOn() throws Exception {
    Message request = request();
    request.addRecord(record("other.test. 0 SOA ns. host. 99 1 1 1 1"), Section.ANSWER);
    request.addRecord(record("dyn.test. 0 SOA ns. host. 4294967295 1 1 1 1"), Section.ANSWER);
    answer(request, PRIMARY, name("xfr.key."));
    assertThat(heard).containsExactly(new News(ZONE, PRIMARY, name("xfr.key."), 4_294_967_295L));
  }

  @Test
  void whoIsNotListenedToIsRefused() throws Exception {
    Message answer = answer(request(), InetAddress.ofLiteral("198.51.100.1"), null);
    assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
  }

  @Test
  void otherTypesAndClassesAreNotImplemented() throws Exception {
    assertThat(answer(request(Type.A, DClass.IN), PRIMARY, null).getRcode())
        .isEqualTo(Rcode.NOTIMP);
    assertThat(answer(request(Type.SOA, DClass.CH), PRIMARY, null).getRcode())
        .isEqualTo(Rcode.NOTIMP);
    assertThat(heard).as("nobody is told").isEmpty();
  }

  @Test
  void ednsIsAnsweredWithItsVersion() throws Exception {
    Message request = request();
    request.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    assertThat(answer(request, PRIMARY, null).getOPT()).isNotNull();
    assertThat(heard).hasSize(1);

    Message later = request();
    later.addRecord(new OPTRecord(4096, 0, 1), Section.ADDITIONAL);
    Message answer = answer(later, PRIMARY, null);
    assertThat(answer.getRcode()).isEqualTo(Rcode.BADVERS);
    assertThat(heard).as("not told again").hasSize(1);
  }

  @Test
  void whatCannotBeReadIsAFormatError() throws Exception {
    Message two = request();
    two.addRecord(Record.newRecord(name("other.test."), Type.SOA, DClass.IN), Section.QUESTION);
    Message truncated = request();
    truncated.getHeader().setFlag(Flags.TC);
    var none = new Message(0x1234);
    none.getHeader().setOpcode(Opcode.NOTIFY);
    for (Message request : List.of(two, truncated, none)) {
      Message answer = answer(request, PRIMARY, null);
      assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
      assertThat(answer.getQuestion()).isNull();
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void answersAndOtherOpcodesAreNoRequests() {
    Message answer = request();
    answer.getHeader().setFlag(Flags.QR);
    assertThat(IncomingNotify.isNotify(answer.toWire())).isFalse();
    Message query = Message.newQuery(Record.newRecord(ZONE, Type.SOA, DClass.IN));
    assertThat(IncomingNotify.isNotify(query.toWire())).isFalse();
    assertThat(IncomingNotify.isNotify(Arrays.copyOf(request().toWire(), 11))).isFalse();
  }

  /** Any octets behind a NOTIFY's header: an answer that is not longer, and no exception. */
  @Test
  void anyOctetsAreAnsweredOrAFormatError() {
    var random = new SplittableRandom(11);
    Message whole = request();
    whole.addRecord(record("dyn.test. 0 SOA ns. host. 7 1 1 1 1"), Section.ANSWER);
    whole.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    byte[] seed = whole.toWire(Message.MAXLENGTH);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = Arrays.copyOf(seed, random.nextInt(12, seed.length + 1));
      for (int change = random.nextInt(4); change > 0; change--) {
        int at = random.nextInt(octets.length);
        if (at != 2) {
          octets[at] = (byte) random.nextInt();
        }
      }
      byte[] answer = notify.answer(octets, PRIMARY, null);
      assertThat(answer.length).isBetween(12, octets.length);
      assertThat(Arrays.copyOf(answer, 2)).isEqualTo(Arrays.copyOf(octets, 2));
    }
  }
}
