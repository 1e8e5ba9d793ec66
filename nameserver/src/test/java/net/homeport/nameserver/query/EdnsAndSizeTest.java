package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import net.homeport.testkit.DnsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Type;

/** EDNS (RFC 6891), and how large an answer may be. */
final class EdnsAndSizeTest {
  private static final DnsQuery SOA = DnsQuery.of("conf.test.", Type.SOA);
  private static final DnsQuery BIG = DnsQuery.of("big.conf.test.", Type.TXT);
  private static final DnsQuery MID = DnsQuery.of("mid.conf.test.", Type.TXT);

  private final FullLane lane = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);

  private Said ask(DnsQuery query) {
    return Said.of(lane.answer(query.octets(), Askers.UDP));
  }

  private static OPTRecord opt(Said said) {
    return Objects.requireNonNull(said.opt(), "an OPT record");
  }

  @Test
  void noOptInTheQueryNoneInTheAnswer() {
    // RFC 6891 7
    assertThat(ask(SOA).opt()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "conf.test.,         6, NOERROR,  ''",
    "nope.conf.test.,    1, NXDOMAIN, ''",
    "www.not-ours.test., 1, REFUSED,  20", // not authoritative
    "www.conf.test.,   252, REFUSED,  18", // prohibited
    "www.conf.test.,   253, NOTIMP,   21", // not supported
    "www.conf.test.,     0, FORMERR,  ''",
  })
  void anOptInTheQueryOneInTheAnswerWhateverItSays(
      String name, int type, String rcode, String extendedErrors) {
    // RFC 6891 6.1.1, RFC 8914 4
    Said said = ask(DnsQuery.of(name, type).edns(4096));
    assertThat(said.rcode()).isEqualTo(rcode);
    assertThat(opt(said).getVersion()).isZero();
    assertThat(opt(said).getPayloadSize()).isEqualTo(1232);
    assertThat(
            opt(said).getOptions().stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .map(String::valueOf)
                .collect(java.util.stream.Collectors.joining(" ")))
        .isEqualTo(extendedErrors);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 255})
  void anotherVersionIsBadversAndOurs(int version) {
    // RFC 6891 6.1.3
    Said said = ask(SOA.opt(1232, 0, version, 0));
    assertThat(said.rcode()).isEqualTo("BADVERS");
    assertThat(opt(said).getVersion()).isZero();
    assertThat(said.answer()).isEmpty();
    assertThat(said.flags()).isEqualTo("qr");
    Said withOption = ask(SOA.opt(1232, 0, version, 0, (byte) 0, (byte) 100, (byte) 0, (byte) 0));
    assertThat(withOption.rcode()).isEqualTo("BADVERS");
    assertThat(opt(withOption).getOptions()).isEmpty();
  }

  @Test
  void unknownOptionsAreIgnoredAndNotEchoed() {
    // RFC 6891 6.1.2
    byte[] option = {0, 100, 0, 2, (byte) 0xCA, (byte) 0xFE};
    Said said = ask(SOA.opt(1232, 0, 0, 0, option));
    assertThat(said.answer()).hasSize(1);
    assertThat(opt(said).getOptions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0x7F, 0x80, 0xFF})
  void extendedRcodeBitsOfAQueryAreIgnored(int bits) {
    Said said = ask(SOA.opt(1232, bits, 0, 0));
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.answer()).hasSize(1);
  }

  @Test
  void twoOptRecordsAreMalformed() {
    // RFC 6891 6.1.1
    assertThat(ask(SOA.edns(1232).edns(1232)).rcode()).isEqualTo("FORMERR");
  }

  @Test
  void anOptWhoseOwnerIsNotTheRootIsMalformed() {
    // RFC 6891 6.1.2
    byte[] opt = {1, 'x', 0, 0, 41, 4, (byte) 0xD0, 0, 0, 0, 0, 0, 0};
    assertThat(ask(SOA.additional(opt)).rcode()).isEqualTo("FORMERR");
  }

  @Test
  void anOptInAnotherSectionIsMalformed() {
    byte[] opt = {0, 0, 41, 4, (byte) 0xD0, 0, 0, 0, 0, 0, 0};
    assertThat(ask(SOA.trailing(opt).counts(1, 1, 0, 0)).rcode()).isEqualTo("FORMERR");
    assertThat(ask(SOA.trailing(opt).counts(1, 0, 1, 0)).rcode()).isEqualTo("FORMERR");
  }

  @Test
  void optionsLongerThanTheRecordAreMalformed() {
    assertThat(ask(SOA.opt(1232, 0, 0, 0, (byte) 0, (byte) 10, (byte) 0, (byte) 9)).rcode())
        .isEqualTo("FORMERR");
    byte[] beyond = {0, 0, 41, 4, (byte) 0xD0, 0, 0, 0, 0, 0, 50};
    assertThat(ask(SOA.additional(beyond)).rcode()).isEqualTo("FORMERR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0008000799630000000000", "000B0002012C", "000800080001180000000000", "000A0008"})
  void oddOptionsGetAnAnswerOrFormerr(String options) {
    // Client subnet of an unknown family, keep-alive over UDP, trailing octets, half a cookie.
    byte[] octets = java.util.HexFormat.of().parseHex(options);
    assertThat(ask(SOA.opt(1232, 0, 0, 0, octets)).rcode()).isIn("NOERROR", "FORMERR");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 511, 512})
  void aPayloadBelow512Means512(int payload) {
    // RFC 6891 6.2.3
    Said small = ask(DnsQuery.of("www.conf.test.", Type.A).edns(payload));
    assertThat(small.answer()).hasSize(1);
    Said cut = ask(MID.edns(payload));
    assertThat(cut.flags()).isEqualTo("qr aa tc");
    assertThat(cut.octets()).hasSizeLessThanOrEqualTo(512);
  }

  @Test
  void withoutEdnsAnAnswerOver512OctetsIsTruncated() {
    // RFC 1035 4.2.1; RFC 2181 9: what is left is only good for asking again over TCP.
    Said said = ask(MID);
    assertThat(said.flags()).isEqualTo("qr aa tc");
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.octets()).hasSizeLessThanOrEqualTo(512);
    assertThat(said.answer()).isEmpty();
    assertThat(ask(MID.edns(1232)).answer()).hasSize(3);
    assertThat(ask(MID.edns(1232)).flags()).isEqualTo("qr aa");
  }

  @ParameterizedTest
  @ValueSource(ints = {1232, 4096, 65535})
  void noDatagramIsLargerThan1232Octets(int payload) {
    // DNS Flag Day 2020; also what bounds amplification.
    Said said = ask(BIG.edns(payload));
    assertThat(said.flags()).isEqualTo("qr aa tc");
    assertThat(said.octets()).hasSizeLessThanOrEqualTo(1232);
    assertThat(opt(said).getPayloadSize()).isEqualTo(1232);
    assertThat(said.message().getHeader().getCount(org.xbill.DNS.Section.ADDITIONAL)).isOne();
  }

  @Test
  void aPayloadThatIsJustEnoughIsEnough() {
    int octets = ask(MID.edns(1232)).octets().length;
    assertThat(ask(MID.edns(octets)).flags()).isEqualTo("qr aa");
    assertThat(ask(MID.edns(octets - 1)).flags()).isEqualTo("qr aa tc");
  }

  @Test
  void overAStreamTheAnswerIsWhole() {
    Said said = Said.of(lane.answer(BIG.octets(), Askers.TCP));
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).hasSize(9);
    Said edns = Said.of(lane.answer(BIG.edns(512).octets(), Askers.TCP));
    assertThat(edns.answer()).hasSize(9);
  }

  @Test
  void theLargestAnswersFitAStream() {
    // An alias and an RRset of 50,000 octets.
    byte[] query = DnsQuery.of("tohuge.conf.test.", Type.TXT).edns(512).octets();
    Said said = Said.of(lane.answer(query, Askers.TCP));
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).hasSize(201);
  }

  @Test
  void aReferralWithItsGlueFits512Octets() {
    // RFC 9471 2.1
    Said said = ask(DnsQuery.of("host.deleg.conf.test.", Type.A));
    assertThat(said.flags()).isEqualTo("qr");
    assertThat(said.additional()).hasSize(2);
  }
}
