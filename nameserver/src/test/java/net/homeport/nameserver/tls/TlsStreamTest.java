package net.homeport.nameserver.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import net.homeport.nameserver.certificate.CertificateFileException;
import net.homeport.nameserver.certificate.TestCertificates;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.Eventually;
import net.homeport.nameserver.socket.Transport;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.tcp.TcpListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS within TLS, with the JDK's client; other clients are asked in interop. */
@Timeout(120)
class TlsStreamTest {

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  private static final Duration LONG = Duration.ofDays(10_000);

  private final AtomicLong clock = new AtomicLong();
  private final AtomicReference<SSLContext> context = new AtomicReference<>();
  private final List<TcpListener> opened = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void takeCertificate() throws CertificateFileException {
    context.set(newContext());
  }

  @AfterEach
  void close() {
    opened.forEach(TcpListener::close);
  }

  private SSLContext newContext() throws CertificateFileException {
    return TestCertificates.write(folder, Instant.EPOCH).read().context(new SecureRandom());
  }

  private TcpListener open(TcpLimits limits) {
    TcpListener listener =
        TcpListener.open(
            new Endpoint(Transport.DOT, ANY_PORT),
            new TlsStreams(context::get),
            TlsStreamTest::handle,
            limits,
            clock::get);
    opened.add(listener);
    return listener;
  }

  private TcpListener open() {
    return open(TcpLimits.DEFAULTS);
  }

