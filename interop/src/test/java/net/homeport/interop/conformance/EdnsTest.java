package net.homeport.interop.conformance;

import static net.homeport.interop.wire.Packet.DO;
import static net.homeport.interop.wire.Packet.hex;
import static net.homeport.interop.wire.Packet.option;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.ReplyCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EDNS, its options, and extended errors. */
final class EdnsTest extends OnTheWire {
  private static final int NSID = 3;
  private static final int CLIENT_SUBNET = 8;
  private static final int KEEPALIVE = 11;
  private static final int PADDING = 12;
  private static final int EXTENDED_ERROR = 15;
  private static final int VERSION_1 = 1 << 16;

  private static Packet soa() {
    return Packet.query("conf.test SOA");
  }

  @Nested
  final class Rfc6891 {
    @Test
    @DisplayName("RFC 6891 6.1.1: no OPT in the query, none in the answer")
    void none() {
      for (String question :
          new String[] {
            "conf.test SOA",
            "nope.conf.test A",
            "not.ours A",
            "x.deleg.conf.test A",
            "big.conf.test TXT"
          }) {
        ask(question).opt(false);
        askTcp(question).opt(false);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "conf.test SOA",
          "nope.conf.test A",
          "www.conf.test MX",
          "not.ours A",
          "x.deleg.conf.test A",
          "www.dn.conf.test A",
          "foo.wild.conf.test A",
          "conf.test AXFR",
          "www.conf.test TYPE41"
        })
    @DisplayName("RFC 6891 6.1.1: OPT in the query, one in the answer, of version 0")
    void always(String question) {
      ask(Packet.query(question).edns(1232)).opt(true);
      askTcp(Packet.query(question).edns(1232)).opt(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 255})
    @DisplayName("RFC 6891 6.1.3: a version above 0 is BADVERS, version 0, without an answer")
    void badVersion(int version) {
      ask(soa().opt(1232, version << 16))
          .status("BADVERS")
          .flags("qr")
          .opt(true)
          .answer()
          .authority()
          .additional();
      ask(soa().opt(1232, version << 16 | DO)).status("BADVERS").opt(true).answers(0);
      ask(Packet.query("not.ours A").opt(1232, version << 16)).status("BADVERS").opt(true);
    }

    @Test
    @DisplayName("RFC 6891 6.1.3: BADVERS before anything is made of options of that version")
    void badVersionWithOptions() {
      ask(soa().opt(1232, VERSION_1, option(100, hex("cafe"))))
          .status("BADVERS")
          .noOption(100)
          .answers(0);
      assertThat(dig("conf.test", "SOA", "+edns=1", "+noednsneg"))
          .contains("status: BADVERS", "EDNS: version: 0");
    }

    @Test
    @DisplayName("RFC 6891 6.1.2: unknown options are ignored and not sent back, in any order")
    void unknownOptions() {
      byte[] unknown = option(100, hex("cafe"));
      byte[] reserved = option(0);
      byte[] local = option(65_001, hex("00"));
      byte[] nsid = option(NSID);
      for (byte[][] options :
          new byte[][][] {
            {unknown},
            {unknown, reserved, local},
            {local, nsid, unknown},
            {nsid, unknown, local},
            {unknown, unknown}
          }) {
        ReplyCheck reply =
            ask(soa().edns(1232, options)).is("NOERROR", "qr aa").answers(1).noOption(100);
        reply.noOption(0).noOption(65_001);
      }
    }

    @Test
    @DisplayName("RFC 6891 6.1.4, RFC 3225 3: DO is copied, all other flags are cleared")
    void flags() {
      assertThat(ask(soa().opt(1232, DO)).opt(true).reply().ednsFlags()).isEqualTo(DO);
      assertThat(ask(soa().opt(1232, 0xFFFF)).opt(true).reply().ednsFlags()).isEqualTo(DO);
      assertThat(ask(soa().opt(1232, 0x7FFF)).opt(true).reply().ednsFlags()).isZero();
      assertThat(ask(Packet.query("nope.conf.test A").opt(1232, DO)).reply().ednsFlags())
          .isEqualTo(DO);
      assertThat(ask(Packet.query("not.ours A").opt(1232, DO)).reply().ednsFlags()).isEqualTo(DO);
      assertThat(ask(Packet.query("big.conf.test TXT").opt(1232, DO)).reply().ednsFlags())
          .isEqualTo(DO);
      assertThat(askTcp(soa().opt(1232, DO)).reply().ednsFlags()).isEqualTo(DO);
    }

