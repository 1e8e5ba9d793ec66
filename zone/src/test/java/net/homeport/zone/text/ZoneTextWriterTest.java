package net.homeport.zone.text;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.CanonicalOrder;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What is written is read back, in an order and form that people like to see. */
final class ZoneTextWriterTest {
  private static final Name APEX = name("Example.");
  private static final String HEAD = "$TTL 300\n@ SOA ns host 7 1 1 1 60\n@ NS ns\n";

  private static String text(Zone zone) {
    var out = new ByteArrayOutputStream();
    try {
      ZoneTextWriter.write(zone, out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Zone parse(String text) throws ZoneTextException {
    return ZoneText.parse(Zones.nothing(), APEX, text);
  }

  /** Owners as spelled, with the RRsets: all that a zone is. */
  private static Map<String, List<Rrset>> exactly(Zone zone) {
    var exact = new TreeMap<String, List<Rrset>>();
    CanonicalOrder.forEach(zone, (owner, rrsets) -> exact.put(owner.toString(), rrsets));
    return exact;
  }

  @Test
  void columnsInCanonicalOrder() throws ZoneTextException {
    Zone zone =
        parse(
            HEAD
                + """
                z A 192.0.2.1
                a.z 60 AAAA 2001:db8::
                *.z TXT "a b" "" "q\\"\\\\;é"
                www CNAME Z
                \\@ MX 10 .
                \\000.b SRV 1 2 3 a\\.b\\;.c
                a A 192.0.2.10
                a A 192.0.2.9
                """);
    assertThat(text(zone))
        .isEqualTo(
            """
            ; zone Example. serial 7
            $ORIGIN Example.
            $TTL 300
            @      IN SOA    ns.Example. host.Example. 7 1 1 1 60
            @      IN NS     ns.Example.
            \\@     IN MX     10 .
            a      IN A      192.0.2.9
            a      IN A      192.0.2.10
            \\000.b    IN SRV    1 2 3 a\\.b\\;.c.Example.
            www    IN CNAME  Z.Example.
            z      IN A      192.0.2.1
            *.z    IN TXT    "a b" "" "q\\"\\\\;\\195\\169"
            a.z 60 IN AAAA   2001:db8::
            """);
  }

  @Test
  void recordsOfHostsAreMarked() throws ZoneTextException {
    ZoneEditor editor = ZoneEditor.of(parse(HEAD));
    var record = DnsText.record("Host.example. 60 A 192.0.2.1");
    editor.set(record.getName(), Rrset.of(List.of(record), 60, Management.DYNAMIC));
    assertThat(text(editor.build())).endsWith("Host 60 IN A      192.0.2.1 ; dynamic\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3",
        "0:0:1::",
        "1:2:3:4:5:6:7:8",
        "::ffff:c000:201",
      })
  void addressesAreShort(String address) throws ZoneTextException {
    // RFC 5952 4
    String canonical = address.equals("1:0:0:2:0:0:0:3") ? "1:0:0:2::3" : address;
    canonical = canonical.equals("0:0:1::") ? "0:0:1::" : canonical;
    assertThat(text(parse(HEAD + "a AAAA " + address))).contains("AAAA   " + canonical + "\n");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenIsReadBackIdentical(long seed) throws ZoneTextException {
    var dns = new RandomDns(seed);
    List<Record> records = dns.zone(APEX);
    for (String line : oddities()) {
      if (dns.oneIn(2)) {
        records.add(DnsText.record("odd" + records.size() + ".Example. 60 " + line));
      }
    }
    Zone zone = Zones.of(APEX, records);
    String text = text(zone);
    Zone again = parse(text);
    assertThat(exactly(again)).isEqualTo(exactly(zone));
    assertThat(again.nameCount()).isEqualTo(zone.nameCount());
    // The same zone gives the same text, whatever came first.
    var shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(seed));
    Zone other = Zones.of(APEX, List.copyOf(shuffled));
    assertThat(text(other)).isEqualToIgnoringCase(text);
    assertThat(text(again)).isEqualTo(text);
  }

  private static List<String> oddities() {
    return List.of(
        "TYPE65280 \\# 3 0a0b0c",
        "TYPE62 \\# 12 000000420003000460000008",
        "CAA 0 issue \"ca.example\"",
        "TLSA 3 1 1 " + "ab".repeat(32),
        "SSHFP 1 1 " + "cd".repeat(20),
        "DS 12345 13 2 " + "ab".repeat(32),
        "SVCB 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1",
        "HTTPS 0 a\\.b.Example.",
        "NAPTR 1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.com!\" .",
        "HINFO \"a \\\"b\\\"\" \"\"",
        "LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
        "WKS 192.0.2.1 6 25 80",
        "URI 10 1 \"https://x/\"",
        "RP a.b. c.d.",
        "NSEC a.Example. A NS TYPE1234",
        "APL 1:192.168.32.0/21 !1:192.168.38.0/28",
        "X25 \"311061700956\"",
        "SPF \"v=spf1 -all\"",
        "DNSKEY 256 3 13 " + "aaaa".repeat(22),
        "OPENPGPKEY YWJj");
  }
}
