package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.Management;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.UpdateDoor;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SIG0;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** UPDATE messages from octets to octets, each test named after its section of RFC 2136. */
@Timeout(60)
final class UpdateRequestsTest {
  private static final Name ZONE = name("dyn.test.");
  private static final Name KEY = name("key.dyn.test.");
  private static final byte[] SECRET = "only for these tests".getBytes(StandardCharsets.UTF_8);
  private static final TSIG SIGNER = new TSIG(TSIG.HMAC_SHA256, KEY, SECRET);

  private final FakeClock clock = new FakeClock(Instant.now());
  private final List<Requestor> requestors = new ArrayList<>();
  private final List<ProposedUpdate> proposals = new ArrayList<>();
  private final ZoneWriter writer = new ZoneWriter(zones(), _ -> {}, _ -> {}, _ -> {});
  private @Nullable KEYRecord publicKey;
  private final NameServerSettings settings =
      new NameServerSettings(
          Optional.empty(),
          Optional.empty(),
          true,
          Duration.ofSeconds(10),
          new ServerCookies(List.of(new CookieSecret(1, 2))),
          clock);
  private final FullLane fullLane = new FullLane(writer::snapshot, settings);
  private final Requests requests =
      new Requests(
          writer::snapshot,
          fullLane,
          settings,
          new RequestDoors(
              wanted ->
                  wanted.equals(KEY)
                      ? List.of(new TsigKey(KEY, TsigAlgorithm.HMAC_SHA256, SECRET))
                      : List.of(),
              signer ->
                  publicKey != null && publicKey.getName().equals(signer)
                      ? List.of(publicKey)
                      : List.of(),
              this::propose));

  private static ZoneSnapshot zones() {
    try {
      ZoneSnapshot empty = ZoneSnapshot.empty(1);
      return empty.with(
          ZoneText.parse(
              empty,
              ZONE,
              """
              @ 3600 SOA ns1 hostmaster 1 3600 600 604800 60
              @ NS ns1
              ns1 A 192.0.2.1
              old A 192.0.2.2
              alias CNAME old
              """));
    } catch (ZoneTextException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<UpdateDoor.Decision> propose(
      ProposedUpdate update, Requestor requestor) {
    requestors.add(requestor);
    proposals.add(update);
    if (requestor.proof() instanceof Proof.None) {
      return CompletableFuture.completedFuture(new UpdateDoor.Decision.NotAllowed("unsigned"));
    }
    return writer
        .submit(
            new ZoneUpdate(
                update.zone(),
                update.prerequisites(),
                update.operations(),
                Management.STATIC,
                ZoneUpdate.AliasConflict.IGNORED,
                new Attribution("key", "test", null, clock.instant()),
                update.lease()))
        .thenApply(UpdateDoor.Decision.Decided::new);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private byte @Nullable [] send(byte[] request) throws Exception {
    var answers = new ArrayList<byte[]>();
    assertThat(requests.concern(request)).isTrue();
    requests.answer(request, Askers.UDP, answers::add);
    return answers.isEmpty() ? null : answers.getFirst();
  }

  private Message sent(Message update) throws Exception {
    byte[] request = update.toWire(65535);
    byte[] octets = Objects.requireNonNull(send(request));
    var answer = new Message(octets);
    assertThat(answer.getHeader().getID()).isEqualTo(update.getHeader().getID());
    assertThat(answer.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
    TSIGRecord tsig = new Message(request).getTSIG();
    if (tsig != null && answer.getTSIG() != null && answer.getTSIG().getError() == 0) {
      assertThat(SIGNER.verify(answer, octets, tsig)).isEqualTo(Rcode.NOERROR);
    }
    return answer;
  }

  private static Message signed(Message update) {
    update.setTSIG(SIGNER);
    return update;
  }

  private static Update update() {
    return new Update(ZONE);
  }

  private List<String> texts(String owner, int type) {
    var rrset = Objects.requireNonNull(writer.snapshot().zone(ZONE)).rrset(name(owner), type);
    return rrset == null
        ? List.of()
        : rrset.records(name(owner)).stream().map(Record::rdataToString).toList();
  }

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
