package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.ReplyCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header, question, and answers that simply stand in the zone. */
final class BasicAnswersTest extends OnTheWire {
  private static final int RD = 0x0100;
  private static final int ALL_BUT_QR_AND_OPCODE = 0x07F0;

  @Nested
  final class Rfc1035Section411 {
    @Test
    @DisplayName("RFC 1035 4.1.1: the apex SOA is authoritative")
    void apexSoa() {
      askAllWays("conf.test SOA")
          .is("NOERROR", "qr aa")
          .answer(
              "conf.test. 3600 IN SOA ns1.conf.test. hostmaster.conf.test. 2025010101 7200 3600 1209600 300");
    }

    @Test
    @DisplayName("RFC 1035 4.1.1: ID and opcode come back, RD is copied, RA stays clear")
    void rdIsCopied() {
      ask(Packet.query("www.conf.test A").flags(RD).id(0xFFFF))
          .is("NOERROR", "qr aa rd")
          .echoes(0xFFFF, 0);
      ask(Packet.query("www.conf.test A").id(0)).is("NOERROR", "qr aa").echoes(0, 0);
      ask(Packet.query("nope.conf.test A").flags(RD)).is("NXDOMAIN", "qr aa rd");
      ask(Packet.query("host.deleg.conf.test A").flags(RD)).is("NOERROR", "qr rd");
      ask(Packet.query("not.ours A").flags(RD)).is("REFUSED", "qr rd");
    }

    @Test
    @DisplayName("RFC 1035 4.1.1: AA, TC, RA, Z and RCODE of a query mean nothing")
    void oddFlags() {
      ask(Packet.query("www.conf.test A").flags(ALL_BUT_QR_AND_OPCODE))
          .is("NOERROR", "qr aa rd")
          .answer(WWW);
      for (int bit = 0x0400; bit >= 0x0001; bit >>= 1) {
        if (bit != RD) {
          ask(Packet.query("www.conf.test A").flags(bit)).is("NOERROR", "qr aa").answer(WWW);
        }
      }
    }

    @Test
    @DisplayName("RFC 4035 3.1.6: CD is cleared; 3.2.3: AD too, as nothing was validated")
    void adAndCd() {
      ask(Packet.query("www.conf.test A").flags(0x0010)).is("NOERROR", "qr aa");
      ask(Packet.query("www.conf.test A").flags(0x0020)).is("NOERROR", "qr aa");
      assertThat(dig("+noad", "+zflag", "www.conf.test", "A"))
          .contains("status: NOERROR")
          .doesNotContain("MBZ")
          .contains("flags: qr aa;");
    }
  }

  @Nested
  final class Rfc1034Section432 {
    @Test
    @DisplayName("RFC 1034 4.3.2: plain A and AAAA")
    void plain() {
      askAllWays("www.conf.test A").is("NOERROR", "qr aa").answer(WWW).authority();
      askAllWays("www.conf.test AAAA").answer("www.conf.test. 3600 IN AAAA 2001:db8:0:0:0:0:0:80");
    }

    @Test
    @DisplayName("RFC 1034 4.3.2: NS of the apex is an answer, not a referral")
    void apexNs() {
      askAllWays("conf.test NS")
          .is("NOERROR", "qr aa")
          .answer("conf.test. 3600 IN NS ns1.conf.test.", "conf.test. 3600 IN NS ns2.conf.test.");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {". NS", ". ANY", "test SOA", "www.not-ours.test A", "xconf.test A", "org DS"})
    @DisplayName("RFC 1034 4.3.1: names of other zones are REFUSED, without records")
    void notOurs(String question) {
      ask(question).is("REFUSED", "qr").answer().authority().additional();
    }
  }

