package net.homeport.nameserver.tsig;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/** RFC 8945, held against another implementation in both directions. */
final class TsigTest {
  private static final byte[] SECRET =
      "a secret only for these tests...".getBytes(StandardCharsets.UTF_8);
  private static final Name KEY = name("Update.Key.");

  private static Message query() {
    return Message.newQuery(Record.newRecord(name("dyn.test."), Type.SOA, DClass.IN));
  }

  private static TsigKey key(TsigAlgorithm algorithm) {
    return new TsigKey(KEY, algorithm, SECRET);
  }

  private static TSIG other(TsigAlgorithm algorithm) {
    return new TSIG(algorithm.wireName(), KEY, SECRET);
  }

  private static InstantSource now() {
    return InstantSource.system();
  }

  private static TsigVerifier verifier(TsigKey... keys) {
    return new TsigVerifier(
        wanted -> Arrays.stream(keys).filter(key -> key.name().equals(wanted)).toList(), now());
  }

  private static byte[] signed(TSIG tsig, Message query) {
    query.setTSIG(tsig);
    return query.toWire(65535);
  }

  @ParameterizedTest
  @EnumSource
  void rfc8945RequestsOfOthersAreVerifiedAndOurAnswersByThem(TsigAlgorithm algorithm)
      throws Exception {
    Message query = query();
    byte[] wire = signed(other(algorithm), query);
    var verified = (TsigVerdict.Verified) verifier(key(algorithm)).verify(wire);
    assertThat(verified.session().key().name()).isEqualTo(KEY);

    byte[] answer = verified.session().sign(query().toWire());
    TSIGRecord requestTsig = new Message(wire).getTSIG();
    var parsed = new Message(answer);
    assertThat(other(algorithm).verify(parsed, answer, requestTsig)).isEqualTo(Rcode.NOERROR);
    assertThat(answer.length - query().toWire().length)
        .isLessThanOrEqualTo(verified.session().octets());
  }

  @ParameterizedTest
  @EnumSource
  void rfc8945OurRequestsAreVerifiedByOthersAndTheirAnswersByUs(TsigAlgorithm algorithm)
      throws Exception {
    TsigExchange exchange = TsigExchange.of(query().toWire(), key(algorithm), now());
    byte[] request = exchange.request();
    var parsed = new Message(request);
    assertThat(other(algorithm).verify(parsed, request, null)).isEqualTo(Rcode.NOERROR);

    Message answer = query();
    answer.setTSIG(other(algorithm), Rcode.NOERROR, parsed.getTSIG());
    exchange.verify(answer.toWire(65535), false);
    assertThat(exchange.isComplete()).isTrue();
  }

