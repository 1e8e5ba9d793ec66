package net.homeport.nameserver.query;

import net.homeport.testkit.DnsText;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;

/**
 * The zone {@code conf.test} of the conformance checks, and a second zone that aliases lead into.
 */
final class ConfZone {
  static final ZoneSnapshot SNAPSHOT =
      with(with(ZoneSnapshot.empty(11), "conf.test.", conf()), "two.test.", two());

  private ConfZone() {}

  static ZoneSnapshot with(ZoneSnapshot snapshot, String apex, String text) {
    try {
      return snapshot.with(ZoneText.parse(snapshot, DnsText.name(apex), text));
    } catch (ZoneTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String two() {
    return """
    $TTL 3600
    @ SOA ns hostmaster 1 7200 3600 1209600 300
    @ NS ns
    ns A 192.0.2.2
    www A 192.0.2.222
    back CNAME www.conf.test.
    """;
  }

  private static String conf() {
    var text =
        new StringBuilder(
            """
            $TTL 3600
            @ SOA ns1 hostmaster 2025010101 7200 3600 1209600 300
            @ NS ns1
            @ MX 10 mail
            ns1 A 192.0.2.1
            mail A 192.0.2.25
            www A 192.0.2.80
            www AAAA 2001:db8::80
            multi A 192.0.2.11
            multi A 192.0.2.12
            multi A 192.0.2.13
            ttl0 0 A 192.0.2.5
            MiXeD A 192.0.2.50
            unk TYPE65280 \\# 4 0A000001
            a\\.b A 192.0.2.90
            bin\\000\\255 A 192.0.2.92
            txtmulti TXT "one" "two" ""
            txtesc TXT "quote\\"and\\\\slash;semi" "\\000\\255"
            svc HTTPS 1 . alpn=h2,h3
            svcalias HTTPS 0 svc
            hinfo HINFO "cpu" "os"
            eui TYPE108 \\# 6 00005e00532a
            a.ent A 192.0.2.3
            *.wild A 192.0.2.60
            exact.wild TXT exact
            *.wildcname CNAME www
            alias CNAME www
            chain1 CNAME chain2
            chain2 CNAME chain3
            chain3 CNAME www
            cnx CNAME missing
            cnodata CNAME unk
            cdel CNAME host.deleg
            cwild CNAME foo.wild
            cout CNAME www.example.net.
            ctwo CNAME www.two.test.
            round CNAME back.two.test.
            cself CNAME cself
            cloop1 CNAME cloop2
            cloop2 CNAME cloop1
            dn DNAME target
            dn A 192.0.2.70
            www.target A 192.0.2.71
            alias.target CNAME www.target
            again.target CNAME www.dn
            dnout DNAME example.net.
            grow DNAME more.grow
            toolong DNAME LABEL.LABEL
            deleg NS ns1.deleg
            deleg NS ns.example.net.
            ns1.deleg A 192.0.2.100
            ns1.deleg AAAA 2001:db8::100
            host.deleg A 192.0.2.101
            deleg DS 12345 13 2 DIGEST
            deleg2 NS ns.example.net.
            """
                .replace("LABEL", "y".repeat(63))
                .replace("DIGEST", "ab".repeat(32)));
    for (int i = 1; i < 20; i++) {
      text.append("l%02d CNAME l%02d\n".formatted(i, i + 1));
    }
    text.append("l20 CNAME www\n");
    text.append("x".repeat(63)).append(" A 192.0.2.93\n");
    for (int i = 0; i < 9; i++) {
      text.append("big TXT \"%d%s\"\n".formatted(i, "b".repeat(200)));
    }
    for (int i = 0; i < 3; i++) {
      text.append("mid TXT \"%d%s\"\n".formatted(i, "m".repeat(200)));
    }
    for (int i = 1; i <= 14; i++) {
      text.append("many MX %d m%d\nm%d A 192.0.2.%d\n".formatted(i, i, i, i));
    }
    for (int i = 0; i < 200; i++) {
      text.append("huge TXT \"%03d%s\"\n".formatted(i, "h".repeat(240)));
    }
    text.append("tohuge CNAME huge\n");
    return text.toString();
  }
}