  private static Reply handle(byte[] request, InetSocketAddress client) {
    if (!new String(request, US_ASCII).startsWith("several")) {
      return Reply.now(request);
    }
    return Reply.later(sink -> {
      for (int length = 12; length < 40_000; length += 1_999) {
        sink.send("z".repeat(length).getBytes(US_ASCII));
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void answers(String protocol) throws IOException {
    SSLContext trusting = TlsClient.context(new TlsClient.Trust());
    InetSocketAddress server = open().localAddress();
    try (TlsClient client = TlsClient.connect(trusting, server, protocol, "dot")) {
      assertThat(client.socket().getApplicationProtocol()).isEqualTo("dot");
      assertThat(client.ask("a query of mine")).isEqualTo("a query of mine");
      for (int length : new int[] {12, 2046, 2047, 2048, 16_383, 16_384, 65_535, 13, 40_000, 12}) {
        String message = "m".repeat(length);
        assertThat(client.ask(message)).isEqualTo(message);
      }
    }
    try (TlsClient withoutAlpn = TlsClient.connect(trusting, server, protocol)) {
      assertThat(withoutAlpn.ask("another query")).isEqualTo("another query");
    }
  }

  @Test
  void answersPipelinedQueriesInTheirOrder() throws IOException {
    String[] queries = new String[2000];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = "pipelined query " + i;
    }
    try (TlsClient client = TlsClient.connect(open().localAddress())) {
      client.send(queries);
      for (String query : queries) {
        assertThat(client.receive()).isEqualTo(query);
      }
    }
  }

  @Test
  void answersOfSeveralMessagesComeWhole() throws IOException {
    try (TlsClient client = TlsClient.connect(open().localAddress())) {
      client.send("several, please", "several more", "several again");
      for (int i = 0; i < 3 * 21; i++) {
        assertThat(client.receive()).matches("z{12,}");
      }
      assertThat(client.ask("at the end..")).isEqualTo("at the end..");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void resumesSessions(String protocol) throws IOException {
    var trust = new TlsClient.Trust();
    SSLContext remembering = TlsClient.context(trust);
    InetSocketAddress server = open().localAddress();
    for (int i = 0; i < 3; i++) {
      try (TlsClient client = TlsClient.connect(remembering, server, protocol, "dot")) {
        assertThat(client.ask("once more...")).isEqualTo("once more...");
      }
    }
    assertThat(trust.asked).hasValue(1);
  }

  @Test
  void newConnectionsGetANewCertificateAndThoseThatExistGoOn() throws Exception {
    TcpListener listener = open();
    var trust = new TlsClient.Trust();
    SSLContext remembering = TlsClient.context(trust);
    try (TlsClient before =
        TlsClient.connect(remembering, listener.localAddress(), "TLSv1.3", "dot")) {
      assertThat(before.ask("before......")).isEqualTo("before......");
      var first = before.socket().getSession().getPeerCertificates()[0];

      context.set(newContext());

      try (TlsClient after =
          TlsClient.connect(remembering, listener.localAddress(), "TLSv1.3", "dot")) {
        assertThat(after.ask("after.......")).isEqualTo("after.......");
        assertThat(after.socket().getSession().getPeerCertificates()[0]).isNotEqualTo(first);
      }
      assertThat(before.ask("still here..")).isEqualTo("still here..");
      assertThat(trust.asked).hasValue(2);
    }
  }

  @Test
  void refusesAClientWhoWantsAnotherProtocol() throws Exception {
    TcpListener listener = open();
    SSLContext trusting = TlsClient.context(new TlsClient.Trust());
    assertThatThrownBy(
            () -> TlsClient.connect(trusting, listener.localAddress(), "TLSv1.3", "h2", "http/1.1"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("no_application_protocol");
    Eventually.holds("counted", () -> listener.counts().unsettled() == 1);
  }

  @Test
  void refusesRenegotiation() throws IOException {
    TcpListener listener = open();
    SSLContext trusting = TlsClient.context(new TlsClient.Trust());
    try (TlsClient client = TlsClient.connect(trusting, listener.localAddress(), "TLSv1.2")) {
      assertThat(client.ask("first of all")).isEqualTo("first of all");
      assertThatThrownBy(
              () -> {
                client.socket().startHandshake();
                client.ask("and then?...");
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysGoodbyeToAClientWhichHasNoMoreQueries() throws Exception {
    TcpListener listener = open();
    try (TlsClient client = TlsClient.connect(listener.localAddress())) {
      assertThat(client.ask("the only one")).isEqualTo("the only one");
      Eventually.holds(
          "timed out",
          () -> {
            clock.addAndGet(TcpLimits.DEFAULTS.idle().toNanos() / 4);
            return listener.counts().timedOut() == 1;
          });
      assertThat(client.hearsGoodbye()).isTrue();
    }
  }

  @Test
  void saysGoodbyeWhenItIsClosed() throws Exception {
    TcpListener listener = open();
    try (TlsClient client = TlsClient.connect(listener.localAddress())) {
      assertThat(client.ask("the only one")).isEqualTo("the only one");
      Eventually.holds("it waits", () -> listener.counts().answered() == 1);
      Thread closing = Thread.ofPlatform().start(listener::close);
      assertThat(client.hearsGoodbye()).isTrue();
      closing.join();
    }
  }

  @Test
  void endsHandshakesThatDoNotEnd() throws Exception {
    TcpListener listener = open();
    try (Socket silent = connect(listener);
        Socket halfOpen = connect(listener);
        TlsClient bystander = TlsClient.connect(listener.localAddress())) {
      halfOpen.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertThat(bystander.ask("first of all")).isEqualTo("first of all");
      // Its query may have been before the time passes, or its idle time too: one more of each.
      Eventually.holds(
          "timed out",
          () -> {
            clock.addAndGet(TcpLimits.DEFAULTS.firstByte().toNanos() / 8);
            return listener.counts().unsettled() == 2;
          });
      assertThat(silent.getInputStream().readAllBytes()).isNotNull();
      assertThat(halfOpen.getInputStream().readAllBytes()).isNotNull();
      assertThat(listener.counts().failures()).isZero();
    }
  }

  @Test
  void whatIsNoTlsIsCountedAndNothingMore() throws Exception {
    TcpListener listener = open();
    try (Socket browser = connect(listener)) {
      browser.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      browser.getInputStream().readAllBytes(); // an alert, and the end
    } catch (IOException e) {
      // or a reset
    }
    connect(listener).close();
    try (Socket cutOff = connect(listener)) {
      cutOff.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
    }
    Eventually.holds("counted", () -> listener.counts().unsettled() == 3);
    try (TlsClient client = TlsClient.connect(listener.localAddress())) {
      assertThat(client.ask("still there?")).isEqualTo("still there?");
    }
    assertThat(listener.counts().failures()).isZero();
  }

  @Test
  void halfOpenHandshakesMakeRoomForAGoodClient() throws Exception {
    TcpListener listener = open(new TcpLimits(4, 100, LONG, LONG, LONG, LONG));
    var halfOpen = new ArrayList<Socket>();
    for (int i = 0; i < 4; i++) {
      halfOpen.add(connect(listener));
    }
    Eventually.holds("all are in", () -> listener.counts().open() == 4);
    try (TlsClient client = TlsClient.connect(listener.localAddress())) {
      assertThat(client.ask("let me in...")).isEqualTo("let me in...");
    }
    assertThat(listener.counts().displaced()).isEqualTo(1);
    for (Socket socket : halfOpen) {
      socket.close();
    }
  }

  @Test
  void cutsOffAClientWhichNeverReads() throws Exception {
    Duration hour = Duration.ofHours(1);
    TcpListener listener = open(new TcpLimits(100, 100, LONG, LONG, LONG, hour));
    String longQuery = "q".repeat(60_000);
    try (TlsClient deaf = TlsClient.connect(listener.localAddress());
        TlsClient bystander = TlsClient.connect(listener.localAddress())) {
      Thread asking =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (true) {
                    deaf.send(longQuery);
                  }
                } catch (IOException e) {
                  // closed at last
                }
              });
      Eventually.holds(
          "timed out",
          () -> {
            clock.addAndGet(hour.dividedBy(6).toNanos());
            return listener.counts().timedOut() == 1;
          });
      asking.join();
      assertThat(bystander.ask("well........")).isEqualTo("well........");
    }
  }

  private static Socket connect(TcpListener listener) throws IOException {
    InetSocketAddress server = listener.localAddress();
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }
}
