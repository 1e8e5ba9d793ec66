package net.homeport.zone.check;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.homeport.zone.text.ZoneInspection;
import net.homeport.zone.text.ZoneTextSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in zone files, with the line where it stands. */
final class ZoneCheckTest {
  private static final String GOOD =
      """
      $TTL 300
      @ SOA ns1 hostmaster 7 7200 900 1209600 60
      @ NS ns1
      @ NS ns2
      ns1 3600 A 192.0.2.1
      ns2 3600 A 198.51.100.1
      """;

  private static List<String> findings(String text) {
    return ZoneCheck.of(name("example.org."), ZoneTextSource.of("z", text), _ -> {})
        .findings()
        .stream()
        .map(finding ->
            finding.severity()
                + " "
                + finding.code()
                + " "
                + (finding.place() == null ? "-" : finding.place().toString()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "www A 192.0.2.7\nwww AAAA ::1\nalias CNAME www\n@ MX 10 mail\nmail A 192.0.2.2",
        "@ MX 0 .",
        "sub NS ns.sub\nsub DS 1 13 2 abababababababababababababababababababababababababababababababab\nns.sub A 192.0.2.9",
        "sub NS ns.elsewhere.net.\nsub NS ns1",
        "*.w A 192.0.2.7\nm MX 1 x.w",
        "ext CNAME www.elsewhere.net.",
        "old DNAME new",
        "t TXT \"v=spf1 -all\"\nt TXT \"other\"",
        "_sip._udp SRV 1 1 5060 ns1",
      })
  void aGoodZoneHasNoFindings(String more) {
    assertThat(findings(GOOD + more)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          www A 192.0.2.256                     | ERROR zone-file z:7:7
          www.example.net. A 192.0.2.1          | ERROR zone-file z:7:1
          @ CNAME x.net.                        | ERROR zone-file z:7:1
          @ NS ns3                              | ERROR missing-glue z:3:1
          sub NS ns.sub                         | ERROR missing-glue z:7:1
          sub NS none                           | ERROR missing-glue z:7:1
          @ MX 1 none                           | ERROR target-missing z:7:1
          _s._tcp SRV 1 1 1 none                | ERROR target-missing z:7:1
          www CNAME none                        | WARNING target-missing z:7:1
          @ MX 1 @                              | WARNING target-without-address z:7:1
          *.w NS ns1                            | WARNING wildcard-ns z:7:1
          x DS 1 13 2 abababababababababababababababababababababababababababababababab | WARNING ds-without-ns z:7:1
          www.example.org TXT a                 | WARNING doubled-origin z:7:1
          @ NS ns1                              | WARNING duplicate-record z:7:1
          ns1 60 A 192.0.2.2                    | WARNING several-ttls z:7:1
          www 301 A 192.0.2.7                   | NOTICE address-ttl z:7:1
          my_host A 192.0.2.7                   | NOTICE host-name z:7:1
          -a- A 192.0.2.7                       | NOTICE host-name z:7:1
          x SPF "v=spf1 -all"                   | NOTICE spf-type z:7:1
          """)
  void oneLineIsFound(String line, String finding) {
    assertThat(findings(GOOD + line + "\n")).containsExactly(finding);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a CNAME ns1!@ MX 1 a                       | ERROR target-alias z:8:1
          a CNAME ns1!@ NS a                         | ERROR target-alias z:3:1
          a CNAME ns1!a CNAME ns2                    | ERROR zone-file z:8:1
          a CNAME ns1!a TXT b                        | ERROR zone-file z:8:1
          s NS x.net.!s TXT a                        | WARNING occluded z:8:1
          s NS x.net.!www.s A 192.0.2.7              | WARNING occluded z:8:1
          s DNAME x.net.!www.s A 192.0.2.7           | ERROR occluded z:8:1
          t TXT v=spf1!t TXT \"v=spf1 -all\"         | ERROR several-spf z:7:1
          s NS ns.t!t NS x.net.                      | WARNING missing-glue z:7:1
          """)
  void twoLinesTogetherAreFound(String lines, String finding) {
    assertThat(findings(GOOD + lines.replace('!', '\n').replace("\\\"", "\"") + "\n"))
        .containsExactly(finding);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ns1 hostmaster 7 7200 900 1209600 901     | NOTICE negative-ttl
          ns1 hostmaster 7 60 30 1209600 60         | NOTICE soa-range,NOTICE soa-range
          ns1 hostmaster 7 7200 7200 1209600 60     | WARNING soa-retry
          ns1 hostmaster 7 7200 900 8100 60         | WARNING soa-expire
          ns1 hostmaster 7 7200 900 86400 60        | NOTICE soa-range
          none hostmaster 7 7200 900 1209600 60     | WARNING soa-mname
          ns1 a@example.org. 7 7200 900 1209600 60  | WARNING soa-rname
          ns1 host. 7 7200 900 1209600 60           | WARNING soa-rname
          ns1 @ 7 7200 900 1209600 60               | WARNING soa-rname
          """)
  void oddSoaValuesAreFound(String soa, String expected) {
    String text =
        GOOD.replace("$TTL 300", "$TTL 3600").replace("ns1 hostmaster 7 7200 900 1209600 60", soa);
    assertThat(findings(text))
        .isEqualTo(
            List.of(expected.split(",")).stream().map(finding -> finding + " z:2:1").toList());
  }

  @Test
  void whatTheApexLacksIsFound() {
    assertThat(findings("")).containsExactly("ERROR zone-file z:1:1", "ERROR zone-file z:1:1");
    assertThat(findings(GOOD.replace("@ NS ns2\n", "").replace("ns2 3600", "ns2 300")))
        .containsExactly("NOTICE one-name-server z:3:1");
    assertThat(findings(GOOD.replace("198.51.100.1", "192.0.2.200")))
        .containsExactly("NOTICE one-network z:3:1");
  }

  @Test
  void manyOfAKindAreCounted() {
    var text = new StringBuilder(GOOD);
    for (int i = 0; i < 60; i++) {
      text.append("a_%d A 192.0.2.1\n".formatted(i));
    }
    assertThat(findings(text.toString())).hasSize(51).endsWith("NOTICE host-name -");
  }

  @Test
  void aFileMaySayItselfWhichZoneItIs() {
    assertThat(
            ZoneInspection.apexOf(
                ZoneTextSource.of("z", "$ORIGIN a.b.\n$TTL 1\n@ SOA . . 1 1 1 1 1")))
        .isEqualTo(name("a.b."));
    assertThat(ZoneInspection.apexOf(ZoneTextSource.of("z", "c.d. 1 SOA . . 1 1 1 1 1\n")))
        .isEqualTo(name("c.d."));
    assertThat(ZoneInspection.apexOf(ZoneTextSource.of("z", GOOD))).isNull();
  }
}