  @Test
  void rfc8945Section522AChangedMessageIsBadSig() {
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    var random = new Random(1);
    int rejected = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] changed = wire.clone();
      int at = random.nextInt(changed.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      TsigVerdict verdict = verifier(key(TsigAlgorithm.HMAC_SHA256)).verify(changed);
      // The ID is not part of what is signed, and the letter case of names does not matter.
      if (verdict instanceof TsigVerdict.Verified) {
        boolean isLetterCase = at >= 12 && (changed[at] ^ wire[at]) == 0x20;
        assertThat(at < 2 || isLetterCase).as("octet %d", at).isTrue();
      } else {
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(4000);
  }

  @Test
  void rfc8945Section521UnknownKeysAndAlgorithmsAreBadKeyUnsigned() throws Exception {
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    for (TsigVerifier verifier : List.of(verifier(), verifier(key(TsigAlgorithm.HMAC_SHA512)))) {
      var rejected = (TsigVerdict.Rejected) verifier.verify(wire);
      assertThat(rejected.error()).isEqualTo(TsigError.BADKEY);
      TSIGRecord tsig = new Message(rejected.answer().sign(query().toWire())).getTSIG();
      assertThat(tsig.getError()).isEqualTo(Rcode.BADKEY);
      assertThat(tsig.getSignature()).isEmpty();
    }
  }

  @Test
  void rfc8945Section522AWrongSecretIsBadSigUnsigned() throws Exception {
    var otherSecret =
        new TSIG(TSIG.HMAC_SHA256, KEY, "something else".getBytes(StandardCharsets.UTF_8));
    var rejected =
        (TsigVerdict.Rejected)
            verifier(key(TsigAlgorithm.HMAC_SHA256)).verify(signed(otherSecret, query()));
    assertThat(rejected.error()).isEqualTo(TsigError.BADSIG);
    TSIGRecord tsig = new Message(rejected.answer().sign(query().toWire())).getTSIG();
    assertThat(tsig.getError()).isEqualTo(Rcode.BADSIG);
    assertThat(tsig.getSignature()).isEmpty();
  }

  @Test
  void rfc8945Section523ASignatureOfAnotherTimeIsBadTimeSignedWithOurTime() throws Exception {
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    for (Duration off : List.of(Duration.ofSeconds(310), Duration.ofSeconds(-310))) {
      Instant ours = Instant.now().plus(off);
      var verifier =
          new TsigVerifier(_ -> List.of(key(TsigAlgorithm.HMAC_SHA256)), InstantSource.fixed(ours));
      var rejected = (TsigVerdict.Rejected) verifier.verify(wire);
      assertThat(rejected.error()).isEqualTo(TsigError.BADTIME);
      byte[] answer = rejected.answer().sign(query().toWire());
      TSIGRecord tsig = new Message(answer).getTSIG();
      assertThat(tsig.getError()).isEqualTo(Rcode.BADTIME);
      assertThat(tsig.getSignature()).hasSize(32);
      assertThat(tsig.getTimeSigned()).isEqualTo(new Message(wire).getTSIG().getTimeSigned());
      byte[] time = tsig.getOther();
      assertThat(time).hasSize(6);
      long said = 0;
      for (byte octet : time) {
        said = said << 8 | (octet & 0xFF);
      }
      assertThat(said).isEqualTo(ours.getEpochSecond());
      // Whoever asked can verify it, whatever its clock says.
      assertThat(
              other(TsigAlgorithm.HMAC_SHA256)
                  .verify(new Message(answer), answer, new Message(wire).getTSIG()))
          .isEqualTo(Rcode.NOERROR);
    }
  }

  @Test
  void aRequestorCannotAskForALongerTime() {
    Message query = query();
    byte[] plain = query.toWire();
    TsigKey key = key(TsigAlgorithm.HMAC_SHA256);
    long time = Instant.now().getEpochSecond();
    var variables = new TsigDigest.Variables(time, 65_535, 0, new byte[0]);
    int id = query.getHeader().getID();
    byte[] mac = TsigDigest.mac(key, null, plain, plain.length, id, true, variables, false);
    byte[] wire = TsigDigest.appended(plain, KEY, key.algorithm().wireName(), variables, mac, id);
    assertThat(verifier(key).verify(wire)).isInstanceOf(TsigVerdict.Verified.class);
    var later =
        new TsigVerifier(_ -> List.of(key), InstantSource.fixed(Instant.ofEpochSecond(time + 301)));
    assertThat(((TsigVerdict.Rejected) later.verify(wire)).error()).isEqualTo(TsigError.BADTIME);
  }

  @Test
  void rfc8945Section5221ShortenedMacsAreMalformedOrBadTrunc() {
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    for (int length = 0; length <= 32; length++) {
      TsigVerdict verdict =
          verifier(key(TsigAlgorithm.HMAC_SHA256)).verify(withMacLength(wire, length));
      if (length < 16) {
        assertThat(verdict).as("%d", length).isInstanceOf(TsigVerdict.Malformed.class);
      } else if (length < 32) {
        assertThat(((TsigVerdict.Rejected) verdict).error()).isEqualTo(TsigError.BADTRUNC);
      } else {
        assertThat(verdict).isInstanceOf(TsigVerdict.Verified.class);
      }
    }
  }

  /** The TSIG record is last: MAC length, MAC, original ID, error, other length. */
  private static byte[] withMacLength(byte[] wire, int length) {
    int cut = 32 - length;
    int macAt = wire.length - 6 - 32;
    byte[] shorter = new byte[wire.length - cut];
    System.arraycopy(wire, 0, shorter, 0, macAt + length);
    System.arraycopy(wire, wire.length - 6, shorter, macAt + length, 6);
    shorter[macAt - 1] = (byte) length;
    int rdataLengthAt = macAt - 2 - 8 - TsigAlgorithm.HMAC_SHA256.wireName().length() - 2;
    shorter[rdataLengthAt + 1] -= (byte) cut;
    return shorter;
  }

  @Test
  void rfc8945Section51ATsigThatIsNotLastOrNotAloneIsMalformed() {
    Message query = query();
    byte[] one = signed(other(TsigAlgorithm.HMAC_SHA256), query);
    byte[] plain = query().toWire();
    byte[] tsig = Arrays.copyOfRange(one, plain.length, one.length);
    byte[] twice = Arrays.copyOf(one, one.length + tsig.length);
    System.arraycopy(tsig, 0, twice, one.length, tsig.length);
    twice[11] = 2;
    assertThat(verifier().verify(twice)).isInstanceOf(TsigVerdict.Malformed.class);
    byte[] elsewhere = one.clone();
    elsewhere[11] = 0;
    elsewhere[7] = 1;
    assertThat(verifier().verify(elsewhere)).isInstanceOf(TsigVerdict.Malformed.class);
    byte[] trailing = Arrays.copyOf(one, one.length + 1);
    assertThat(verifier().verify(trailing)).isInstanceOf(TsigVerdict.Malformed.class);
  }

  @Test
  void noOctetsMakeItFail() {
    var random = new Random(2);
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    TsigVerifier verifier = verifier(key(TsigAlgorithm.HMAC_SHA256));
    for (int i = 0; i < 50_000; i++) {
      byte[] odd = Arrays.copyOf(wire, random.nextInt(wire.length + 20));
      for (int changes = random.nextInt(6); changes > 0 && odd.length > 0; changes--) {
        odd[random.nextInt(odd.length)] = (byte) random.nextInt();
      }
      if (verifier.verify(odd) instanceof TsigVerdict.Rejected rejected) {
        assertThat(rejected.answer().sign(query().toWire())).isNotEmpty();
      }
    }
  }

  @Test
  void duringARotationBothSecretsAreTaken() {
    var newer =
        new TsigKey(
            KEY,
            TsigAlgorithm.HMAC_SHA256,
            "the secret that comes".getBytes(StandardCharsets.UTF_8));
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    assertThat(verifier(newer, key(TsigAlgorithm.HMAC_SHA256)).verify(wire))
        .isInstanceOf(TsigVerdict.Verified.class);
  }

  @Test
  void rfc8945Section531AStreamOfMessagesIsVerifiedByOthers() throws Exception {
    byte[] wire = signed(other(TsigAlgorithm.HMAC_SHA256), query());
    var verified = (TsigVerdict.Verified) verifier(key(TsigAlgorithm.HMAC_SHA256)).verify(wire);
    var stream =
        new TSIG.StreamVerifier(other(TsigAlgorithm.HMAC_SHA256), new Message(wire).getTSIG());
    for (int i = 0; i < 5; i++) {
      byte[] answer = verified.session().sign(query().toWire());
      assertThat(stream.verify(new Message(answer), answer, i == 4)).isEqualTo(Rcode.NOERROR);
    }
  }

  @Test
  void rfc8945Section531StreamsOfOthersAreVerifiedWithUnsignedMessagesBetween() throws Exception {
    TsigExchange exchange =
        TsigExchange.of(query().toWire(), key(TsigAlgorithm.HMAC_SHA256), now());
    TSIGRecord request = new Message(exchange.request()).getTSIG();
    var generator = new TSIG.StreamGenerator(other(TsigAlgorithm.HMAC_SHA256), request);
    var messages = new ArrayList<byte[]>();
    for (int i = 0; i < 3; i++) {
      Message message = query();
      generator.generate(message);
      messages.add(message.toWire(65535));
    }
    for (byte[] message : messages) {
      exchange.verify(message, true);
    }
    assertThat(exchange.isComplete()).isTrue();
    byte[] unsigned = query().toWire();
    exchange.verify(unsigned, true);
    exchange.verify(unsigned, true);
    assertThat(exchange.isComplete()).isFalse();
    byte[] lastMac = new Message(messages.getLast()).getTSIG().getSignature();
    exchange.verify(signedAfter(lastMac, unsigned, unsigned), true);
    assertThat(exchange.isComplete()).isTrue();

    TsigExchange again = TsigExchange.of(query().toWire(), key(TsigAlgorithm.HMAC_SHA256), now());
    assertThatThrownBy(() -> again.verify(messages.getFirst(), true))
        .isInstanceOf(TsigException.class)
        .hasMessageContaining("MAC");
  }

  /** A message signed with those before it, by the words of RFC 8945 4.3.2 and 5.3.1. */
  private static byte[] signedAfter(byte[] lastMac, byte[]... before) throws Exception {
    byte[] message = query().toWire();
    long time = Instant.now().getEpochSecond();
    byte[] timers =
        ByteBuffer.allocate(8)
            .putShort((short) (time >> 32))
            .putInt((int) time)
            .putShort((short) 300)
            .array();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    mac.update(new byte[] {0, 32});
    mac.update(lastMac);
    for (byte[] octets : before) {
      mac.update(octets);
    }
    mac.update(message);
    mac.update(timers);
    var signed = new Message(message);
    signed.addRecord(
        new TSIGRecord(
            KEY,
            DClass.ANY,
            0,
            TSIG.HMAC_SHA256,
            Instant.ofEpochSecond(time),
            Duration.ofMinutes(5),
            mac.doFinal(),
            signed.getHeader().getID(),
            0,
            null),
        Section.ADDITIONAL);
    return signed.toWire(65535);
  }

  @Test
  void anAnswerThatIsNotSignedIsNotBelieved() {
    TsigExchange exchange =
        TsigExchange.of(query().toWire(), key(TsigAlgorithm.HMAC_SHA256), now());
    assertThatThrownBy(() -> exchange.verify(query().toWire(), false))
        .isInstanceOf(TsigException.class)
        .hasMessageContaining("not signed");
    assertThat(exchange.isComplete()).isFalse();
  }
}
