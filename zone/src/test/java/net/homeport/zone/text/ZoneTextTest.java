package net.homeport.zone.text;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Master-file text (RFC 1035 5.1): the zone it describes, or what is wrong and where. */
final class ZoneTextTest {
  private static final Name APEX = name("example.");
  private static final String HEAD = "$TTL 300\n@ SOA ns host 7 1 1 1 60\n@ NS ns\n";

  private static Zone parse(String text) throws ZoneTextException {
    return ZoneText.parse(Zones.nothing(), APEX, text);
  }

  private static void assertRefused(String text, String... because) {
    var refused =
        assertThatThrownBy(() -> parse(text))
            .isInstanceOf(ZoneTextException.class)
            .hasMessageContaining("zone example.");
    for (String reason : because) {
      refused.hasMessageContaining(reason);
    }
  }

  @Test
  void aZoneWithAllThatAMasterFileCanSay() throws ZoneTextException {
    Zone zone =
        parse(
            """
            ; a comment
            $ORIGIN example.
            $TTL 1h
            @       IN SOA ns.example. host.example. (
                       2026010101 ; serial
                       2h 15m 2w  ; refresh, retry, expire
                       1m )
                    NS  ns
            ns      5   IN A 192.0.2.1
                    IN 5 AAAA 2001:db8::1
            $ORIGIN sub.example.
            www     TXT "semi;colon" "two  spaces"
            """);
    assertThat(zone.serial()).isEqualTo(2026010101L);
    assertThat(zone.soa().getMinimum()).isEqualTo(60);
    assertThat(Zones.content(zone))
        .contains(
            "example. 3600 IN NS ns.example. ; STATIC",
            "ns.example. 5 IN A 192.0.2.1 ; STATIC",
            "ns.example. 5 IN AAAA 2001:db8:0:0:0:0:0:1 ; STATIC",
            "www.sub.example. 3600 IN TXT \"semi;colon\" \"two  spaces\" ; STATIC");
  }

  @Test
  void oneTtlAnRrsetTheSmallest() throws ZoneTextException {
    // RFC 2181 5.2
    Zone zone = parse(HEAD + "www 60 A 192.0.2.1\nwww 30 A 192.0.2.2\nwww 90 A 192.0.2.3\n");
    Rrset rrset = Objects.requireNonNull(zone.rrset(name("www.example."), Type.A));
    assertThat(rrset.ttl()).isEqualTo(30);
    assertThat(rrset.count()).isEqualTo(3);
    assertThat(rrset.management()).isEqualTo(Management.STATIC);
  }

  @Test
  void aZoneHasOneSoaAndItStandsAtTheApex() {
    assertRefused("@ 60 NS ns\n", "no SOA record", "exactly one");
    assertRefused(HEAD + "@ SOA ns host 8 1 1 1 60\n", "has 2 SOA");
    assertRefused(HEAD + "sub SOA ns host 8 1 1 1 60\n", "SOA", "sub.example.", "apex only");
    assertRefused("", "no SOA record");
  }

  @Test
  void aZoneHasANameServer() {
    assertRefused("@ 60 SOA ns host 7 1 1 1 60\n", "no NS record", "name server");
  }

  @Test
  void recordsOutsideTheZoneAreNamed() {
    assertRefused(HEAD + "www.example.org. A 192.0.2.1\n", "www.example.org.", "outside the zone");
    assertRefused("$ORIGIN other.\n" + HEAD, "other.", "$ORIGIN");
    assertRefused(HEAD + "notexample. A 192.0.2.1\n", "outside the zone");
  }

  @Test
  void otherClassesAreRefused() {
    assertRefused(HEAD + "www CH TXT hello\n", "class 'CH'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TYPE0", "OPT", "TSIG", "TKEY", "TYPE255", "TYPE252", "TYPE128", "TYPE254"})
  void metaTypesDoNotStandInZones(String type) {
    // RFC 6895 3.1
    assertRefused(HEAD + "ok A 192.0.2.1\nwww " + type + " \\# 0\n", "the record");
  }

  @Test
  void aCnameStandsAlone() {
    // RFC 1034 3.6.2
    assertRefused(HEAD + "www A 192.0.2.1\nwww CNAME ns\n", "www.example.", "CNAME");
    assertRefused(HEAD + "www CNAME ns\nWWW TXT a\n", "www.example.", "CNAME");
    assertRefused(HEAD + "www CNAME ns\nwww CNAME ns2\n", "www.example.", "CNAME");
    assertRefused(HEAD + "@ CNAME ns\n", "CNAME");
  }

