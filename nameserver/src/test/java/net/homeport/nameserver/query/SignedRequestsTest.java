package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.homeport.zone.update.Requestor.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SIG0;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * What signatures do for requests: RFC 8945, RFC 2931; and leases that are asked for (RFC 9664).
 */
@Timeout(60)
final class SignedRequestsTest extends UpdateFixture {
  @Test
  void anUpdateThatComesTwiceIsPerformedOnceAndAnsweredTwice() throws Exception {
    Update first = update();
    first.add(record("n.dyn.test. 60 A 192.0.2.1"));
    byte[] wire = signed(first).toWire(65535);
    assertThat(new Message(send(wire)).getRcode()).isEqualTo(Rcode.NOERROR);
    Update second = update();
    second.delete(name("n.dyn.test."), Type.A);
    second.add(record("n.dyn.test. 60 A 192.0.2.2"));
    assertThat(sent(signed(second)).getRcode()).isEqualTo(Rcode.NOERROR);
    long serial = Objects.requireNonNull(writer.snapshot().zone(ZONE)).serial();

    byte[] again = Objects.requireNonNull(send(wire));
    assertThat(new Message(again).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(SIGNER.verify(new Message(again), again, new Message(wire).getTSIG()))
        .isEqualTo(Rcode.NOERROR);
    assertThat(texts("n.dyn.test.", Type.A)).containsExactly("192.0.2.2");
    assertThat(Objects.requireNonNull(writer.snapshot().zone(ZONE)).serial()).isEqualTo(serial);
    assertThat(proposals).hasSize(2);
  }

  @Test
  void rfc8945BadTimeChangesNothing() throws Exception {
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    byte[] wire = signed(update).toWire(65535);
    clock.advance(Duration.ofSeconds(400));
    var answer = new Message(send(wire));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOTAUTH);
    assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADTIME);
    assertThat(texts("new.dyn.test.", Type.A)).isEmpty();
  }

  @Test
  void rfc8945AnUnknownKeyIsNotAuthWithBadKey() throws Exception {
    Update update = update();
    update.add(record("new.dyn.test. 60 A 192.0.2.9"));
    update.setTSIG(new TSIG(TSIG.HMAC_SHA256, name("nobody."), SECRET));
    Message answer = sent(update);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOTAUTH);
    assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADKEY);
    assertThat(proposals).isEmpty();
  }

  @Test
  void rfc8945SignedQueriesAreAnsweredSigned() throws Exception {
    Message query = Message.newQuery(Record.newRecord(ZONE, Type.SOA, DClass.IN));
    query.setTSIG(SIGNER);
    byte[] wire = query.toWire(65535);
    byte[] octets = Objects.requireNonNull(send(wire));
    var answer = new Message(octets);
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    assertThat(SIGNER.verify(answer, octets, new Message(wire).getTSIG())).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void rfc8945ASignedAnswerFitsWithItsSignature() throws Exception {
    Update update = update();
    for (int i = 0; i < 30; i++) {
      update.add(record("big.dyn.test. 60 A 192.0.2." + i));
    }
    sent(signed(update));
    Message query = Message.newQuery(Record.newRecord(name("big.dyn.test."), Type.A, DClass.IN));
    query.setTSIG(SIGNER);
    byte[] octets = Objects.requireNonNull(send(query.toWire(65535)));
    assertThat(octets.length).isLessThanOrEqualTo(512);
    assertThat(new Message(octets).getTSIG()).isNotNull();
  }

  @Test
  void rfc9664ALeaseIsAskedForAndGranted() throws Exception {
    Update update = update();
    update.add(record("cam.dyn.test. 60 A 192.0.2.9"));
    byte[] seconds = {0, 0, 0, 120, 0, 0, 14, 16};
    update.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(2, seconds))),
        Section.ADDITIONAL);
    Message answer = sent(signed(update));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    byte[] granted = answer.getOPT().getOptions(2).getFirst().toWire();
    assertThat(granted).endsWith(seconds);
    writer.expireLeases(clock.instant().plusSeconds(119)).join();
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
    writer.expireLeases(clock.instant().plusSeconds(120)).join();
    assertThat(texts("cam.dyn.test.", Type.A)).isEmpty();
  }

  @Test
  void rfc9664ALeaseOfOneNumberIsGrantedByOne() throws Exception {
    Update update = update();
    update.add(record("cam.dyn.test. 60 A 192.0.2.9"));
    byte[] seconds = {0, 0, 0, 1};
    update.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(2, seconds))),
        Section.ADDITIONAL);
    byte[] granted = sent(signed(update)).getOPT().getOptions(2).getFirst().toWire();
    assertThat(granted).containsExactly(0, 2, 0, 4, 0, 0, 0, 30);
  }

  @Test
  void rfc2931AnUpdateSignedByAPrivateKey() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Name device = name("cam.dyn.test.");
    publicKey =
        new KEYRecord(
            device,
            DClass.IN,
            0,
            KEYRecord.Flags.HOST,
            KEYRecord.Protocol.DNSSEC,
            DNSSEC.Algorithm.ED25519,
            new DNSKEYRecord(
                    device, DClass.IN, 0, 256, 3, DNSSEC.Algorithm.ED25519, pair.getPublic())
                .getKey());
    Update update = update();
    update.add(record("cam.dyn.test. 60 A 192.0.2.9"));
    SIG0.signMessage(update, publicKey, pair.getPrivate(), null);
    byte[] wire = update.toWire(65535);
    assertThat(new Message(send(wire)).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(requestors.getLast().proof()).isEqualTo(new Proof.PublicKey(device));

    byte[] changed = wire.clone();
    int last = 12 + ZONE.length() + 4 + 5;
    changed[last] ^= 1;
    assertThat(new Message(send(changed)).getRcode()).isNotEqualTo(Rcode.NOERROR);
    publicKey = null;
    assertThat(new Message(send(wire)).getRcode()).isEqualTo(Rcode.NOTAUTH);
  }
}
