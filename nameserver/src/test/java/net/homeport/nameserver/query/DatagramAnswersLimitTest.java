package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.udp.UdpListener;
import net.homeport.testkit.DnsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/** Limited answers as an asker sees them, over both lanes. */
final class DatagramAnswersLimitTest {
  private static final int PER_SECOND = 5;
  private static final int ASKED = 20;
  private static final int END_ID = 0x0E0D;

  private UdpListener listener;

  @BeforeEach
  void listen() {
    // The limit of this test does not spare this machine.
    var limit = new ResponseRateLimit(PER_SECOND, 2, List.of(), 7, false);
    var full = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);
    listener =
        UdpListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            1,
            () ->
                new DatagramAnswers(
                    () -> ConfZone.SNAPSHOT,
                    full,
                    Askers.SETTINGS,
                    new DatagramRequests(Askers.requestsOfNobody(() -> ConfZone.SNAPSHOT, full)),
                    limit));
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private List<Said> answers(DnsQuery query, int times) throws Exception {
    var answers = new ArrayList<Said>();
    try (var socket = new DatagramSocket()) {
      socket.connect(listener.localAddress());
      byte[] octets = query.octets();
      for (int i = 0; i < times; i++) {
        socket.send(new DatagramPacket(octets, octets.length));
      }
      // The end mark is another name's: the answers before it have come when it comes, or never.
      byte[] end = DnsQuery.of("exact.wild.conf.test.", Type.TXT).octets();
      end[0] = END_ID >> 8;
      end[1] = END_ID & 0x7F;
      socket.send(new DatagramPacket(end, end.length));
      socket.setSoTimeout(10_000);
      while (true) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        Said said = Said.of(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        if (said.message().getHeader().getID() == END_ID) {
          return answers;
        }
        answers.add(said);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no end after " + answers.size() + " answers", e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"www.conf.test.", "alias.conf.test.", "nope.conf.test.", "www.not-ours.test."})
  void someInFullSomeToldToComeByTcp(String name) throws Exception {
    for (DnsQuery query :
        List.of(DnsQuery.of(name, Type.A), DnsQuery.of(name, Type.AAAA).edns(1232))) {
      List<Said> answers = answers(query, ASKED);
      List<Said> truncated = answers.stream().filter(said -> said.flags().contains("tc")).toList();
      assertThat(truncated)
          .isNotEmpty()
          .allSatisfy(said -> {
            assertThat(said.flags()).isEqualTo("qr tc");
            assertThat(said.answer()).isEmpty();
            assertThat(said.authority()).isEmpty();
            assertThat(said.message().getQuestion().getName().toString()).isEqualTo(name);
            assertThat(said.opt() == null)
                .isEqualTo(query.octets().length == query.question().length + 12);
          });
      assertThat(answers.size() - truncated.size()).isLessThanOrEqualTo(PER_SECOND);
      assertThat(answers).hasSizeLessThan(ASKED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"www.conf.test.", "alias.conf.test."})
  void aCookieIsOfferedAndWhoShowsItIsNotLimited(String name) throws Exception {
    byte[] client = {0, EDNSOption.Code.COOKIE, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    DnsQuery query = DnsQuery.of(name, Type.A).opt(1232, 0, 0, 0, client);
    List<Said> answers = answers(query, ASKED);
    List<Said> refused = answers.stream().filter(said -> said.rcode().equals("BADCOOKIE")).toList();
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(said -> {
          assertThat(said.flags()).isEqualTo("qr");
          assertThat(said.answer()).isEmpty();
        });
    byte[] offered =
        Objects.requireNonNull(refused.getFirst().opt())
            .getOptions(EDNSOption.Code.COOKIE)
            .getFirst()
            .toWire();
    assertThat(offered).hasSize(4 + ServerCookies.CLIENT_OCTETS + ServerCookies.SERVER_OCTETS);
    assertThat(answers(DnsQuery.of(name, Type.A).opt(1232, 0, 0, 0, offered), ASKED))
        .hasSize(ASKED)
        .allSatisfy(said -> assertThat(said.rcode()).isEqualTo("NOERROR"));
  }
}
