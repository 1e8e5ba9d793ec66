package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import net.homeport.interop.wire.ReplyCheck;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of this package say. */
@ExtendWith(ConformanceServer.class)
abstract class OnTheWire {
  /** The SOA record of conf.test as it stands in a negative answer: owner and TTL. */
  static final String SOA = "conf.test. 300";

  static final String WWW = "www.conf.test. 3600 IN A 192.0.2.80";

  static DnsClient client() {
    return ConformanceServer.client();
  }

  /** The answer by UDP without EDNS, from words such as {@code www.conf.test A}. */
  static ReplyCheck ask(String nameAndType) {
    return ask(Packet.query(nameAndType));
  }

  static ReplyCheck ask(Packet packet) {
    return ReplyCheck.check(client().udp(packet.octets()));
  }

  static ReplyCheck ask(byte[] octets) {
    return ReplyCheck.check(client().udp(octets));
  }

  /** The answer by TCP. */
  static ReplyCheck askTcp(String nameAndType) {
    return askTcp(Packet.query(nameAndType));
  }

  static ReplyCheck askTcp(Packet packet) {
    return ReplyCheck.check(client().tcp(packet.octets()));
  }

  /** Sends it by UDP; no answer comes, and the server goes on. */
  static void silence(byte[] octets) {
    Reply reply = client().udpOrSilence(octets);
    assertThat(reply).isNull();
    ask("www.conf.test A").is("NOERROR", "qr aa").answer(WWW);
  }

  /** FORMERR with the ID and opcode of the request, over UDP and TCP. */
  static void formatError(byte[] octets) {
    ask(octets).status("FORMERR").echoes(Packet.ID, (octets[2] >> 3) & 0xF).answer();
    ReplyCheck.check(client().tcp(octets)).status("FORMERR").answer();
    ask("www.conf.test A").is("NOERROR", "qr aa").answer(WWW);
  }

  /** The same answer by UDP, TCP and with EDNS: that of UDP. */
  static ReplyCheck askAllWays(String nameAndType) {
    ReplyCheck udp = ask(nameAndType);
    for (Reply other :
        List.of(
            client().tcp(Packet.query(nameAndType).octets()),
            client().udp(Packet.query(nameAndType).edns(1232).octets()),
            client().udp(Packet.query(nameAndType).opt(1232, Packet.DO).octets()))) {
      assertThat(other.status()).isEqualTo(udp.reply().status());
      assertThat(other.flags()).isEqualTo(udp.reply().flags());
      assertThat(other.answer()).isEqualTo(udp.reply().answer());
      assertThat(other.authority()).isEqualTo(udp.reply().authority());
      assertThat(other.additional()).isEqualTo(udp.reply().additional());
    }
    return udp;
  }

  /** What dig prints, with RD clear and without a cookie. */
  static String dig(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "dig",
                "@127.0.0.1",
                "-p",
                Integer.toString(client().server().getPort()),
                "+norec",
                "+nocookie",
                "+tries=1",
                "+time=2"));
    command.addAll(List.of(arguments));
    return Commands.run(command).succeeded().out();
  }
}
