package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import net.homeport.interop.wire.ReplyCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** DNS over TCP. */
final class StreamsTest extends OnTheWire {
  private static byte[] www(int id) {
    return Packet.query("www.conf.test A").id(id).octets();
  }

  @Nested
  final class Rfc7766 {
    @Test
    @DisplayName("RFC 7766 6.2.1: many queries over one connection")
    void reused() {
      try (DnsClient.Stream stream = client().connect()) {
        for (int id = 1; id <= 20; id++) {
          stream.send(www(id));
          ReplyCheck.check(stream.receive()).is("NOERROR", "qr aa").echoes(id, 0).answer(WWW);
        }
      }
    }

    @Test
    @DisplayName("RFC 7766 6.2.1.1: pipelined queries are all answered, in one segment or many")
    void pipelined() {
      try (DnsClient.Stream stream = client().connect()) {
        byte[] all = {};
        for (int id = 1; id <= 100; id++) {
          byte[] query =
              id % 10 == 0 ? Packet.query("huge.conf.test TXT").id(id).octets() : www(id);
          all = Packet.joined(all, DnsClient.Stream.framed(query));
        }
        stream.write(all);
        var answered = new HashSet<Integer>();
        for (int i = 0; i < 100; i++) {
          Reply reply = stream.receive();
          ReplyCheck.check(reply).is("NOERROR", "qr aa").answers(reply.id() % 10 == 0 ? 400 : 1);
          answered.add(reply.id());
        }
        assertThat(answered).hasSize(100);
      }
    }

    @Test
    @DisplayName("RFC 7766 8: a query of which each octet comes by itself")
    void octetByOctet() {
      try (DnsClient.Stream stream = client().connect()) {
        for (byte octet : DnsClient.Stream.framed(www(7))) {
          stream.write(new byte[] {octet});
        }
        ReplyCheck.check(stream.receive()).is("NOERROR", "qr aa").echoes(7, 0).answer(WWW);
      }
    }

    @Test
    @DisplayName("RFC 7766 6.2.4: a client that half-closes after its queries gets its answers")
    void halfClosed() {
      try (DnsClient.Stream stream = client().connect()) {
        stream.send(www(1));
        stream.send(www(2));
        stream.halfClose();
        ReplyCheck.check(stream.receive()).is("NOERROR", "qr aa").answer(WWW);
        ReplyCheck.check(stream.receive()).is("NOERROR", "qr aa").answer(WWW);
        assertThat(stream.receiveOrEnd()).isNull();
      }
    }

    @Test
    @DisplayName("RFC 7766 8: a length of 0 or below a header: an answer or an end, no hang")
    void shortLengths() {
      for (int length : new int[] {0, 1, 11}) {
        try (DnsClient.Stream stream = client().connect()) {
          stream.write(DnsClient.Stream.framed(new byte[length]));
          stream.send(www(1));
          byte[] answer = stream.receiveOrEnd();
          if (answer != null) {
            ReplyCheck.check(Reply.of(answer)).answer(WWW);
          }
        }
      }
    }

    @Test
    @DisplayName(
        "RFC 7766 6.2.1: a malformed message is FORMERR, and the connection goes on or ends")
    void malformed() {
      try (DnsClient.Stream stream = client().connect()) {
        stream.send(Packet.empty().id(9).octets());
        ReplyCheck.check(stream.receive()).status("FORMERR").echoes(9, 0);
        stream.send(www(1));
        byte[] answer = stream.receiveOrEnd();
        if (answer != null) {
          ReplyCheck.check(Reply.of(answer)).answer(WWW);
        }
      }
    }

    @Test
    @DisplayName("RFC 7766 6.2.3: an HTTP request on the port ends, and others are answered")
    void http() {
      try (DnsClient.Stream stream = client().connect()) {
        stream.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        stream.halfClose();
        assertThat(stream.receiveOrEnd()).isNull();
      }
      askAllWays("www.conf.test A").answer(WWW);
    }

    @Test
    @DisplayName("RFC 7766 6.2.2: a hundred idle connections do not keep a new one out")
    void idleConnections() {
      List<DnsClient.Stream> idle = new ArrayList<>();
      try {
        for (int i = 0; i < 100; i++) {
          idle.add(client().connect());
        }
        askTcp("www.conf.test A").is("NOERROR", "qr aa").answer(WWW);
        ask("www.conf.test A").is("NOERROR", "qr aa").answer(WWW);
      } finally {
        idle.forEach(DnsClient.Stream::close);
      }
    }

    @Test
    @DisplayName("RFC 7766 6.2.3: part of a message, and silence from the start, end within 35 s")
    void partial() {
      try (DnsClient.Stream part = client().connect();
          DnsClient.Stream silent = client().connect()) {
        part.patience(Duration.ofSeconds(35));
        silent.patience(Duration.ofSeconds(35));
        part.write(java.util.Arrays.copyOf(DnsClient.Stream.framed(www(1)), 20));
        assertThat(part.receiveOrEnd()).isNull();
        assertThat(silent.receiveOrEnd()).isNull();
      }
    }

    @Test
    @DisplayName("RFC 7766 6.2.3: a connection survives a pause between queries")
    void pause() throws InterruptedException {
      try (DnsClient.Stream stream = client().connect()) {
        stream.send(www(1));
        ReplyCheck.check(stream.receive()).answer(WWW);
        Thread.sleep(2_500);
        stream.send(www(2));
        ReplyCheck.check(stream.receive()).answer(WWW);
      }
    }
  }

  @Nested
  final class Rfc1035Section422 {
    @Test
    @DisplayName("RFC 1035 4.2.2: a message of 65535 octets is read whole")
    void largest() {
      byte[] query = www(5);
      byte[] padded = java.util.Arrays.copyOf(query, 65_535);
      try (DnsClient.Stream stream = client().connect()) {
        stream.send(padded);
        ReplyCheck.check(stream.receive()).status("FORMERR", "NOERROR").echoes(5, 0);
      }
    }
  }
}
