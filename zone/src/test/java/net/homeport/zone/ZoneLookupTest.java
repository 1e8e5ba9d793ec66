package net.homeport.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The look-up in one zone (RFC 1034 4.3.2), case by case. */
final class ZoneLookupTest {
  private static final Zone ZONE =
      Zones.zone(
          "conf.test.",
          "@ A 192.0.2.1",
          "www A 192.0.2.80",
          "www AAAA 2001:db8::80",
          "MiXeD A 192.0.2.50",
          "multi A 192.0.2.13",
          "multi 60 A 192.0.2.11",
          "a.ent A 192.0.2.3",
          "*.wild A 192.0.2.60",
          "exact.wild TXT exact",
          "sub.exact.wild TXT below",
          "*.wildcname CNAME www",
          "alias CNAME www.conf.test.",
          "dn DNAME target",
          "dn A 192.0.2.70",
          "occluded.dn A 192.0.2.99",
          "deleg NS ns1.deleg",
          "deleg NS ns.example.net.",
          "deleg NS www",
          "deleg DS 12345 13 2 " + "ab".repeat(32),
          "deleg TXT \"hidden by the cut\"",
          "ns1.deleg A 192.0.2.100",
          "ns1.deleg AAAA 2001:db8::100",
          "host.deleg A 192.0.2.101",
          "insecure NS ns.example.net.",
          "*.below.insecure A 192.0.2.66",
          "both NS ns.example.net.",
          "both DNAME elsewhere.invalid.",
          "unk TYPE65280 \\# 4 0A000001",
          "a\\.b A 192.0.2.90",
          "bin\\000\\255 A 192.0.2.92",
          "x.*.deep A 192.0.2.64");
  private static final ZoneSnapshot SNAPSHOT = Zones.snapshot(ZONE);

  private static String truth(String name, String type) {
    return text(SNAPSHOT.lookup(name(name), Type.value(type, true)));
  }

  private static String text(LookupResult result) {
    return switch (result) {
      case LookupResult.Answer answer -> "answer " + rdata(answer.rrset());
      case LookupResult.Alias alias ->
          "alias " + alias.owner() + " " + Type.string(alias.rrset().type()) + " " + alias.target();
      case LookupResult.Referral referral ->
          "referral " + referral.cut() + " " + rdata(referral.nameServers());
      case LookupResult.NoData _ -> "nodata";
      case LookupResult.NameError _ -> "nxdomain";
      case LookupResult.Expired _ -> "expired";
      case LookupResult.NotReady _ -> "not ready";
      case LookupResult.NotAuthoritative _ -> "not ours";
    };
  }