    @Test
    @DisplayName("RFC 6891 6.1.3: extended RCODE bits of a query are ignored")
    void extendedRcode() {
      ask(soa().opt(1232, 0xFF << 24)).is("NOERROR", "qr aa").answers(1);
    }

    @Test
    @DisplayName("RFC 6891 6.1.1: two OPT records are FORMERR")
    void two() {
      ask(soa().edns(1232).edns(1232)).status("FORMERR").answers(0);
      ask(soa().edns(1232).edns(1232, option(NSID))).status("FORMERR").answers(0);
    }

    @Test
    @DisplayName("RFC 6891 6.1.2: an OPT whose owner is not the root is FORMERR")
    void owner() {
      Packet packet = soa();
      packet.record(Packet.ADDITIONAL, Packet.name("conf.test"), 41, 1232, 0);
      formatError(packet.octets());
    }

    @Test
    @DisplayName("RFC 6891 6.1.1: OPT belongs to the additional section")
    void elsewhere() {
      formatError(soa().record(Packet.ANSWER, new byte[1], 41, 1232, 0).octets());
      formatError(soa().record(Packet.AUTHORITY, new byte[1], 41, 1232, 0).octets());
    }

    @Test
    @DisplayName(
        "RFC 6891 6.1.2: RDLENGTH beyond the message, and options beyond RDLENGTH, are FORMERR")
    void lengths() {
      byte[] whole = soa().edns(1232, option(NSID)).octets();
      formatError(java.util.Arrays.copyOf(whole, whole.length - 1));
      formatError(java.util.Arrays.copyOf(whole, whole.length - 4));
      ask(soa().edns(1232, hex("0003 0004 00"))).status("FORMERR").answers(0);
      ask(soa().edns(1232, hex("0003 00"))).status("FORMERR").answers(0);
      ask(soa().edns(1232, hex("0064 ffff 00"))).status("FORMERR").answers(0);
    }

    @Test
    @DisplayName("RFC 6891 6.1.1: OPT may stand before or after other additional records")
    void besideOthers() {
      byte[] a = {(byte) 192, 0, 2, 1};
      ask(soa().edns(1232).record(Packet.ADDITIONAL, Packet.name("x.test"), 1, 1, 0, a))
          .status("NOERROR", "FORMERR");
      ask(soa().record(Packet.ADDITIONAL, Packet.name("x.test"), 1, 1, 0, a).edns(1232))
          .status("NOERROR", "FORMERR");
    }
  }

  @Nested
  final class Rfc5001 {
    @Test
    @DisplayName("RFC 5001 2.1: NSID when asked for, and only then; not empty")
    void nsid() {
      assertThat(ask(soa().edns(1232, option(NSID))).is("NOERROR", "qr aa").reply().option(NSID))
          .isNotNull()
          .isNotEmpty();
      ask(soa().edns(1232)).noOption(NSID);
      assertThat(dig("conf.test", "SOA", "+nsid")).contains("NSID: ");
      assertThat(ask(Packet.query("not.ours A").edns(1232, option(NSID))).reply().option(NSID))
          .isNotNull();
    }

    @Test
    @DisplayName("RFC 5001 2.1: what a resolver puts into its NSID option is ignored")
    void notEchoed() {
      String nsid = ask(soa().edns(1232, option(NSID, hex("cafebabe")))).reply().option(NSID);
      assertThat(nsid).isNotEqualTo("cafebabe").isNotNull();
    }
  }

