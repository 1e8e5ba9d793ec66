package net.homeport.nameserver.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.homeport.nameserver.socket.AddressNotLocalException;
import net.homeport.nameserver.socket.Eventually;
import net.homeport.nameserver.socket.PortInUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Framing, failures and lifecycle; the limits have a test of their own. */
@Timeout(60)
class TcpListenerTest {

  static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final TcpListener listener =
      TcpListener.open(ANY_PORT, TcpListenerTest::echo, TcpLimits.DEFAULTS);

  @AfterEach
  void close() {
    listener.close();
  }

  /** Says the same again, but falls over some words. */
  private static Reply echo(byte[] request, InetSocketAddress client) {
    String text = new String(request, US_ASCII);
    if (text.startsWith("go away")) {
      return Reply.close();
    }
    if (text.startsWith("exception")) {
      throw new IllegalStateException("cannot say that");
    }
    if (text.startsWith("error")) {
      throw new StackOverflowError("too deep");
    }
    if (text.startsWith("too much")) {
      return Reply.now(new byte[65_536]);
    }
    return Reply.now(
        text.startsWith("who am I")
            ? client.toString().getBytes(US_ASCII)
            : text.getBytes(US_ASCII));
  }

  @Test
  void answersSeveralQueriesOfOneConnection() throws Exception {
    try (TcpClient client = client()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.ask("a longer query " + i)).isEqualTo("a longer query " + i);
      }
    }
    Eventually.holds("closed", () -> listener.counts().open() == 0);
    assertThat(listener.counts()).isEqualTo(new TcpCounts(0, 1, 0, 0, 0, 50, 50, 0, 0));
  }

  @Test
  void answersQueriesWhichComeInOneWriteInTheirOrder() throws IOException {
    String[] queries = new String[300];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = "pipelined query " + i;
    }
    try (TcpClient client = client()) {
      client.send(TcpClient.frames(queries));

      for (String query : queries) {
        assertThat(client.receive()).isEqualTo(query);
      }
    }
  }

  @Test
  void putsTogetherAQueryWhichComesInPieces() throws IOException {
    byte[] frames = TcpClient.frames("first in pieces", "second in pieces");
    try (TcpClient client = client()) {
      for (int i = 0; i < frames.length; i++) {
        client.send(frames, i, i + 1);
      }

      assertThat(client.receive()).isEqualTo("first in pieces");
      assertThat(client.receive()).isEqualTo("second in pieces");
    }
  }

  @Test
  void takesAndGivesMessagesOfEveryLength() throws IOException {
    try (TcpClient client = client()) {
      for (int length : new int[] {12, 2046, 2047, 2048, 2049, 65_535, 13, 40_000, 12}) {
        String message = "m".repeat(length);
        assertThat(client.ask(message)).isEqualTo(message);
      }
    }
  }

  @Test
  void answersWhatCameBeforeTheClientEndedItsOutput() throws IOException {
    try (TcpClient client = client()) {
      client.send(TcpClient.frames("the last words"));
      client.endOutput();

      assertThat(client.receive()).isEqualTo("the last words");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesOnAMessageTooShortForDns() throws IOException {
    try (TcpClient client = client()) {
      client.send(new byte[] {0, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (TcpClient client = client()) {
      client.send(new byte[] {0, 0});
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void tellsTheHandlerWhoTheClientIs() throws IOException {
    try (TcpClient client = client()) {
      assertThat(client.ask("who am I")).startsWith("/127.0.0.1:");
    }
  }

  @Test
  void noAnswerClosesTheConnection() throws IOException {
    try (TcpClient client = client()) {
      client.send(TcpClient.frames("go away"));
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aHandlerWhichFailsEndsOnlyItsConnection() throws Exception {
    try (TcpClient bystander = client()) {
      assertThat(bystander.ask("before")).startsWith("before");
      for (String bad : List.of("exception", "error", "too much")) {
        try (TcpClient client = client()) {
          client.send(TcpClient.frames(bad));
          assertThat(client.isClosedByServer()).isTrue();
        }
      }
      assertThat(bystander.ask("after")).startsWith("after");
    }
    Eventually.holds("failures", () -> listener.counts().failures() == 3);
  }

  @Test
  void servesManyClientsAtTheSameTime() throws IOException {
    List<TcpClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(client());
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).send(TcpClient.frames("a query of client " + i));
      }
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).receive()).isEqualTo("a query of client " + i);
      }
    }
    for (TcpClient client : clients) {
      client.close();
    }
  }

  @Test
  void closingEndsConnectionsAndFreesThePort() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    TcpListener closing =
        TcpListener.open(
            ANY_PORT,
            (request, _) -> {
              if (new String(request, US_ASCII).startsWith("wait")) {
                handling.countDown();
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
              return Reply.now(request);
            },
            TcpLimits.DEFAULTS);
    try (TcpClient idle = new TcpClient(closing.localAddress());
        TcpClient waiting = new TcpClient(closing.localAddress())) {
      assertThat(idle.ask("hello")).startsWith("hello");
      waiting.send(TcpClient.frames("wait"));
      handling.await();

      Thread closer = Thread.ofPlatform().start(closing::close);

      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(waiting.isClosedByServer()).isTrue();
      never.countDown();
      closer.join();
      closing.close();
      assertThat(closing.counts().open()).isZero();
    }
    TcpListener.open(closing.localAddress(), (request, _) -> Reply.now(request), TcpLimits.DEFAULTS)
        .close();
  }

  @Test
  void aBusyPortIsReportedWithItsHolder() {
    int port = listener.localAddress().getPort();

    assertThatThrownBy(() ->
            TcpListener.open(listener.localAddress(), TcpListenerTest::echo, TcpLimits.DEFAULTS))
        .isInstanceOf(PortInUseException.class)
        .hasMessageStartingWith("TCP 127.0.0.1:" + port + " is in use by ")
        .hasMessageContaining(
            System.getProperty("os.name").equals("Linux")
                ? "process " + ProcessHandle.current().pid()
                : "program")
        .hasMessageContaining("--dns");
  }

  @Test
  void anAddressOfAnotherMachineIsReported() {
    assertThatThrownBy(() ->
            TcpListener.open(
                new InetSocketAddress(InetAddress.ofLiteral("203.0.113.250"), 0),
                TcpListenerTest::echo,
                TcpLimits.DEFAULTS))
        .isInstanceOf(AddressNotLocalException.class);
  }

  private TcpClient client() throws IOException {
    return new TcpClient(listener.localAddress());
  }
}
