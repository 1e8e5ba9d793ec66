package net.homeport.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/**
 * The example zone of RFC 4592 2.2.1, with the RFC's own list of what is and is not synthesised.
 */
final class WildcardLookupTest {
  private static final ZoneSnapshot EXAMPLE =
      Zones.snapshot(
          Zones.parsed(
              "example.",
              """
              $ORIGIN example.
              example.                 3600 IN  SOA   ns hostmaster 1 7200 900 1209600 300
              example.                 3600     NS    ns.example.com.
              example.                 3600     NS    ns.example.net.
              *.example.               3600     TXT   "this is a wildcard"
              *.example.               3600     MX    10 host1.example.
              sub.*.example.           3600     TXT   "this is not a wildcard"
              host1.example.           3600     A     192.0.2.1
              _ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.
              _ssh._tcp.host2.example. 3600     SRV   0 0 22 host2.example.
              subdel.example.          3600     NS    ns.example.com.
              subdel.example.          3600     NS    ns.example.net.
              """));

  @ParameterizedTest(name = "QNAME={0} QTYPE={1}")
  @CsvSource({
    // "The following responses would be synthesized from one of the wildcards in the zone"
    "host3.example.,            MX,  Answer",
    "host3.example.,            A,   NoData",
    "foo.bar.example.,          TXT, Answer",
    // "The following responses would not be synthesized from any of the wildcards in the zone"
    "host1.example.,            MX,  NoData",
    "sub.*.example.,            MX,  NoData",
    "_telnet._tcp.host1.example., SRV, NameError",
    "host.subdel.example.,      A,   Referral",
    "ghost.*.example.,          MX,  NameError",
    // 2.2.2: names on the way to others exist, and so match no wildcard.
    "_tcp.host1.example.,       TXT, NoData",
    "host2.example.,            TXT, NoData",
    "*.example.,                TXT, Answer",
  })
  void synthesisesAsTheRfcSays(String name, String type, String kind) {
    assertThat(Truth.of(EXAMPLE.lookup(name(name), Type.value(type))).kind()).isEqualTo(kind);
  }
}