  @Nested
  final class Rfc2181 {
    @Test
    @DisplayName("RFC 2181 5: an RRset comes whole")
    void wholeRrset() {
      askAllWays("multi.conf.test A")
          .answer(
              "multi.conf.test. 3600 IN A 192.0.2.11",
              "multi.conf.test. 3600 IN A 192.0.2.12",
              "multi.conf.test. 3600 IN A 192.0.2.13");
      assertThat(askTcp("many.conf.test MX").answers(14).reply().answer()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("RFC 2181 5: the same record twice is one record")
    void noDuplicates() {
      ask("twice.conf.test A").answer("twice.conf.test. 3600 IN A 192.0.2.44");
    }

    @Test
    @DisplayName("RFC 2181 5.2: the records of an RRset have one TTL")
    void oneTtl() {
      ask("ttls.conf.test A")
          .answer("ttls.conf.test. 300 IN A 192.0.2.42", "ttls.conf.test. 300 IN A 192.0.2.43");
    }

    @Test
    @DisplayName("RFC 2181 8: TTLs from 0 to 2^31 - 1 are served as they are")
    void ttls() {
      ask("ttl0.conf.test A").answer("ttl0.conf.test. 0 IN A 192.0.2.40");
      ask("ttlmax.conf.test A").answer("ttlmax.conf.test. 2147483647 IN A 192.0.2.41");
    }

    @Test
    @DisplayName("RFC 2181 11: labels are octets: NUL, 255, dots, spaces, underscores")
    void anyOctets() {
      ask("bin\\000\\255.conf.test A").answer("bin\\000\\255.conf.test. 3600 IN A 192.0.2.92");
      ask("a\\.b.conf.test A").answer("a\\.b.conf.test. 3600 IN A 192.0.2.90");
      ask("a.b.conf.test A").negative("NXDOMAIN", SOA);
      ask("sp\\032ace.conf.test A").answers(1);
      ask("_under_score.conf.test A").answers(1);
    }
  }

  @Nested
  final class Rfc4343 {
    @Test
    @DisplayName("RFC 4343 3: names match whatever their letters' case")
    void matching() {
      ask("mixed.conf.test A").is("NOERROR", "qr aa").answers(1);
      ask("mIxEd.CONF.test A").is("NOERROR", "qr aa").answers(1);
      ask("WWW.CHILD.CONF.TEST A").is("NOERROR", "qr aa").answers(1);
      ask("FOO.WILD.CONF.TEST A").is("NOERROR", "qr aa").answers(1);
      ask("WWW.DN.CONF.TEST A").is("NOERROR", "qr aa").answers(3);
      ask("HOST.DELEG.CONF.TEST A").is("NOERROR", "qr").answers(0);
    }

    @Test
    @DisplayName("RFC 4343 3: only ASCII letters have a case: [ is not {, 0xC4 is not 0xE4")
    void onlyLetters() {
      ask("_under?score.conf.test A").status("NXDOMAIN");
      ask("bin\\000\\223.conf.test A").status("NXDOMAIN");
      ask("\\127under_score.conf.test A").status("NXDOMAIN");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "WwW.cOnF.tEsT A",
          "NoPe.cOnF.tEsT A",
          "AlIaS.cOnF.tEsT A",
          "FoO.wIlD.cOnF.tEsT A",
          "HoSt.DeLeG.cOnF.tEsT A",
          "WwW.dN.cOnF.tEsT A",
          "WwW.NoT.oUrS A"
        })
    @DisplayName("draft-vixie-dnsext-dns0x20: the question comes back octet for octet")
    void questionIsEchoed(String question) {
      Packet packet = Packet.query(question);
      byte[] sent = packet.octets();
      for (ReplyCheck reply : new ReplyCheck[] {ask(packet), askTcp(packet)}) {
        assertThat(reply.reply().question())
            .isEqualTo(java.util.Arrays.copyOfRange(sent, 12, sent.length));
      }
      assertThat(dig(question.split(" ", -1))).contains(";" + question.replace(" A", "."));
    }

    @Test
    @DisplayName("RFC 4343 4.1: the zone's letters do not matter for NXDOMAIN and NODATA either")
    void negative() {
      assertThat(ask("MIXED.conf.test MX").is("NOERROR", "qr aa").reply().authority().getFirst())
          .startsWith("conf.test.");
      String upper = "BELOW.MIXED.CONF.TEST A".toUpperCase(Locale.ROOT);
      ask(upper).is("NXDOMAIN", "qr aa");
    }
  }

  @Nested
  final class Rfc1035Section232 {
    @Test
    @DisplayName("RFC 1035 2.3.4: a label of 63 octets, a name of 255, 127 labels")
    void longest() {
      String label = "a".repeat(63);
      ask(label + ".conf.test A").answers(1);
      ask("b" + label.substring(1) + ".conf.test A").status("NXDOMAIN");
      String name =
          "%s.%s.%s.%s.conf.test."
              .formatted("l".repeat(63), "m".repeat(63), "n".repeat(63), "o".repeat(51));
      assertThat(Packet.name(name)).hasSize(255);
      askAllWays(name + " A").is("NOERROR", "qr aa").answer(name + " 3600 IN A 192.0.2.96");
      ask(name.replace('l', 'k') + " A").is("NXDOMAIN", "qr aa");
      ask(name + " MX").negative("NOERROR", SOA);
      String deep = "a.".repeat(126) + "z.";
      assertThat(Packet.name(deep)).hasSize(255);
      askAllWays(deep + " A").answer(deep + " 3600 IN A 192.0.2.127");
      ask(deep.substring(2) + " A").negative("NOERROR", "z. 300");
    }

    @Test
    @DisplayName("RFC 1035 3.1: 256 octets are no name")
    void tooLong() {
      byte[] name =
          Packet.joined(
              new byte[] {63},
              "l".repeat(63).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              new byte[] {63},
              "m".repeat(63).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              new byte[] {63},
              "n".repeat(63).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              new byte[] {52},
              "o".repeat(52).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              Packet.name("conf.test"));
      assertThat(name).hasSize(256);
      formatError(Packet.empty().question(name, Packet.type("A"), Packet.IN).octets());
    }
  }
}
