package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large an answer may be, and what is said when it is larger. */
final class SizesTest extends OnTheWire {
  @Nested
  final class Rfc8482 {
    @ParameterizedTest
    @ValueSource(
        strings = {"conf.test", "www.conf.test", "foo.wildmulti.conf.test", "big.conf.test"})
    @DisplayName("RFC 8482 4.1: ANY by UDP is one RRset that exists, or HINFO, or TC")
    void any(String name) {
      for (int size : new int[] {0, 512, 1232, 4096}) {
        Packet query = Packet.query(name + " ANY");
        Reply reply = ask(size == 0 ? query : query.edns(size)).status("NOERROR").reply();
        assertThat(reply.size()).isLessThan(500);
        assertThat(reply.records(Packet.ANSWER).stream().mapToInt(r -> r.getType()).distinct())
            .hasSizeLessThanOrEqualTo(1);
        if (reply.answer().isEmpty()) {
          assertThat(reply.flags()).isEqualTo("qr aa tc");
        }
      }
    }

    @Test
    @DisplayName("RFC 8482 4.1: ANY by TCP: at least one RRset, none in part")
    void anyByTcp() {
      Reply reply = askTcp("multi.conf.test ANY").is("NOERROR", "qr aa").reply();
      assertThat(reply.answer()).hasSize(3);
      assertThat(askTcp("conf.test ANY").is("NOERROR", "qr aa").reply().answer()).isNotEmpty();
    }
  }

  @Nested
  final class Rfc1035Section421 {
    @ParameterizedTest
    @ValueSource(strings = {"big.conf.test TXT", "mid.conf.test TXT", "huge.conf.test TXT"})
    @DisplayName("RFC 1035 4.2.1: without EDNS, more than 512 octets set TC")
    void truncated(String question) {
      ask(question).truncated(512).opt(false);
    }

    @Test
    @DisplayName(
        "RFC 2181 9: no RRset comes in part without TC; what is truncated is empty or whole records")
    void wholeRecords() {
      ask("big.conf.test TXT").truncated(512).answersAtMost(8);
    }

    @Test
    @DisplayName("RFC 1035 4.2.2: an answer of more than 32 kB by TCP, and one near 512 by UDP")
    void large() {
      assertThat(askTcp("huge.conf.test TXT").answers(400).reply().size()).isGreaterThan(32_768);
      ask("txt255.conf.test TXT").is("NOERROR", "qr aa").answers(1);
    }
  }

  @Nested
  final class Rfc6891Section623 {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 511, 512})
    @DisplayName("RFC 6891 6.2.3: a payload size below 512 is 512")
    void small(int size) {
      ask(Packet.query("www.conf.test A").edns(size)).is("NOERROR", "qr aa").answer(WWW).opt(true);
      ask(Packet.query("mid.conf.test TXT").edns(size)).truncated(512).opt(true);
      ask(Packet.query("txt255.conf.test TXT").edns(size)).is("NOERROR", "qr aa").answers(1);
    }

    @Test
    @DisplayName("RFC 6891 6.2.3: what the asker takes counts, to the octet")
    void exact() {
      int size = ask(Packet.query("mid.conf.test TXT").edns(1232)).answers(4).reply().size();
      ask(Packet.query("mid.conf.test TXT").edns(size)).is("NOERROR", "qr aa").answers(4);
      ask(Packet.query("mid.conf.test TXT").edns(size - 1)).truncated(size - 1).opt(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1232, 1233, 1400, 4096, 65535})
    @DisplayName("DNS Flag Day 2020, RFC 9715 3.1: no answer by UDP is larger than 1232 octets")
    void capped(int size) {
      ask(Packet.query("big.conf.test TXT").edns(size)).truncated(1232).opt(true);
      ask(Packet.query("huge.conf.test TXT").edns(size)).truncated(1232);
    }

    @Test
    @DisplayName("RFC 6891 6.2.3: by TCP the payload size means nothing")
    void tcp() {
      askTcp(Packet.query("big.conf.test TXT").edns(512)).is("NOERROR", "qr aa").answers(9);
    }

    @Test
    @DisplayName("RFC 6891 6.2.5: our own payload size is 1232, whatever the asker's")
    void ours() {
      for (int size : new int[] {0, 512, 4096, 65535}) {
        assertThat(ask(Packet.query("www.conf.test A").edns(size)).reply().payloadSize())
            .isEqualTo(1232);
      }
    }
  }

  @Nested
  final class Rfc7766Section5 {
    @Test
    @DisplayName("RFC 7766 5: what dig does with TC: TCP brings all")
    void retried() {
      assertThat(dig("big.conf.test", "TXT"))
          .contains("Truncated, retrying in TCP mode", "ANSWER: 9", "(TCP)");
    }
  }

  @Nested
  final class Amplification {
    @Test
    @DisplayName("CVE-2024-11187: additional records of a large RRset are bounded")
    void additional() {
      Reply reply = ask(Packet.query("many.conf.test MX").edns(1232)).answers(14).reply();
      assertThat(reply.additional()).hasSizeLessThanOrEqualTo(20);
      assertThat(askTcp("many.conf.test MX").answers(14).reply().additional())
          .hasSizeLessThanOrEqualTo(20);
    }

    @Test
    @DisplayName("DNS Flag Day 2020: no question of ours is amplified 25 times by UDP")
    void factor() {
      for (String question :
          new String[] {
            "big.conf.test TXT", "conf.test ANY", "x.manyns.conf.test A", "many.conf.test MX"
          }) {
        byte[] octets = Packet.query(question).edns(65535).octets();
        assertThat(client().udp(octets).size()).isLessThan(25 * octets.length);
      }
    }

    @Test
    @DisplayName("RFC 1034 4.2.1: an asker from elsewhere on this machine gets the same")
    void otherSource() {
      Reply reply =
          client()
              .udpFrom(
                  InetAddress.ofLiteral("127.0.0.9"), Packet.query("www.conf.test A").octets());
      assertThat(reply.answer()).containsExactly(WWW);
    }
  }
}