  @Nested
  final class Rfc7871 {
    @ParameterizedTest
    @ValueSource(strings = {"0001 18 00 c00002", "0002 38 00 20010db8000000", "0000 00 00"})
    @DisplayName("RFC 7871 7.2.1: client subnet is ignored, or has scope 0")
    void subnet(String value) {
      String option =
          ask(soa().edns(1232, option(CLIENT_SUBNET, hex(value))))
              .is("NOERROR", "qr aa")
              .answers(1)
              .reply()
              .option(CLIENT_SUBNET);
      assertThat(option == null || option.startsWith("00", 6)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0063 18 00 c00002", "0001 21 00 c000020101", "00", ""})
    @DisplayName("RFC 7871 7.1.2: a malformed client subnet is FORMERR or ignored")
    void malformed(String value) {
      ask(soa().edns(1232, option(CLIENT_SUBNET, hex(value)))).status("FORMERR", "NOERROR");
    }
  }

  @Nested
  final class Rfc7828 {
    @Test
    @DisplayName("RFC 7828 3.2.1: edns-tcp-keepalive by UDP is ignored")
    void udp() {
      ask(soa().edns(1232, option(KEEPALIVE))).is("NOERROR", "qr aa").noOption(KEEPALIVE);
      ask(soa().edns(1232, option(KEEPALIVE, hex("0064"))))
          .status("NOERROR", "FORMERR")
          .noOption(KEEPALIVE);
    }

    @Test
    @DisplayName("RFC 7828 3.3.2: by TCP it is answered with a time-out, if asked for")
    void tcp() {
      String timeout =
          askTcp(soa().edns(1232, option(KEEPALIVE)))
              .is("NOERROR", "qr aa")
              .reply()
              .option(KEEPALIVE);
      assertThat(timeout).isNotNull().hasSize(4);
      askTcp(soa().edns(1232)).noOption(KEEPALIVE);
    }

    @Test
    @DisplayName("RFC 7828 3.2.1: a time-out in the query is FORMERR by TCP")
    void timeoutInTheQuery() {
      askTcp(soa().edns(1232, option(KEEPALIVE, hex("0064")))).status("FORMERR", "NOERROR");
      askTcp(soa().edns(1232, option(KEEPALIVE, hex("00")))).status("FORMERR");
    }
  }

  @Nested
  final class Rfc7830 {
    @Test
    @DisplayName("RFC 7830 6, RFC 8467 4: no padding over UDP and TCP in the clear")
    void inTheClear() {
      ask(soa().edns(1232, option(PADDING, new byte[64]))).is("NOERROR", "qr aa").noOption(PADDING);
      askTcp(soa().edns(1232, option(PADDING, new byte[64]))).is("NOERROR", "qr aa");
    }
  }

  @Nested
  final class Rfc8914 {
    @Test
    @DisplayName("RFC 8914 4.21: REFUSED because the name is in none of our zones: 20")
    void notAuthoritative() {
      ask(Packet.query("www.not-ours.test A").edns(1232)).is("REFUSED", "qr").extendedErrors(20);
      assertThat(dig("www.not-ours.test", "A")).contains("EDE: 20");
    }

    @Test
    @DisplayName("RFC 8914 4.19: a transfer that is not allowed: 18")
    void prohibited() {
      askTcp(Packet.query("conf.test AXFR").edns(1232)).status("REFUSED").extendedErrors(18);
    }

    @Test
    @DisplayName("RFC 8914 4.22: an opcode that is not supported: 21")
    void notSupported() {
      ask(soa().opcode(15).edns(1232)).status("NOTIMP").extendedErrors(21);
      ask(soa().opcode(2).edns(1232)).status("NOTIMP").extendedErrors(21);
    }

    @Test
    @DisplayName("RFC 8914 3: no extended error without EDNS, nor in a good answer")
    void none() {
      ask("www.not-ours.test A").status("REFUSED").opt(false);
      for (String question :
          new String[] {"conf.test SOA", "nope.conf.test A", "x.deleg.conf.test A"}) {
        ask(Packet.query(question).edns(1232)).noOption(EXTENDED_ERROR);
      }
    }

    @Test
    @DisplayName("RFC 8914 2: an extended error in a query is ignored")
    void inAQuery() {
      ask(soa().edns(1232, option(EXTENDED_ERROR, hex("0014"))))
          .is("NOERROR", "qr aa")
          .noOption(15);
    }
  }
}
