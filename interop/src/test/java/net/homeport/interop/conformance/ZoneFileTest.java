package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.ZoneUpload;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import net.homeport.interop.wire.ReplyCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zone files as they are found: what they say is what is served, or is refused with a reason. */
@ExtendWith(ConformanceServer.class)
final class ZoneFileTest {
  private static final String HEAD =
      "$TTL 60\n@ IN SOA ns1.conf.test. hostmaster.conf.test. 1 2 3 4 5\n@ IN NS ns1.conf.test.\n";

  @TempDir Path folder;

  private static int zones;

  private static HttpResponse<String> add(String zone, String records) {
    try (var upload = new ZoneUpload(ConformanceServer.process())) {
      return upload.put(zone, HEAD + records + "\n");
    }
  }

  private static String newZone() {
    zones++;
    return "file%d.test".formatted(zones);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TYPE65281 \\# 0",
        "EUI48 00-00-5e-00-53-2a",
        "EUI64 00-00-5e-ef-10-00-00-2a",
        "NID 10 0014:4fff:ff20:ee64",
        "L32 10 10.1.2.0",
        "L64 10 2001:0DB8:1140:1000",
        "LP 10 l64.example.",
        "CSYNC 66 3 A NS AAAA",
        "AMTRELAY 10 0 1 203.0.113.15",
        "URI 10 1 \"ftp://ftp1.example.com/public\"",
        "LOC 51 30 12.748 N 0 7 39.611 W 0.00m",
        "LOC 51 N 0 W 0m",
        "CAA 128 issue \"a; b\"",
        "SVCB 0 foo.example.",
        "SVCB 1 . mandatory=alpn alpn=\"h2\"",
        "HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1 key65333=abc",
        "TXT unquoted",
        "TXT ( \"two\"\n \"lines\" ) ; and a comment",
        "APL 1:192.168.32.0/21 !1:192.168.38.0/28",
        "NAPTR 100 10 \"\" \"\" \"\" a.example.",
        "OPENPGPKEY AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9g==",
        "SMIMEA 3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971",
        "HIP 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cI",
        "DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
        "KX 10 a.example.",
        "CERT 1 2 3 AA==",
        "ZONEMD 1 1 240 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE",
      })
  @DisplayName(
      "RFC 1035 5.1 and the RFC of each type: a record in its own text loads and is served")
  void types(String rdata) {
    String zone = newZone();
    HttpResponse<String> added = add(zone, "r IN " + rdata);
    assertThat(ZoneUpload.isAdded(added)).as(added.body()).isTrue();
    String type = rdata.substring(0, rdata.indexOf(' '));
    int number =
        switch (type) {
          case "CSYNC" -> 62;
          case "ZONEMD" -> 63;
          case "AMTRELAY" -> 260;
          default -> Packet.type(type);
        };
    DnsClient client = ConformanceServer.client();
    Packet query = Packet.empty().question(Packet.name("r." + zone), number, Packet.IN);
    ReplyCheck.check(client.udp(query.octets())).is("NOERROR", "qr aa").answers(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {2_147_483_648L, 4_294_967_295L})
  @DisplayName(
      "RFC 2181 8, RFC 8767 4: a TTL of 2^31 and above is refused, or served as 0 or as 2^31 - 1")
  void hugeTtl(long ttl) {
    String zone = newZone();
    HttpResponse<String> added = add(zone, "r %d IN A 192.0.2.1".formatted(ttl));
    if (ZoneUpload.isAdded(added)) {
      Reply reply = ConformanceServer.client().udp(Packet.query("r." + zone + " A").octets());
      assertThat(reply.answer())
          .singleElement()
          .isIn("r." + zone + ". 0 IN A 192.0.2.1", "r." + zone + ". 2147483647 IN A 192.0.2.1");
    } else {
      assertThat(added.body()).contains(Long.toString(ttl));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r IN TYPE0 \\# 0",
        "r IN OPT \\# 0",
        "r IN TYPE255 \\# 0",
        "r IN A 192.0.2.256",
        "r IN CNAME a\nr IN A 192.0.2.1",
        "r IN CNAME a\nr IN CNAME b",
        "r IN DNAME a\nr IN DNAME b",
        "r.other.example. IN A 192.0.2.1",
        "$INCLUDE /etc/passwd",
        "r CH A 192.0.2.1",
        "r IN SOA a b 1 2 3 4 5",
        "r IN TYPE1 \\# 3 010203",
        "r IN TYPE65280 \\# 3 0102",
      })
  @DisplayName("RFC 1035 5.2: a zone with an error in it is refused whole, with the reason")
  void errors(String records) {
    String zone = newZone();
    HttpResponse<String> added = add(zone, records);
    assertThat(added.statusCode()).as(added.body()).isBetween(400, 499);
    assertThat(added.body()).contains(zone);
    Reply reply = ConformanceServer.client().udp(Packet.query(zone + " SOA").octets());
    ReplyCheck.check(reply).is("REFUSED", "qr");
  }

  @Test
  @DisplayName(
      "RFC 1034 4.3.2: the root zone is refused plainly; or served, and then nothing is REFUSED, and all is below it")
  void rootZone() throws IOException {
    Path file = folder.resolve("root");
    Files.writeString(
        file,
        """
        $TTL 60
        . IN SOA ns1.conf.test. hostmaster.conf.test. 1 2 3 4 5
        . IN NS ns1.conf.test.
        com. IN NS ns.com.
        ns.com. IN A 192.0.2.1
        conf.test. IN A 192.0.2.2
        """);
    try (HomeportProcess server = HomeportProcess.start(folder.resolve("data"))) {
      Commands.Result added = server.command("zone", "add", ".", "--file", file.toString());
      if (added.exitCode() != 0) {
        assertThat(added.err()).as("a refusal says what is refused").contains("'.'");
        return;
      }
      var client = new DnsClient(ConformanceServer.loopback(server.dnsPort()));
      ReplyCheck.check(client.udp(Packet.query(". SOA").octets()))
          .is("NOERROR", "qr aa")
          .answers(1);
      ReplyCheck.check(client.udp(Packet.query(". NS").octets())).is("NOERROR", "qr aa").answers(1);
      ReplyCheck.check(client.udp(Packet.query("org A").octets())).negative("NXDOMAIN", ". 5");
      ReplyCheck.check(client.udp(Packet.query("test A").octets())).negative("NOERROR", ". 5");
      ReplyCheck.check(client.udp(Packet.query(". DS").octets())).negative("NOERROR", ". 5");
      ReplyCheck.check(client.udp(Packet.query("www.example.com A").octets()))
          .referral("com. 60 IN NS ns.com.")
          .additional("ns.com. 60 IN A 192.0.2.1");
    }
  }
}
