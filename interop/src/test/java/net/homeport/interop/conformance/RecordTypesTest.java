package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.interop.wire.Packet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of records, of questions, and classes. */
final class RecordTypesTest extends OnTheWire {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RFC 1035 3.3.9  | conf.test MX           | conf.test. 3600 IN MX 10 mail.conf.test.",
        "RFC 1035 3.3.2  | hinfo.conf.test HINFO  | hinfo.conf.test. 3600 IN HINFO \"cpu\" \"os\"",
        "RFC 1035 3.3.12 | ptr.conf.test PTR      | ptr.conf.test. 3600 IN PTR www.conf.test.",
        "RFC 1035 3.3.14 | txtmulti.conf.test TXT | txtmulti.conf.test. 3600 IN TXT \"one\" \"two\" \"\"",
        "RFC 1035 5.1    | txtesc.conf.test TXT   | txtesc.conf.test. 3600 IN TXT \"quote\\\"and\\\\slash;semi\" \"\\000\\255\"",
        "RFC 1183 2.2    | rp.conf.test RP        | rp.conf.test. 3600 IN RP admin.conf.test. www.conf.test.",
        "RFC 2782        | _sip._tcp.conf.test SRV | _sip._tcp.conf.test. 3600 IN SRV 10 20 5060 mail.conf.test.",
        "RFC 3403 4.1    | naptr.conf.test NAPTR  | naptr.conf.test. 3600 IN NAPTR 100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@conf.test!\" .",
        "RFC 4255 3.1    | sshfp.conf.test SSHFP  | sshfp.conf.test. 3600 IN SSHFP 4 2 123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789",
        "RFC 6698 2.1    | _443._tcp.conf.test TLSA | _443._tcp.conf.test. 3600 IN TLSA 3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971",
        "RFC 8659 4.1    | conf.test CAA          | conf.test. 3600 IN CAA 0 issue \"ca.example.net\"",
        "RFC 9460 2.4.3  | svc.conf.test HTTPS    | svc.conf.test. 3600 IN HTTPS 1 . alpn=h2,h3",
        "RFC 9460 2.4.2  | svcalias.conf.test HTTPS | svcalias.conf.test. 3600 IN HTTPS 0 svc.conf.test.",
        "RFC 9460 2.3    | _8443._https.svcport.conf.test SVCB | _8443._https.svcport.conf.test. 3600 IN SVCB 1 svc.conf.test. port=8443",
      })
  void types(String section, String question, String answer) {
    askAllWays(question).is("NOERROR", "qr aa").answer(answer).authority();
    assertThat(section).startsWith("RFC");
  }

  @Nested
  final class Rfc9460 {
    @Test
    @DisplayName("RFC 9460 4.1: an authoritative server does not follow alias mode into the answer")
    void aliasMode() {
      ask("svcalias.conf.test A").negative("NOERROR", SOA);
      ask("svcalias.conf.test HTTPS").answers(1);
    }
  }

  @Nested
  final class Rfc7043 {
    @Test
    @DisplayName("RFC 7043 3, 4: EUI48 and EUI64")
    void eui() {
      assertThat(dig("+short", "eui.conf.test", "EUI48")).isEqualTo("00-00-5e-00-53-2a\n");
      assertThat(dig("+short", "eui.conf.test", "EUI64")).isEqualTo("00-00-5e-ef-10-00-00-2a\n");
    }
  }

  @Nested
  final class Rfc1876 {
    @Test
    @DisplayName("RFC 1876: LOC")
    void loc() {
      assertThat(dig("+short", "loc.conf.test", "LOC"))
          .isEqualTo("51 30 12.748 N 0 7 39.611 W 0.00m 0.00m 0.00m 0.00m\n");
    }
  }

  @Nested
  final class Rfc1035Section3314 {
    @Test
    @DisplayName("RFC 1035 3.3.14: a string of 255 octets")
    void longestString() {
      ask("txt255.conf.test TXT")
          .answer("txt255.conf.test. 3600 IN TXT \"%s\"".formatted("t".repeat(255)));
    }
  }

  @Nested
  final class Rfc3597 {
    @Test
    @DisplayName(
        "RFC 3597 5: an unknown type is served octet for octet, a known one in \\# form as itself")
    void unknown() {
      askAllWays("unk.conf.test TYPE65280")
          .answer("unk.conf.test. 3600 IN TYPE65280 \\# 4 0A000001");
      ask("unk.conf.test A").answer("unk.conf.test. 3600 IN A 192.0.2.81");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TYPE666", "TYPE65535", "TYPE65281", "TYPE32768", "TYPE257", "TYPE127"})
    @DisplayName("RFC 3597 2: an unknown type without data is NODATA")
    void noData(String type) {
      askAllWays("www.conf.test " + type).negative("NOERROR", SOA);
      ask("foo.wild.conf.test " + type).negative("NOERROR", SOA);
      ask("nope.conf.test " + type).negative("NXDOMAIN", SOA);
    }
  }

  @Nested
  final class Rfc6895Section31 {
    @ParameterizedTest
    @ValueSource(ints = {0, 41, 249, 250})
    @DisplayName("RFC 6895 3.1: type 0, OPT, TKEY and TSIG are nothing to ask for")
    void metaTypes(int type) {
      for (boolean edns : new boolean[] {false, true}) {
        Packet packet = Packet.empty().question(Packet.name("www.conf.test"), type, Packet.IN);
        ask(edns ? packet.edns(1232) : packet)
            .status("FORMERR", "REFUSED", "NOTIMP", "NOERROR")
            .answers(0);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {253, 254})
    @DisplayName("RFC 1035 3.2.3: MAILB and MAILA")
    void mail(int type) {
      ask(Packet.empty().question(Packet.name("www.conf.test"), type, Packet.IN))
          .status("NOTIMP", "NOERROR", "REFUSED", "FORMERR")
          .answers(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AXFR", "IXFR"})
    @DisplayName("RFC 5936 4.2, RFC 1995 2: a transfer by UDP is never an answer with data")
    void transfers(String type) {
      ask("conf.test " + type).status("REFUSED", "FORMERR", "NOTIMP", "NOTAUTH").answers(0);
      // Without the SOA record that RFC 1995 3 asks for, an IXFR is malformed.
      askTcp("conf.test " + type).status("REFUSED", "NOTAUTH", "FORMERR").answers(0);
      askTcp("not.ours " + type).status("REFUSED", "NOTAUTH", "FORMERR").answers(0);
    }

    @Test
    @DisplayName("RFC 9824 3.4: NXNAME (128) is nothing to ask for")
    void nxname() {
      ask(Packet.empty().question(Packet.name("www.conf.test"), 128, Packet.IN))
          .status("FORMERR", "NOERROR")
          .answers(0);
    }
  }

  @Nested
  final class Rfc6895Section32 {
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 254, 256, 65535})
    @DisplayName("RFC 6895 3.2: we have data of class IN only")
    void classes(int qclass) {
      for (boolean edns : new boolean[] {false, true}) {
        Packet packet =
            Packet.empty().question(Packet.name("www.conf.test"), Packet.type("A"), qclass);
        ask(edns ? packet.edns(1232) : packet).status("REFUSED", "NOTIMP", "FORMERR").answers(0);
      }
    }

    @Test
    @DisplayName("RFC 1035 3.2.5: QCLASS ANY")
    void any() {
      ask(Packet.empty().question(Packet.name("www.conf.test"), Packet.type("A"), 255))
          .status("NOERROR", "REFUSED", "NOTIMP", "FORMERR")
          .answersAtMost(1);
    }
  }

  @Nested
  final class Rfc4892 {
    @ParameterizedTest
    @ValueSource(
        strings = {"version.bind", "version.server", "id.server", "hostname.bind", "VERSION.bind"})
    @DisplayName("RFC 4892 2: CHAOS TXT names are answered with a string or refused")
    void chaos(String name) {
      Packet packet = Packet.empty().question(Packet.name(name), Packet.type("TXT"), 3);
      var reply = ask(packet).status("NOERROR", "REFUSED");
      if (reply.reply().status().equals("NOERROR")) {
        assertThat(reply.answers(1).reply().answer().getFirst())
            .matches("(?i)\\S+ 0 CH TXT \".*\"");
      }
    }

    @Test
    @DisplayName("RFC 4892 2: id.server is answered, since NSID is (RFC 5001)")
    void idServer() {
      Packet packet = Packet.empty().question(Packet.name("id.server"), Packet.type("TXT"), 3);
      ask(packet).status("NOERROR").answers(1);
    }
  }
}
