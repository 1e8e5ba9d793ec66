package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import net.homeport.nameserver.update.UpdateMessages;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.writer.UpdateDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** UPDATE messages from octets to octets, each test named after its section of RFC 2136. */
@Timeout(60)
final class UpdateRequestsTest extends UpdateFixture {
  @Test
  void section3ASignedUpdateChangesTheZoneAndItsAnswerIsSigned() throws Exception {
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    Message answer = sent(signed(update));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getTSIG()).isNotNull();
    assertThat(answer.getSection(Section.ZONE)).hasSize(1);
    assertThat(texts("new.dyn.test.", Type.A)).containsExactly("192.0.2.9");
    assertThat(requestors.getFirst().proof()).isEqualTo(new Proof.SharedKey(KEY));
    assertThat(requestors.getFirst().address()).isEqualTo(Askers.UDP.address());
  }

  @Test
  void section33AnUnsignedUpdateIsRefused() throws Exception {
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    assertThat(sent(update).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(texts("new.dyn.test.", Type.A)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "other.test.,      1, 6, NOTAUTH",
    "old.dyn.test.,    1, 6, NOTAUTH",
    "dyn.test.,        3, 6, NOTAUTH",
    "dyn.test.,      255, 6, NOTAUTH",
    "dyn.test.,        1, 1, FORMERR",
    "dyn.test.,        1, 255, FORMERR",
  })
  void section31TheZoneSection(String zone, int dclass, int type, String rcode) throws Exception {
    Message message = new Message();
    message.getHeader().setOpcode(Opcode.UPDATE);
    message.addRecord(Record.newRecord(name(zone), type, dclass), Section.ZONE);
    assertThat(sent(signed(message)).getRcode()).isEqualTo(Rcode.value(rcode));
    assertThat(proposals).isEmpty();
  }

  @Test
  void section311NotExactlyOneZoneIsFormErr() throws Exception {
    Message none = new Message();
    none.getHeader().setOpcode(Opcode.UPDATE);
    assertThat(sent(signed(none)).getRcode()).isEqualTo(Rcode.FORMERR);
    Message two = new Message();
    two.getHeader().setOpcode(Opcode.UPDATE);
    two.addRecord(Record.newRecord(ZONE, Type.SOA, DClass.IN), Section.ZONE);
    two.addRecord(Record.newRecord(name("b.test."), Type.SOA, DClass.IN), Section.ZONE);
    assertThat(sent(signed(two)).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  /** RFC 8914: who asks by EDNS is told that it is not for him, and no more. */
  @Test
  void whatIsRefusedIsProhibited() throws Exception {
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    update.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    Message answer = sent(update);
    assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
    var why =
        (ExtendedErrorCodeOption)
            Objects.requireNonNull(answer.getOPT())
                .getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)
                .getFirst();
    assertThat(why.getErrorCode()).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
    assertThat(why.getText()).isNull();
  }

  /** What passes by itself is no refusal. */
  @Test
  void notNowIsServFail() {
    assertThat(UpdateMessages.rcode(new UpdateDoor.Decision.NotNow("too often")))
        .isEqualTo(Rcode.SERVFAIL);
    assertThat(UpdateMessages.rcode(new UpdateDoor.Decision.NotAllowed("locked")))
        .isEqualTo(Rcode.REFUSED);
  }

  /** Name, TTL, class, type, RDATA in hexadecimal, of a record as it is, whatever it means. */
  private static Record odd(String owner, long ttl, int dclass, int type, String rdata) {
    byte[] octets = HexFormat.of().parseHex(rdata);
    return octets.length == 0
        ? Record.newRecord(name(owner), type, dclass, ttl)
        : Record.newRecord(name(owner), type, dclass, ttl, octets);
  }

  @ParameterizedTest
  @CsvSource({
    // 3.2.4, 3.2.5: the TTL is 0, the name within the zone, the RDATA empty but for a value.
    "old.dyn.test.,   0, 255, A,   '',       NOERROR",
    "old.dyn.test.,   1, 255, A,   '',       FORMERR",
    "old.test.,       0, 255, A,   '',       NOTZONE",
    "old.dyn.test.,   0, 255, A,   c0000202, FORMERR",
    "old.dyn.test.,   0, 255, ANY, '',       NOERROR",
    "none.dyn.test.,  0, 255, ANY, '',       NXDOMAIN",
    "none.dyn.test.,  0, 255, A,   '',       NXRRSET",
    "old.dyn.test.,   0, 255, TXT, '',       NXRRSET",
    "old.dyn.test.,   0, 254, ANY, '',       YXDOMAIN",
    "none.dyn.test.,  0, 254, ANY, '',       NOERROR",
    "old.dyn.test.,   0, 254, A,   '',       YXRRSET",
    "old.dyn.test.,   0, 254, TXT, '',       NOERROR",
    "old.dyn.test.,   0, 254, A,   c0000202, FORMERR",
    "old.dyn.test.,   0,   1, A,   c0000202, NOERROR",
    "old.dyn.test.,   0,   1, A,   c0000203, NXRRSET",
    "old.dyn.test.,  60,   1, A,   c0000202, FORMERR",
    "old.dyn.test.,   0,   1, ANY, c0000202, FORMERR",
    "old.dyn.test.,   0,   3, A,   c0000202, FORMERR",
    "old.dyn.test.,   0,   4, A,   '',       FORMERR",
    "old.dyn.test.,   0, 255, AXFR, '',      FORMERR",
  })
  void section32Prerequisites(
      String owner, long ttl, int dclass, String type, String rdata, String rcode)
      throws Exception {
    Message update = update();
    update.addRecord(odd(owner, ttl, dclass, Type.value(type), rdata), Section.PREREQ);
    assertThat(sent(signed(update)).getRcode()).isEqualTo(Rcode.value(rcode));
  }

  @ParameterizedTest
  @CsvSource({
    // 3.4.1.2, 3.4.1.3.
    "new.dyn.test., 60,   1, A,    c0000209, NOERROR",
    "new.dyn.test., 60,   1, A,    '',       FORMERR",
    "new.test.,     60,   1, A,    c0000209, NOTZONE",
    "new.dyn.test., 60,   1, ANY,  c0000209, FORMERR",
    "new.dyn.test., 60,   1, AXFR, c0000209, FORMERR",
    "new.dyn.test., 60,   1, MAILB, c0000209, FORMERR",
    "old.dyn.test.,  0, 255, A,    '',       NOERROR",
    "old.dyn.test.,  1, 255, A,    '',       FORMERR",
    "old.dyn.test.,  0, 255, A,    c0000202, FORMERR",
    "old.dyn.test.,  0, 255, ANY,  '',       NOERROR",
    "old.dyn.test.,  0, 255, AXFR, '',       FORMERR",
    "old.dyn.test.,  0, 254, A,    c0000202, NOERROR",
    "old.dyn.test.,  1, 254, A,    c0000202, FORMERR",
    "old.dyn.test.,  0, 254, ANY,  c0000202, FORMERR",
    "old.dyn.test.,  0,   3, A,    c0000202, FORMERR",
    "old.dyn.test.,  0,   0, A,    c0000202, FORMERR",
    "dyn.test.,      0, 255, SOA,  '',       NOERROR",
    "dyn.test.,      0, 255, NS,   '',       NOERROR",
  })
  void section341TheUpdateSection(
      String owner, long ttl, int dclass, String type, String rdata, String rcode)
      throws Exception {
    Message update = update();
    update.addRecord(odd(owner, ttl, dclass, Type.value(type), rdata), Section.UPDATE);
    assertThat(sent(signed(update)).getRcode()).isEqualTo(Rcode.value(rcode));
    // 3.4.2.3: never without its SOA and an NS.
    assertThat(texts("dyn.test.", Type.SOA)).hasSize(1);
    assertThat(texts("dyn.test.", Type.NS)).hasSize(1);
  }

  @Test
  void section35AllOrNothing() throws Exception {
    Message update = update();
    update.addRecord(record("new.dyn.test. 60 A 192.0.2.9"), Section.UPDATE);
    update.addRecord(odd("old.dyn.test.", 1, 255, Type.A, ""), Section.UPDATE);
    assertThat(sent(signed(update)).getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(texts("new.dyn.test.", Type.A)).isEmpty();
  }

  @Test
  void section3422AnAliasInTheWayIsPassedOver() throws Exception {
    Update update = update();
    update.add(record("alias.dyn.test. 60 A 192.0.2.9"));
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    assertThat(sent(signed(update)).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(texts("alias.dyn.test.", Type.A)).isEmpty();
    assertThat(texts("new.dyn.test.", Type.A)).hasSize(1);
  }

  @Test
  void whatIsNoUpdateIsLeftToTheLanes() {
    byte[] query = Message.newQuery(Record.newRecord(ZONE, Type.SOA, DClass.IN)).toWire();
    assertThat(requests.concern(query)).isFalse();
    assertThat(requests.concern(new byte[0])).isFalse();
    byte[] response = query.clone();
    response[2] |= (byte) 0x80;
    assertThat(requests.concern(response)).isFalse();
  }

  @Test
  void noOctetsMakeItFailOrTakeLong() throws Exception {
    var random = new Random(3);
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    byte[] wire = update.toWire(65535);
    for (int i = 0; i < 20_000; i++) {
      byte[] odd = Arrays.copyOf(wire, 12 + random.nextInt(wire.length));
      for (int changes = random.nextInt(5); changes > 0; changes--) {
        odd[random.nextInt(odd.length)] = (byte) random.nextInt();
      }
      odd[2] = (byte) (Opcode.UPDATE << 3);
      byte[] answer = Objects.requireNonNull(send(odd));
      assertThat(answer[3] & 0xF).isNotIn(Rcode.NOERROR, Rcode.SERVFAIL);
    }
  }
}
