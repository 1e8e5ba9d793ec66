package net.homeport.zone.text;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** {@code $GENERATE}: many records from one line, but never so many that they harm the process. */
@Timeout(60)
final class GenerateTest {
  private static final String HEAD = "$TTL 300\n@ SOA ns host 7 1 1 1 60\n@ NS ns\n";

  private static Zone parse(String lines) throws ZoneTextException {
    return ZoneText.parse(Zones.nothing(), name("example."), HEAD + lines + "\n");
  }

  @Test
  void rangesStepsAndModifiersAreExpanded() throws ZoneTextException {
    Zone zone =
        parse(
            """
            $GENERATE 1-3 host$ A 192.0.2.$
            $GENERATE 10-20/5 ${0,3,d} 60 CNAME host${-9}
            $ORIGIN sub.example.
            $GENERATE 10-11 h${0,2,x} AAAA 2001:db8::$
            last TXT after
            """);
    assertThat(Zones.content(zone))
        .contains(
            "host1.example. 300 IN A 192.0.2.1 ; STATIC",
            "host3.example. 300 IN A 192.0.2.3 ; STATIC",
            "010.example. 60 IN CNAME host1.example. ; STATIC",
            "020.example. 60 IN CNAME host11.example. ; STATIC",
            "h0a.sub.example. 300 IN AAAA 2001:db8:0:0:0:0:0:10 ; STATIC",
            "h0b.sub.example. 300 IN AAAA 2001:db8:0:0:0:0:0:11 ; STATIC",
            "last.sub.example. 300 IN TXT after ; STATIC");
    assertThat(zone.rrset(name("host4.example."), Type.A)).isNull();
    assertThat(Zones.content(zone)).hasSize(2 + 3 + 3 + 2 + 1);
  }

  @Test
  void aSlash16OfReverseNamesIsAllowed() throws ZoneTextException {
    assertThat(parse("$GENERATE 0-65535 $ PTR host$").nameCount()).isEqualTo(1 + 65_536);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$GENERATE 1-2147483647 host$ A 192.0.2.1",
        "$GENERATE 0-2147483647/2 host$ A 192.0.2.1",
        // All of them are one record.
        "$GENERATE 1-2147483647 host A 192.0.2.1",
      })
  void tooManyAreRefused(String lines) {
    assertThatThrownBy(() -> parse(lines))
        .isInstanceOf(ZoneTextException.class)
        .hasMessageContaining("zone file:4:11: this $GENERATE makes ")
        .hasMessageContaining("at most " + ZoneText.GENERATED_MAX);
  }

  @Test
  void allOfAFileTogetherAreBounded() {
    String line = "$GENERATE 1-100000 @ A 192.0.2.1\n";
    assertThatThrownBy(() -> parse(line.repeat(11)))
        .isInstanceOf(ZoneTextException.class)
        .hasMessageContaining("zone file:14:11: ")
        .hasMessageContaining("at most " + ZoneText.GENERATED_IN_FILE_MAX);
  }

  @Test
  void allFormsOfTheNumber() throws ZoneTextException {
    Zone zone =
        parse(
            """
            $GENERATE 10-10 d${0} TXT ${5,4} ${-20,4,d} ${0,0,o} ${0,4,x} ${5,0,X} ${0,3,n} ${1,1,N}
            $GENERATE 18-18 n TXT ${0,0,n} ${0,7,n} $$ \\$ "a $ b"
            $GENERATE 1-1 srv$ 60 IN SRV "0 0 44$ t$"
            $GENERATE 2-2 txt$ TXT "one $ text"
            $GENERATE 3-3 *.w$ A 192.0.2.$
            """);
    assertThat(Zones.content(zone))
        .contains(
            "d10.example. 300 IN TXT \"0015\" \"-010\" \"12\" \"000a\" \"F\" \"a.0\" \"B\" ; STATIC"
                .replaceAll("\"([^ \"]*)\"", "$1"),
            "n.example. 300 IN TXT 2.1 2.1.0.0 $ $ \"a 18 b\" ; STATIC",
            "srv1.example. 60 IN SRV 0 0 441 t1.example. ; STATIC",
            "txt2.example. 300 IN TXT \"one 2 text\" ; STATIC",
            "*.w3.example. 300 IN A 192.0.2.3 ; STATIC");
  }

  @Test
  void anErrorTellsTheRecordThatWasMade() {
    assertThatThrownBy(() -> parse("$GENERATE 254-256 h$ A 192.0.2.$"))
        .hasMessage(
            "zone example.: zone file:4:1: $GENERATE makes 'h256 A 192.0.2.256': '192.0.2.256' is not an IPv4 address, four numbers from 0 to 255 such as 192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$GENERATE 1-2 h${0,2147483647,d} A 192.0.2.1",
        "$GENERATE 1-2 h${0,9223372036854775807} A 192.0.2.1",
        "$GENERATE 1-2 h$ TXT ${0,2000000000}",
        "$GENERATE 1-2 h$ CNAME a${0,00002000000000,x}",
        "$GENERATE 1-2 h$ CNAME ${99999999999999999999,2000000000,o}",
      })
  void numbersOfHugeWidthAreRefused(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(ZoneTextException.class)
        .hasMessageContaining("$GENERATE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$GENERATE 5-1 h$ A 192.0.2.1",
        "$GENERATE 1-5/0 h$ A 192.0.2.1",
        "$GENERATE 1-5 h$ MX 10",
        "$GENERATE 1-5 h$ A 192.0.2.1 more",
        "$GENERATE",
        "$GENERATE 250-260 h$ A 192.0.2.$",
        "$GENERATE 1-2 h$.example.org. A 192.0.2.$",
      })
  void badOnesAreRefused(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(ZoneTextException.class)
        .hasMessageContaining("zone example.");
  }
}
