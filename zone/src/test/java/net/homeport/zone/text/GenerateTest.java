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
        "$GENERATE 1-4294967295 host$ A 192.0.2.1",
        "$GENERATE 0-4294967295/2 host$ A 192.0.2.1",
        "$GENERATE 0-60000 a$ A 192.0.2.1\n$GENERATE 0-60000 b$ A 192.0.2.1",
        // All of them are one record.
        "$GENERATE 1-4294967295 host A 192.0.2.1",
      })
  void tooManyAreRefused(String lines) {
    assertThatThrownBy(() -> parse(lines))
        .isInstanceOf(ZoneTextException.class)
        .hasMessageContaining("$GENERATE")
        .hasMessageContaining("at most " + ZoneText.GENERATED_MAX);
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