  private static String rdata(Rrset rrset) {
    return rrset.records(Name.root).stream()
        .map(record -> record.rdataToString())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0} {1} (RFC {3})")
  @CsvSource({
    "www.conf.test.,           A,         answer 192.0.2.80,             1034 4.3.2",
    "WWW.CONF.TEST.,           A,         answer 192.0.2.80,             4343 3",
    "mixed.conf.test.,         A,         answer 192.0.2.50,             4343 3",
    "conf.test.,               A,         answer 192.0.2.1,              1034 4.3.2",
    "conf.test.,               NS,        answer ns.elsewhere.invalid.,  1034 4.2.1",
    "multi.conf.test.,         A,         answer 192.0.2.11 192.0.2.13,  2181 5",
    "unk.conf.test.,           TYPE65280, answer \\# 4 0A000001,         3597 5",
    "a\\.b.conf.test.,         A,         answer 192.0.2.90,             4343 2.1",
    "bin\\000\\255.conf.test., A,         answer 192.0.2.92,             2181 11",
    "www.conf.test.,           MX,        nodata,                        2308 2.2",
    "www.conf.test.,           TYPE666,   nodata,                        3597",
    "www.conf.test.,           TYPE65535, nodata,                        3597",
    "conf.test.,               MX,        nodata,                        2308 2.2",
    "ent.conf.test.,           A,         nodata,                        4592 2.2.2",
    "z.ent.conf.test.,         A,         nxdomain,                      8020 2",
    "nope.conf.test.,          A,         nxdomain,                      2308 2.1",
    "nope.conf.test.,          ANY,       nxdomain,                      8482",
    "below.www.conf.test.,     A,         nxdomain,                      8020 2",
    "notconf.test.,            A,         not ours,                      1034 4.3.2",
    "test.,                    A,         not ours,                      1034 4.3.2",
    ".,                        NS,        not ours,                      1034 4.3.2",
    "foo.wild.conf.test.,      A,         answer 192.0.2.60,             4592 2.1.1",
    "x.y.wild.conf.test.,      A,         answer 192.0.2.60,             4592 2.2.1",
    "*.wild.conf.test.,        A,         answer 192.0.2.60,             4592 2.3",
    "foo.wild.conf.test.,      MX,        nodata,                        4592 2.2.1",
    "exact.wild.conf.test.,    A,         nodata,                        4592 2.2.1",
    "x.exact.wild.conf.test.,  TXT,       nxdomain,                      4592 2.2.1",
    "wild.conf.test.,          A,         nodata,                        4592 2.2.1",
    "ghost.*.wild.conf.test.,  A,         nxdomain,                      4592 2.2.1",
    "foo.deep.conf.test.,      A,         nodata,                        4592 2.2.3",
    "x.foo.deep.conf.test.,    A,         nodata,                        4592 2.2.3",
    "x.*.deep.conf.test.,      A,         answer 192.0.2.64,             4592 2.2.1",
    "q.wildcname.conf.test.,   A,         alias q.wildcname.conf.test. CNAME www.conf.test., 4592 4.3",
    "q.wildcname.conf.test.,   CNAME,     answer www.conf.test.,         4592 4.3",
    "alias.conf.test.,         A,         alias alias.conf.test. CNAME www.conf.test., 1034 3.6.2",
    "alias.conf.test.,         CNAME,     answer www.conf.test.,         1034 3.6.2",
    "alias.conf.test.,         ANY,       answer www.conf.test.,         8482",
    "x.alias.conf.test.,       A,         nxdomain,                      8020 2",
    "dn.conf.test.,            A,         answer 192.0.2.70,             6672 2.3",
    "dn.conf.test.,            DNAME,     answer target.conf.test.,      6672 2.3",
    "dn.conf.test.,            MX,        nodata,                        6672 2.3",
    "q.dn.conf.test.,          A,         alias dn.conf.test. DNAME q.target.conf.test., 6672 2.2",
    "a.q.dn.conf.test.,        DNAME,     alias dn.conf.test. DNAME a.q.target.conf.test., 6672 2.2",
    "occluded.dn.conf.test.,   A,         alias dn.conf.test. DNAME occluded.target.conf.test., 6672 2.4",
    "deleg.conf.test.,         DS,        answer 12345 13 2 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB, 4035 3.1.4.1",
    "insecure.conf.test.,      DS,        nodata,                        4035 3.1.4.1",
    "both.conf.test.,          A,         referral both.conf.test. ns.example.net., 6672 2.3",
    "x.both.conf.test.,        A,         referral both.conf.test. ns.example.net., 6672 2.3",
  })
  void saysWhatIsTrue(String name, String type, String expected, String rfc) {
    assertThat(truth(name, type)).as(rfc).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "deleg.conf.test.,        A",
    "deleg.conf.test.,        NS",
    "deleg.conf.test.,        SOA",
    "deleg.conf.test.,        TXT",
    "deleg.conf.test.,        ANY",
    "ns1.deleg.conf.test.,    A",
    "host.deleg.conf.test.,   A",
    "nobody.deleg.conf.test., A",
    "x.y.deleg.conf.test.,    DS",
  })
  void atAndBelowACutItIsAReferralWithTheGlueWeHold(String name, String type) {
    // RFC 1034 4.3.2 3b; RFC 2181 6.1; RFC 9471 2.1
    LookupResult result = SNAPSHOT.lookup(name(name), Type.value(type));
    assertThat(result).isInstanceOf(LookupResult.Referral.class);
    var referral = (LookupResult.Referral) result;
    assertThat(referral.cut()).isEqualTo(name("deleg.conf.test."));
    assertThat(referral.nameServers().count()).isEqualTo(3);
    assertThat(referral.glue())
        .extracting(glue -> glue.owner() + " " + rdata(glue.addresses()))
        .containsExactlyInAnyOrder(
            "ns1.deleg.conf.test. 192.0.2.100",
            "ns1.deleg.conf.test. 2001:db8:0:0:0:0:0:100",
            "www.conf.test. 192.0.2.80",
            "www.conf.test. 2001:db8:0:0:0:0:0:80");
  }

  @Test
  void aWildcardBelowACutIsOccluded() {
    assertThat(truth("q.below.insecure.conf.test.", "A"))
        .isEqualTo("referral insecure.conf.test. ns.example.net.");
  }

  @Test
  void anyIsAnsweredWithOneRrset() {
    // RFC 8482 4.1
    LookupResult result = SNAPSHOT.lookup(name("www.conf.test."), Type.ANY);
    assertThat(text(result)).isIn("answer 192.0.2.80", "answer 2001:db8:0:0:0:0:0:80");
    assertThat(truth("ent.conf.test.", "ANY")).isEqualTo("nodata");
    assertThat(truth("foo.wild.conf.test.", "ANY")).isEqualTo("answer 192.0.2.60");
  }

  @Test
  void aDnameSubstitutionThatIsTooLongHasNoTarget() {
    // RFC 6672 2.2: YXDOMAIN
    String label = "x".repeat(63);
    String below = "%s.%s.%s.".formatted(label, label, label);
    Zone zone = Zones.zone("d.", "dn DNAME " + "y".repeat(63) + ".d.");
    LookupResult result = Zones.snapshot(zone).lookup(name(below + "dn.d."), Type.A);
    assertThat(result).isInstanceOf(LookupResult.Alias.class);
    assertThat(((LookupResult.Alias) result).target()).isNull();
  }

  @Test
  void aDnameAtTheApexRedirectsWhatIsBelowAndNotTheApex() {
    // RFC 6672 2.3
    ZoneSnapshot snapshot =
        Zones.snapshot(
            Zones.zone("conf.test.", "@ DNAME other.test.", "@ A 192.0.2.1", "www A 192.0.2.2"));
    assertThat(text(snapshot.lookup(name("conf.test."), Type.A))).isEqualTo("answer 192.0.2.1");
    assertThat(text(snapshot.lookup(name("conf.test."), Type.NS)))
        .isEqualTo("answer ns.elsewhere.invalid.");
    assertThat(text(snapshot.lookup(name("www.conf.test."), Type.A)))
        .isEqualTo("alias conf.test. DNAME www.other.test.");
  }

  @Test
  void theTtlOfANegativeAnswerIsTheSmallerOfSoaTtlAndMinimum() {
    // RFC 2308 5
    assertThat(negativeTtl("300 SOA ns host 1 1 1 1 60")).isEqualTo(60);
    assertThat(negativeTtl("30 SOA ns host 1 1 1 1 60")).isEqualTo(30);
    assertThat(negativeTtl("2147483647 SOA ns host 1 1 1 1 4294967295")).isEqualTo(2147483647L);
  }

  private static long negativeTtl(String soa) {
    Zone zone = Zones.parsed("z.", "@ " + soa + "\n@ 60 NS ns.\n");
    byte[] record = zone.negativeSoa();
    Rrset negative = Rrset.ofBody(Type.SOA, Management.STATIC, 1, record);
    assertThat(negative.records(zone.apex())).containsExactly(zone.soa());
    return negative.ttl();
  }

  @Test
  void theRootCanBeAZone() {
    ZoneSnapshot snapshot =
        Zones.snapshot(Zones.zone(".", "example NS ns.example.", "www A 192.0.2.1"));
    assertThat(text(snapshot.lookup(Name.root, Type.NS))).isEqualTo("answer ns.elsewhere.invalid.");
    assertThat(text(snapshot.lookup(name("www."), Type.A))).isEqualTo("answer 192.0.2.1");
    assertThat(text(snapshot.lookup(name("a.example."), Type.A)))
        .isEqualTo("referral example. ns.example.");
    assertThat(text(snapshot.lookup(DnsText.name("nobody."), Type.A))).isEqualTo("nxdomain");
  }
}
