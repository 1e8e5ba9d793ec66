package net.homeport.agent.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.fake.UdpResponder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A machine that asks a name server for a name which tells its address. */
@Timeout(60)
final class WhoamiMirrorTest {
  private static final String NAME = "whoami.dyn.example.org";

  private static InetAddress ask(AddressFamily family, InetSocketAddress... servers)
      throws IOException, InterruptedException {
    return new WhoamiMirror(NAME, family, List.of(servers)).ask();
  }

  /** An answer of the zone's server, with this address. */
  private static Message answer(byte[] query, String address) throws IOException {
    Record question = new Message(query).getQuestion();
    var answer = new Message(new Message(query).getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    InetAddress parsed = InetAddress.ofLiteral(address);
    Name name = question.getName();
    answer.addRecord(
        address.contains(":")
            ? new AAAARecord(name, DClass.IN, 0, parsed)
            : new ARecord(name, DClass.IN, 0, parsed),
        Section.ANSWER);
    return answer;
  }

  private static UdpResponder responder(String address, UdpResponder.Answering answering)
      throws IOException {
    return new UdpResponder(address, answering);
  }

  @Test
  void learnsTheAddressOfEitherFamily() throws Exception {
    try (var ipv4 =
            responder("127.0.0.1", (query, _) -> List.of(answer(query, "198.51.100.7").toWire()));
        var ipv6 = responder("::1", (query, _) -> List.of(answer(query, "2001:db8::7").toWire()))) {
      assertThat(ask(AddressFamily.IPV4, ipv6.address(), ipv4.address()))
          .isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
      assertThat(ask(AddressFamily.IPV6, ipv4.address(), ipv6.address()))
          .isEqualTo(InetAddress.ofLiteral("2001:db8::7"));
      assertThat(ipv4.received()).isEqualTo(1);
      assertThat(ipv6.received()).isEqualTo(1);
    }
  }

  @Test
  void answersToOtherQuestionsAreNotBelieved() throws Exception {
    try (var server =
        responder(
            "127.0.0.1",
            (query, _) -> {
              Message otherId = answer(query, "203.0.113.1");
              otherId.getHeader().setID(otherId.getHeader().getID() ^ 1);
              Message otherName = answer(query, "203.0.113.2");
              otherName.removeAllRecords(Section.QUESTION);
              otherName.addRecord(
                  Record.newRecord(Name.fromString("x."), 1, DClass.IN), Section.QUESTION);
              return List.of(
                  otherId.toWire(),
                  otherName.toWire(),
                  new byte[5],
                  query,
                  answer(query, "198.51.100.7").toWire());
            })) {
      assertThat(ask(AddressFamily.IPV4, server.address()))
          .isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
    }
  }

  @Test
  void theNextServerIsAskedWhenOneRefuses() throws Exception {
    try (var refusing =
            responder(
                "127.0.0.1",
                (query, _) -> {
                  Message refused = answer(query, "203.0.113.1");
                  refused.removeAllRecords(Section.ANSWER);
                  refused.getHeader().setRcode(Rcode.REFUSED);
                  return List.of(refused.toWire());
                });
        var good =
            responder("127.0.0.2", (query, _) -> List.of(answer(query, "198.51.100.7").toWire()))) {
      assertThat(ask(AddressFamily.IPV4, refusing.address(), good.address()))
          .isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
      assertThatThrownBy(() -> ask(AddressFamily.IPV4, refusing.address()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1: answered REFUSED");
    }
  }

  @Test
  void whoeverAnswersInTheServersPlaceIsNotBelieved() throws Exception {
    try (var resolver =
        responder(
            "127.0.0.1",
            (query, _) -> {
              Message cached = answer(query, "203.0.113.1");
              cached.getHeader().unsetFlag(Flags.AA);
              return List.of(cached.toWire());
            })) {
      assertThatThrownBy(() -> ask(AddressFamily.IPV4, resolver.address()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not the zone's server");
    }
  }

  @Test
  void noServerOfTheFamily() {
    assertThatThrownBy(() -> ask(AddressFamily.IPV6, new InetSocketAddress("192.0.2.1", 53)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no name server has an address of IPV6");
  }
}