  @Test
  void aNameHasOneDname() {
    // RFC 6672 2.4
    assertRefused(HEAD + "d DNAME a.\nd DNAME b.\n", "d.example.", "DNAME");
  }

  @Test
  void theSameRecordTwiceIsOne() throws ZoneTextException {
    Zone zone = parse(HEAD + "www A 192.0.2.1\nwww A 192.0.2.1\nc CNAME www\nc CNAME WWW\n");
    assertThat(zone.rrset(name("www.example."), Type.A)).extracting(Rrset::count).isEqualTo(1);
    assertThat(zone.rrset(name("c.example."), Type.CNAME)).extracting(Rrset::count).isEqualTo(1);
  }

  @Test
  void includeIsRefusedAndNotPassedOver() {
    assertRefused(HEAD + "$INCLUDE /etc/passwd\n", "zone file:4:10: ", "$INCLUDE");
    assertRefused(HEAD + "$include other.zone sub\n", "$INCLUDE");
  }

  @Test
  void whatNoMessageCanCarryIsRefused() {
    var text = new StringBuilder(HEAD);
    for (int i = 0; i < 300; i++) {
      text.append("big TXT ").append("%03d".formatted(i)).append("x".repeat(250)).append('\n');
    }
    assertRefused(text.toString(), "big.example.", "TXT");
  }

  @Test
  void aMinimalZoneHasASoaAndOneNs() {
    Zone zone = ZoneText.minimal(Zones.nothing(), APEX, name("ns.elsewhere."), 0xFFFF_FFFFL);
    assertThat(zone.serial()).isEqualTo(0xFFFF_FFFFL);
    assertThat(zone.soa().getHost()).isEqualTo(name("ns.elsewhere."));
    assertThat(zone.soa().getAdmin()).isEqualTo(name("hostmaster.example."));
    assertThat(Zones.content(zone)).hasSize(2);
  }

  @Test
  void aMinimalZoneOfTheLongestNameHasAMailboxToo() {
    String label = "x".repeat(61);
    Name longest = name("%s.%s.%s.%s.".formatted(label, label, label, label));
    Zone zone = ZoneText.minimal(Zones.nothing(), longest, name("ns."), 1);
    assertThat(zone.soa().getAdmin()).isEqualTo(longest);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomZonesAreReadAsTheyWereWritten(long seed) throws ZoneTextException {
    var dns = new RandomDns(seed);
    var records = dns.zone(APEX);
    var text = new StringBuilder();
    for (Record record : records) {
      text.append(record).append('\n');
    }
    assertThat(Zones.content(parse(text.toString())))
        .isEqualTo(Zones.content(Zones.of(APEX, records)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\" A 192.0.2.1",
        "$GENERATE 1- a$ A 192.0.2.1",
        "$GENERATE -5 a$ A 192.0.2.1",
        "$GENERATE 1-5/ a$ A 192.0.2.1",
        "$TTL",
        "$ORIGIN",
        "www SOA",
        "www LOC",
        "www APL 1:",
        "www SVCB 1 . key=",
        "www WKS 192.0.2.1 tcp",
        "www NSEC3 1 0 0",
        "www TXT \\2",
        "www TYPE65536 \\# 0",
        "www A \\# 65536 00",
        "\\256 A 192.0.2.1",
        "www 99999999999999999999 A 192.0.2.1",
      })
  void oddTextIsRefusedAndNeverBreaksTheParser(String line) {
    assertRefused(HEAD + line + "\n");
    assertRefused(HEAD + line);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedTextIsAZoneOrAnErrorAndNothingElse(long seed) {
    var dns = new RandomDns(seed);
    for (int i = 0; i < 40; i++) {
      var text = new StringBuilder(HEAD);
      dns.zone(APEX).forEach(record -> text.append(record).append('\n'));
      for (int edit = dns.random().nextInt(4); edit >= 0; edit--) {
        int at = dns.random().nextInt(text.length());
        String junk =
            dns.oneOf(List.of("\"", "(", ")", "\\", ";", "$", "\n", " ", "\\#", "-", "\0", "é"));
        text.replace(at, Math.min(text.length(), at + dns.random().nextInt(3)), junk);
      }
      try {
        assertThat(parse(text.toString()).apex()).isEqualTo(APEX);
      } catch (ZoneTextException e) {
        assertThat(e).hasMessageStartingWith("zone example.");
      }
    }
  }
}
