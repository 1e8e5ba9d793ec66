package net.homeport.interop.conformance;

import static net.homeport.interop.wire.Packet.ADDITIONAL;
import static net.homeport.interop.wire.Packet.ANSWER;
import static net.homeport.interop.wire.Packet.AUTHORITY;
import static net.homeport.interop.wire.Packet.IN;
import static net.homeport.interop.wire.Packet.QUESTION;
import static net.homeport.interop.wire.Packet.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import net.homeport.interop.wire.Packet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opcodes that are not QUERY, and what is no message. */
final class MalformedMessagesTest extends OnTheWire {
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

  private static Packet www() {
    return Packet.query("www.conf.test A");
  }

  @Nested
  final class Opcodes {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 14, 15})
    @DisplayName(
        "RFC 1035 4.1.1: an unknown opcode is NOTIMP, with ID and opcode, with or without a question")
    void unknown(int opcode) {
      ask(Packet.empty().opcode(opcode)).is("NOTIMP", "qr").echoes(Packet.ID, opcode).answers(0);
      ask(www().opcode(opcode)).is("NOTIMP", "qr").echoes(Packet.ID, opcode).answers(0);
      askTcp(www().opcode(opcode)).is("NOTIMP", "qr").echoes(Packet.ID, opcode).answers(0);
    }

    @Test
    @DisplayName("RFC 1996 3.10: NOTIFY to a primary is answered, not obeyed")
    void notifies() {
      ask(Packet.query("conf.test SOA").opcode(4))
          .status("NOTAUTH", "REFUSED", "NOTIMP", "FORMERR")
          .echoes(Packet.ID, 4);
      ask(Packet.query("not.ours SOA").opcode(4))
          .status("NOTAUTH", "REFUSED", "NOTIMP")
          .echoes(Packet.ID, 4);
    }

    @Test
    @DisplayName("RFC 2136 3.3: an UPDATE without a key changes nothing")
    void update() {
      Packet packet = Packet.query("conf.test SOA").opcode(5);
      packet.record(AUTHORITY, Packet.name("www.conf.test"), 1, IN, 60, ADDRESS);
      ask(packet).status("REFUSED", "NOTAUTH", "NOTIMP").echoes(Packet.ID, 5);
      ask("www.conf.test A").answer(WWW);
    }

    @Test
    @DisplayName("CVE-2026-5946: NOTIFY and UPDATE of odd classes")
    void oddClasses() {
      for (int qclass : new int[] {0, 3, 254, 255, 65535}) {
        for (int opcode : new int[] {4, 5}) {
          ask(Packet.empty().opcode(opcode).question(Packet.name("conf.test"), 6, qclass))
              .status("NOTAUTH", "REFUSED", "NOTIMP", "FORMERR");
        }
      }
    }
  }

  @Nested
  final class Silence {
    @Test
    @DisplayName(
        "RFC 1035 4.1.1: a response (QR) is never answered: two servers could talk for ever")
    void responses() {
      silence(www().flags(0x8000).octets());
      silence(Packet.empty().flags(0x8005).octets());
      silence(www().flags(0xFFFF).octets());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11})
    @DisplayName("RFC 1035 4.1.1: fewer octets than a header are no message")
    void shortMessages(int length) {
      silence(www().cut(length));
    }
  }

  @Nested
  final class Rfc9619 {
    @Test
    @DisplayName("RFC 9619 4: QDCOUNT 0 and above 1 are FORMERR")
    void counts() {
      formatError(Packet.empty().octets());
      formatError(www().question(Packet.name("mail.conf.test"), 1, IN).octets());
      formatError(www().question(Packet.name("www.conf.test"), 1, IN).octets());
      formatError(www().count(QUESTION, 0).octets());
      formatError(www().count(QUESTION, 2).octets());
      formatError(www().count(QUESTION, 65535).octets());
    }
  }

  @Nested
  final class Counts {
    @Test
    @DisplayName("RFC 1035 4.1.1: counts of records that are not there are FORMERR")
    void tooHigh() {
      formatError(Packet.empty().count(QUESTION, 1).octets());
      for (int section = ANSWER; section <= ADDITIONAL; section++) {
        formatError(www().count(section, 1).octets());
        formatError(www().count(section, 65535).octets());
      }
    }

    @Test
    @DisplayName("RFC 1035 4.1.2: records in the answer or authority section of a query")
    void records() {
      byte[] owner = Packet.name("www.conf.test");
      ask(www().record(ANSWER, owner, 1, IN, 0, ADDRESS)).status("FORMERR");
      ask(www().record(AUTHORITY, owner, 1, IN, 0, ADDRESS)).status("FORMERR");
      ask(www().record(ADDITIONAL, owner, 1, IN, 0, ADDRESS)).status("FORMERR", "NOERROR");
    }

    @Test
    @DisplayName("RFC 1035 4: octets behind the message")
    void trailing() {
      ask(www().tail((byte) 0)).status("FORMERR", "NOERROR").echoes(Packet.ID, 0);
      ask(www().tail(new byte[500])).status("FORMERR", "NOERROR").echoes(Packet.ID, 0);
    }
  }

  @Nested
  final class Names {
    private static byte[] named(String hex) {
      return Packet.joined(Packet.empty().count(QUESTION, 1).octets(), hex(hex), hex("0001 0001"));
    }

    @Test
    @DisplayName("RFC 9267 2: compression pointers that loop, or point at themselves, or forward")
    void loops() {
      formatError(named("c00c"));
      formatError(named("01 61 c00c"));
      formatError(named("c00e c00c"));
      formatError(named("c010"));
      formatError(named("c0ff"));
      formatError(named("ffff"));
    }

    @Test
    @DisplayName("RFC 1035 4.1.4: a pointer into the header is no prior occurrence of a name")
    void intoTheHeader() {
      ask(named("03777777 c004")).status("FORMERR", "REFUSED", "NOERROR", "NXDOMAIN");
      ask("www.conf.test A").answer(WWW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40 61", "41 61 00", "7f 61 00", "80 61 00", "81 00", "bf 00"})
    @DisplayName("RFC 6891 5, RFC 1035 4.1.4: label types 01 and 10")
    void labelTypes(String hex) {
      formatError(named(hex));
    }

    @Test
    @DisplayName("RFC 9267 4: a message cut anywhere is FORMERR")
    void cut() {
      byte[] whole = www().octets();
      for (int length = 12; length < whole.length; length++) {
        ask(Arrays.copyOf(whole, length)).status("FORMERR").echoes(Packet.ID, 0);
      }
      formatError(Arrays.copyOf(whole, 12));
      formatError(Arrays.copyOf(whole, 20));
      formatError(Arrays.copyOf(whole, whole.length - 3));
      formatError(Arrays.copyOf(whole, whole.length - 1));
    }

    @Test
    @DisplayName("RFC 1035 3.1: a question about the root, and one of single octets")
    void shortest() {
      ask(named("00")).is("REFUSED", "qr");
      ask(named("01 00 00")).is("REFUSED", "qr");
    }
  }

  @Nested
  final class Rfc8945 {
    @Test
    @DisplayName(
        "RFC 8945 5.2: a TSIG that is no TSIG, or not the last record, or of an unknown key")
    void tsig() {
      byte[] any = {0, 0};
      ask(www().record(ADDITIONAL, Packet.name("key"), 250, 255, 0, any))
          .status("FORMERR", "NOTAUTH", "NOERROR");
      byte[] unknown =
          Packet.joined(
              Packet.name("hmac-sha256"), hex("000065000000 012c 0004 00000000 1234 0000 0000"));
      ask(www().record(ADDITIONAL, Packet.name("nokey"), 250, 255, 0, unknown))
          .status("NOTAUTH", "FORMERR", "NOERROR");
      byte[] owner = Packet.name("x.test");
      ask(www()
              .record(ADDITIONAL, Packet.name("nokey"), 250, 255, 0, unknown)
              .record(ADDITIONAL, owner, 1, IN, 0, ADDRESS))
          .status("FORMERR", "NOERROR");
    }
  }

  @Nested
  final class Repetition {
    @Test
    @DisplayName("20 identical datagrams have identical answers")
    void identical() {
      var answers = new HashSet<String>();
      for (int i = 0; i < 20; i++) {
        answers.add(java.util.HexFormat.of().formatHex(ask("multi.conf.test A").reply().octets()));
      }
      assertThat(answers).hasSize(1);
    }
  }
}
