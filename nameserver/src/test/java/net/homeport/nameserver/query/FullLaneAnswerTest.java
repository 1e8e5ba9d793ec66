package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import net.homeport.testkit.DnsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What the full lane says of names and types (RFC 1034 4.3.2). */
final class FullLaneAnswerTest {
  private static final String SOA =
      "conf.test. 300 SOA ns1.conf.test. hostmaster.conf.test. 2025010101 7200 3600 1209600 300";

  private final FullLane lane = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);

  private Said ask(String name, String type) {
    byte[] query = DnsQuery.of(name, Type.value(type, true)).octets();
    return Said.of(lane.answer(query, Askers.TCP));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conf.test.            | SOA       | conf.test. 3600 SOA ns1.conf.test. hostmaster.conf.test. 2025010101 7200 3600 1209600 300
          conf.test.            | NS        | conf.test. 3600 NS ns1.conf.test.
          www.conf.test.        | A         | www.conf.test. 3600 A 192.0.2.80
          ttl0.conf.test.       | A         | ttl0.conf.test. 0 A 192.0.2.5
          mixed.conf.test.      | A         | mixed.conf.test. 3600 A 192.0.2.50
          unk.conf.test.        | TYPE65280 | unk.conf.test. 3600 TYPE65280 \\# 4 0A000001
          a\\.b.conf.test.      | A         | a\\.b.conf.test. 3600 A 192.0.2.90
          bin\\000\\255.conf.test. | A      | bin\\000\\255.conf.test. 3600 A 192.0.2.92
          svc.conf.test.        | HTTPS     | svc.conf.test. 3600 HTTPS 1 . alpn=h2,h3
          svcalias.conf.test.   | HTTPS     | svcalias.conf.test. 3600 HTTPS 0 svc.conf.test.
          hinfo.conf.test.      | HINFO     | hinfo.conf.test. 3600 HINFO "cpu" "os"
          eui.conf.test.        | TYPE108   | eui.conf.test. 3600 EUI48 \\# 6 00005E00532A
          foo.wild.conf.test.   | A         | foo.wild.conf.test. 3600 A 192.0.2.60
          *.wild.conf.test.     | A         | *.wild.conf.test. 3600 A 192.0.2.60
          alias.conf.test.      | CNAME     | alias.conf.test. 3600 CNAME www.conf.test.
          dn.conf.test.         | A         | dn.conf.test. 3600 A 192.0.2.70
          deleg.conf.test.      | DS        | deleg.conf.test. 3600 DS 12345 13 2 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB
          """)
  void oneRecord(String name, String type, String record) {
    Said said = ask(name, type);
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).containsExactly(record);
    // Minimal: nothing that was not asked for.
    assertThat(said.authority()).isEmpty();
    assertThat(said.additional()).isEmpty();
  }

  @Test
  void theWholeRrset() {
    // RFC 2181 5
    assertThat(ask("multi.conf.test.", "A").answer())
        .containsExactlyInAnyOrder(
            "multi.conf.test. 3600 A 192.0.2.11",
            "multi.conf.test. 3600 A 192.0.2.12",
            "multi.conf.test. 3600 A 192.0.2.13");
    assertThat(ask("many.conf.test.", "MX").answer()).hasSize(14);
    assertThat(ask("many.conf.test.", "MX").additional()).hasSizeLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "nope.conf.test.,         A,       NXDOMAIN",
    "nope.conf.test.,         ANY,     NXDOMAIN",
    "below.www.conf.test.,    A,       NXDOMAIN",
    "z.ent.conf.test.,        A,       NXDOMAIN",
    "ghost.*.wild.conf.test., A,       NXDOMAIN",
    "ent.conf.test.,          A,       NOERROR",
    "www.conf.test.,          MX,      NOERROR",
    "www.conf.test.,          TYPE666, NOERROR",
    "wild.conf.test.,         A,       NOERROR",
    "foo.wild.conf.test.,     MX,      NOERROR",
    "exact.wild.conf.test.,   A,       NOERROR",
    "deleg2.conf.test.,       DS,      NOERROR",
  })
  void negativeAnswersCarryTheSoaWithItsNegativeTtl(String name, String type, String rcode) {
    // RFC 2308 3, 5
    Said said = ask(name, type);
    assertThat(said.rcode()).isEqualTo(rcode);
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).isEmpty();
    assertThat(said.authority()).containsExactly(SOA);
    assertThat(said.additional()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "test.", "www.not-ours.test.", "notconf.test."})
  void namesOfOthersAreRefused(String name) {
    Said said = ask(name, "A");
    assertThat(said.rcode()).isEqualTo("REFUSED");
    assertThat(said.flags()).isEqualTo("qr");
    assertThat(said.answer()).isEmpty();
    assertThat(said.authority()).isEmpty();
  }

  @Test
  void anAliasAndWhatItLeadsTo() {
    // RFC 1034 3.6.2; the wildcard: RFC 4592 4.3
    assertThat(ask("alias.conf.test.", "A").answer())
        .containsExactly(
            "alias.conf.test. 3600 CNAME www.conf.test.", "www.conf.test. 3600 A 192.0.2.80");
    assertThat(ask("foo.wildcname.conf.test.", "A").answer())
        .containsExactly(
            "foo.wildcname.conf.test. 3600 CNAME www.conf.test.",
            "www.conf.test. 3600 A 192.0.2.80");
    assertThat(ask("cwild.conf.test.", "A").answer())
        .containsExactly(
            "cwild.conf.test. 3600 CNAME foo.wild.conf.test.",
            "foo.wild.conf.test. 3600 A 192.0.2.60");
    assertThat(ask("chain1.conf.test.", "A").answer())
        .containsExactly(
            "chain1.conf.test. 3600 CNAME chain2.conf.test.",
            "chain2.conf.test. 3600 CNAME chain3.conf.test.",
            "chain3.conf.test. 3600 CNAME www.conf.test.",
            "www.conf.test. 3600 A 192.0.2.80");
  }

  @Test
  void anAliasIntoAnotherZoneOfOursIsFollowed() {
    assertThat(ask("ctwo.conf.test.", "A").answer())
        .containsExactly(
            "ctwo.conf.test. 3600 CNAME www.two.test.", "www.two.test. 3600 A 192.0.2.222");
    assertThat(ask("round.conf.test.", "A").answer()).hasSize(3);
    assertThat(ask("ctwo.conf.test.", "MX").authority())
        .singleElement()
        .asString()
        .startsWith("two.test. 300 SOA");
  }

  @Test
  void anAliasToOthersEndsThere() {
    Said said = ask("cout.conf.test.", "A");
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).containsExactly("cout.conf.test. 3600 CNAME www.example.net.");
    assertThat(said.authority()).isEmpty();
  }

  @Test
  void theRcodeIsThatOfTheLastNameOfAChain() {
    // RFC 6604 3
    Said missing = ask("cnx.conf.test.", "A");
    assertThat(missing.rcode()).isEqualTo("NXDOMAIN");
    assertThat(missing.answer()).hasSize(1);
    assertThat(missing.authority()).containsExactly(SOA);
    Said noData = ask("cnodata.conf.test.", "A");
    assertThat(noData.rcode()).isEqualTo("NOERROR");
    assertThat(noData.answer()).hasSize(1);
    assertThat(noData.authority()).containsExactly(SOA);
  }

  @Test
  void anAliasIntoADelegationEndsWithAReferral() {
    // RFC 1034 4.3.2; AA speaks of the first owner name (RFC 1035 4.1.1).
    Said said = ask("cdel.conf.test.", "A");
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).containsExactly("cdel.conf.test. 3600 CNAME host.deleg.conf.test.");
    assertThat(said.authority()).contains("deleg.conf.test. 3600 NS ns1.deleg.conf.test.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cself", "cloop1", "l01", "www.grow", "again.dn"})
  void loopsAndLongChainsEndAndSayNothingTwice(String name) {
    Said said = ask(name + ".conf.test.", "A");
    assertThat(said.rcode()).isIn("NOERROR", "YXDOMAIN");
    assertThat(said.answer()).hasSizeBetween(1, 36);
    assertThat(new HashSet<>(said.answer())).as("distinct").hasSameSizeAs(said.answer());
  }

  @Test
  void aLoopIsToldOnce() {
    assertThat(ask("cself.conf.test.", "A").answer()).hasSize(1);
    assertThat(ask("cloop1.conf.test.", "A").answer()).hasSize(2);
  }

  @Test
  void aDnameWithItsSynthesisedCname() {
    // RFC 6672 3.1
    Said said = ask("www.dn.conf.test.", "A");
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer())
        .containsExactly(
            "dn.conf.test. 3600 DNAME target.conf.test.",
            "www.dn.conf.test. 3600 CNAME www.target.conf.test.",
            "www.target.conf.test. 3600 A 192.0.2.71");
    assertThat(ask("alias.dn.conf.test.", "A").answer()).hasSize(4);
  }

  @Test
  void aDnameThatIsMetTwiceIsToldOnce() {
    // again.dn -> again.target -> www.dn -> www.target; RFC 2181 5: an RRset has no duplicates.
    assertThat(ask("again.dn.conf.test.", "A").answer())
        .containsExactly(
            "dn.conf.test. 3600 DNAME target.conf.test.",
            "again.dn.conf.test. 3600 CNAME again.target.conf.test.",
            "again.target.conf.test. 3600 CNAME www.dn.conf.test.",
            "www.dn.conf.test. 3600 CNAME www.target.conf.test.",
            "www.target.conf.test. 3600 A 192.0.2.71");
  }

  @Test
  void aDnameThatLeadsToNothingOrAway() {
    Said missing = ask("nope.dn.conf.test.", "A");
    assertThat(missing.rcode()).isEqualTo("NXDOMAIN");
    assertThat(missing.answer()).hasSize(2);
    assertThat(missing.authority()).containsExactly(SOA);
    Said away = ask("www.dnout.conf.test.", "A");
    assertThat(away.rcode()).isEqualTo("NOERROR");
    assertThat(away.answer())
        .containsExactly(
            "dnout.conf.test. 3600 DNAME example.net.",
            "www.dnout.conf.test. 3600 CNAME www.example.net.");
  }

  @Test
  void aDnameWhoseSubstitutionIsTooLong() {
    // RFC 6672 2.2
    String label = "z".repeat(63);
    Said said = ask("%s.%s.toolong.conf.test.".formatted(label, label), "A");
    assertThat(said.rcode()).isEqualTo("YXDOMAIN");
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).singleElement().asString().contains("DNAME");
  }

  @ParameterizedTest
  @CsvSource({
    "host.deleg.conf.test., A",
    "ns1.deleg.conf.test.,  A",
    "deleg.conf.test.,      SOA",
    "deleg.conf.test.,      NS",
    "x.y.deleg.conf.test.,  TXT",
  })
  void aReferralIsNotAuthoritativeAndHasAllGlue(String name, String type) {
    // RFC 1034 4.3.2; RFC 2181 6.1; RFC 9471 2.1
    Said said = ask(name, type);
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo("qr");
    assertThat(said.answer()).isEmpty();
    assertThat(said.authority())
        .containsExactlyInAnyOrder(
            "deleg.conf.test. 3600 NS ns1.deleg.conf.test.",
            "deleg.conf.test. 3600 NS ns.example.net.");
    assertThat(said.additional())
        .containsExactlyInAnyOrder(
            "ns1.deleg.conf.test. 3600 A 192.0.2.100",
            "ns1.deleg.conf.test. 3600 AAAA 2001:db8:0:0:0:0:0:100");
  }

  @Test
  void aReferralToOthersHasNoGlue() {
    Said said = ask("x.deleg2.conf.test.", "A");
    assertThat(said.flags()).isEqualTo("qr");
    assertThat(said.authority()).containsExactly("deleg2.conf.test. 3600 NS ns.example.net.");
    assertThat(said.additional()).isEmpty();
  }

  @Test
  void anyIsAnsweredWithOneRrset() {
    // RFC 8482 4.1
    Said said = ask("conf.test.", "ANY");
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.answer()).hasSize(1);
    assertThat(said.octets()).hasSizeLessThan(500);
  }

  @Test
  void textKeepsItsOctets() {
    assertThat(ask("txtmulti.conf.test.", "TXT").answer())
        .singleElement()
        .asString()
        .contains("one")
        .contains("two")
        .endsWith("\"\"");
    assertThat(ask("txtesc.conf.test.", "TXT").answer())
        .singleElement()
        .asString()
        .startsWith("txtesc.conf.test. 3600 TXT \"quote\\\"and\\\\slash;semi\"")
        .contains("\\000\\255");
  }
}
