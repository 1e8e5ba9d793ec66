package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsQuery.RD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.homeport.nameserver.query.Asker.Carrier;
import net.homeport.testkit.DnsQuery;
import net.homeport.testkit.DnsText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Header, opcodes, classes, and messages that are none: octets in, octets out. */
final class FullLaneHeaderTest {
  private static final int ALL_FLAGS_BUT_QR = 0x07FF & ~0xF;
  private static final DnsQuery WWW = DnsQuery.of("www.conf.test.", Type.A);

  private final FullLane lane = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);

  private byte @Nullable [] answer(byte[] request) {
    return lane.answer(request, Askers.UDP);
  }

  private Said ask(DnsQuery query) {
    return Said.of(answer(query.octets()));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, qr aa",
    "0x0100, qr aa rd",
    // RFC 4035 3.1.6: CD should be cleared; AD is for validated data.
    "0x0010, qr aa",
    "0x0020, qr aa",
    // RFC 1035 4.1.1: Z must be zero, RA says that recursion is available.
    "0x0040, qr aa",
    "0x0080, qr aa",
    "0x0400, qr aa",
    "0x07F0, qr aa rd",
    "0x000F, qr aa",
  })
  void ofTheFlagsOnlyRdComesBack(String flags, String expected) {
    Said said = ask(WWW.flags(Integer.decode(flags)));
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo(expected);
    assertThat(said.answer()).containsExactly("www.conf.test. 3600 A 192.0.2.80");
  }

  @Test
  void tcInAQueryIsIgnored() {
    assertThat(ask(WWW.flags(0x0200)).flags()).isEqualTo("qr aa");
  }

  @Test
  void theQuestionComesBackOctetForOctet() {
    // Resolvers check the letter case that they chose (0x20).
    DnsQuery query = DnsQuery.of("WwW.cOnF.tEsT.", Type.A).flags(RD);
    Said said = ask(query);
    assertThat(Arrays.copyOfRange(said.octets(), 12, 12 + query.question().length))
        .isEqualTo(query.question());
    assertThat(said.message().getHeader().getID()).isEqualTo(DnsQuery.ID);
    assertThat(said.answer()).containsExactly("WwW.cOnF.tEsT. 3600 A 192.0.2.80");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 14, 15})
  void otherOpcodesAreNotImplemented(int opcode) {
    Said said = ask(WWW.flags(RD).opcode(opcode));
    assertThat(said.rcode()).isEqualTo("NOTIMP");
    assertThat(said.message().getHeader().getOpcode()).isEqualTo(opcode);
    assertThat(said.message().getHeader().getID()).isEqualTo(DnsQuery.ID);
    assertThat(said.flags()).isEqualTo("qr rd");
    byte[] headerOnly = Arrays.copyOf(WWW.opcode(opcode).octets(), 12);
    assertThat(Said.of(answer(headerOnly)).rcode()).isEqualTo("NOTIMP");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8000, 0x8180, 0xF800, 0xFFFF})
  void aResponseIsMetWithSilence(int flags) {
    // Or two servers would talk to each other forever.
    assertThat(answer(WWW.flags(flags).octets())).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 11})
  void fewerOctetsThanAHeaderAreMetWithSilence(int octets) {
    assertThat(answer(Arrays.copyOf(WWW.octets(), octets))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "2, 0, 0, 0",
    "65535, 0, 0, 0",
    "1, 1, 0, 0",
    "1, 0, 1, 0",
    "1, 0, 0, 1",
    "1, 0, 0, 65535"
  })
  void otherCountsThanOneQuestionAreMalformed(int qd, int an, int ns, int ar) {
    // RFC 9619 3
    Said said = ask(WWW.flags(RD).counts(qd, an, ns, ar));
    assertThat(said.rcode()).isEqualTo("FORMERR");
    assertThat(said.octets()).hasSize(12);
    assertThat(said.flags()).isEqualTo("qr rd");
  }

  @Test
  void twoQuestionsAreMalformed() {
    // RFC 9619: not even if both are there.
    assertThat(ask(WWW.trailing(WWW.question()).counts(2, 0, 0, 0)).rcode()).isEqualTo("FORMERR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0377777704",
        "C00C",
        "0161C00C",
        "416100",
        "8000",
        "0377",
        "C0FF",
        "FFFFFFFFFFFFFF"
      })
  void aQuestionThatCannotBeReadIsMalformed(String name) {
    // RFC 9267 2: pointer loops, label types, names that run off the message.
    byte[] header = WWW.counts(1, 0, 0, 0).octets();
    byte[] octets = HexFormat.of().parseHex(name);
    byte[] request = Arrays.copyOf(header, 12 + octets.length);
    System.arraycopy(octets, 0, request, 12, octets.length);
    assertThat(Said.of(answer(request)).rcode()).isEqualTo("FORMERR");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, ALL_FLAGS_BUT_QR})
  void aMessageCutAnywhereIsMalformed(int flags) {
    // TC set by the asker must not make half a question look whole.
    byte[] whole = WWW.flags(flags).edns(1232).octets();
    for (int octets = 12; octets < whole.length; octets++) {
      Said said = Said.of(answer(Arrays.copyOf(whole, octets)));
      assertThat(said.rcode()).as("%d octets", octets).isEqualTo("FORMERR");
      assertThat(said.octets()).hasSize(12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, DClass.CHAOS, DClass.HESIOD, DClass.NONE, DClass.ANY, 0xFFFF})
  void otherClassesAreRefused(int dclass) {
    Said said = ask(WWW.inClass(dclass));
    assertThat(said.rcode()).isEqualTo("REFUSED");
    assertThat(said.flags()).isEqualTo("qr");
  }

  @ParameterizedTest
  @CsvSource({
    "0,   FORMERR", // TYPE0
    "41,  FORMERR", // OPT
    "249, FORMERR", // TKEY
    "250, FORMERR", // TSIG
    "251, REFUSED", // IXFR
    "252, REFUSED", // AXFR
    "253, NOTIMP", // MAILB
    "254, NOTIMP", // MAILA
    "128, NOERROR",
    "248, NOERROR",
    "666, NOERROR",
    "65535, NOERROR",
  })
  void oddTypes(int type, String rcode) {
    Said said = ask(DnsQuery.of("www.conf.test.", type));
    assertThat(said.rcode()).isEqualTo(rcode);
    assertThat(said.answer()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTransferIsNotAnsweredByQueries(Carrier carrier) {
    // RFC 1995 3: IXFR carries a SOA in the authority section.
    byte[] soa =
        DnsText.record("conf.test. 0 SOA a. b. 1 1 1 1 1").toWire(org.xbill.DNS.Section.AUTHORITY);
    DnsQuery query = DnsQuery.of("conf.test.", Type.IXFR).trailing(soa).counts(1, 0, 1, 0);
    assertThat(Said.of(lane.answer(query.octets(), Askers.by(carrier))).rcode())
        .isEqualTo("REFUSED");
  }

  @Test
  void octetsBehindTheMessageAreIgnored() {
    assertThat(ask(WWW.trailing((byte) 1, (byte) 2)).answer()).hasSize(1);
  }

  @Test
  void otherRecordsInTheAdditionalSectionAreIgnored() {
    byte[] record = DnsText.record("x. 1 A 192.0.2.1").toWire(org.xbill.DNS.Section.ADDITIONAL);
    assertThat(ask(WWW.additional(record)).answer()).hasSize(1);
  }

  @Test
  void theSameQueryGetsTheSameAnswer() {
    assertThat(answer(WWW.octets())).isEqualTo(answer(WWW.octets()));
  }
}
