package net.homeport.web.doh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** RFC 8484, with the JDK's client. */
@Timeout(120)
class DohHandlerTest {

  private static final String DNS_MESSAGE = "application/dns-message";
  private static final Name NAME = Name.fromConstantString("www.example.org.");

  @TempDir static Path folder;

  private final AtomicReference<InetAddress> asker = new AtomicReference<>();
  private @Nullable DohFixture fixture;
  private @Nullable HttpClient http;

  @BeforeEach
  void start() throws Exception {
    SSLContext certificate = DohFixture.certificate(folder, "c" + System.nanoTime());
    fixture = DohFixture.start(this::answer, certificate, "127.0.0.1");
    http = DohFixture.client(HttpClient.Version.HTTP_2);
  }

  @AfterEach
  void stop() {
    if (http != null) {
      http.close();
    }
    if (fixture != null) {
      fixture.close();
    }
  }

  private DohFixture fixture() {
    return Objects.requireNonNull(fixture);
  }

  /** An address for every query. */
  private byte @Nullable [] answer(byte[] message, InetAddress client) {
    asker.set(client);
    try {
      var query = new Message(message);
      if (query.getHeader().getFlag(Flags.QR)) {
        return null;
      }
      var answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.addRecord(query.getQuestion(), Section.QUESTION);
      answer.addRecord(
          new ARecord(NAME, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.80")), Section.ANSWER);
      return answer.toWire();
    } catch (java.io.IOException e) {
      return new byte[12];
    }
  }

  private static byte[] query() {
    Message query = Message.newQuery(Record.newRecord(NAME, Type.A, DClass.IN));
    query.getHeader().setID(0);
    return query.toWire();
  }

  private static String base64() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(query());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return Objects.requireNonNull(http).send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder get(String pathAndQuery) {
    return HttpRequest.newBuilder(fixture().https().resolve(pathAndQuery));
  }

  private HttpRequest.Builder post(BodyPublisher body) {
    return get("/dns-query").header("Content-Type", DNS_MESSAGE).POST(body);
  }

  private static void assertAnswers(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains(DNS_MESSAGE);
    assertThat(response.headers().firstValue("cache-control")).contains("max-age=60");
    assertThat(new Message(response.body()).getSection(Section.ANSWER).getFirst().rdataToString())
        .isEqualTo("192.0.2.80");
  }

  @ParameterizedTest
  @EnumSource
  void answersOverBothVersions(HttpClient.Version version) throws Exception {
    try (HttpClient client = DohFixture.client(version)) {
      HttpResponse<byte[]> response =
          client.send(get("/dns-query?dns=" + base64()).build(), BodyHandlers.ofByteArray());
      assertThat(response.version()).isEqualTo(version);
      assertAnswers(response);
    }
  }

  @Test
  void answersPost() throws Exception {
    assertAnswers(send(post(BodyPublishers.ofByteArray(query()))));
    assertAnswers(
        send(
            get("/dns-query")
                .header("Content-Type", "Application/DNS-Message; x=y")
                .POST(BodyPublishers.ofByteArray(query()))));
  }

  @Test
  void ignoresOtherParameters() throws Exception {
    assertAnswers(send(get("/dns-query?a=b&dns=" + base64() + "&c")));
  }

  @Test
  void headIsGetWithoutTheAnswer() throws Exception {
    HttpResponse<byte[]> response =
        send(get("/dns-query?dns=" + base64()).method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains(DNS_MESSAGE);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dns-query",
        "/dns-query?dns",
        "/dns-query?dns=",
        "/dns-query?DNS=AAAA",
        "/dns-query?dns=%25%25%25",
        "/dns-query?dns=AAABAAABAAAAAAAAA3d3d==",
        "/dns-query?dns=AAABAAABAAAA",
        "/dns-query?dns=AACAAAABAAAAAAAAA3d3dwdleGFtcGxlA29yZwAAAQAB",
      })
  void refusesWhatIsNoQuery(String pathAndQuery) throws Exception {
    HttpResponse<byte[]> response = send(get(pathAndQuery));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void refusesOtherMediaTypes() throws Exception {
    var body = BodyPublishers.ofByteArray(query());
    assertThat(send(get("/dns-query").POST(body)).statusCode()).isEqualTo(415);
    assertThat(
            send(get("/dns-query").header("Content-Type", "application/dns-json").POST(body))
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void refusesOtherMethods() throws Exception {
    for (String method : new String[] {"DELETE", "PUT", "OPTIONS"}) {
      HttpResponse<byte[]> response =
          send(get("/dns-query?dns=" + base64()).method(method, BodyPublishers.noBody()));
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("allow")).contains("GET, HEAD, POST");
    }
  }

  @Test
  void refusesMoreThanAMessage() throws Exception {
    assertThat(send(post(BodyPublishers.ofByteArray(new byte[65_536]))).statusCode())
        .isEqualTo(413);
    assertThat(
            send(post(
                    BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[65_536]))))
                .statusCode())
        .isEqualTo(413);
    HttpRequest tooLong =
        get("/dns-query?dns=" + "A".repeat(60_000)).version(HttpClient.Version.HTTP_1_1).build();
    try (HttpClient client = DohFixture.client(HttpClient.Version.HTTP_1_1)) {
      assertThat(client.send(tooLong, BodyHandlers.discarding()).statusCode()).isEqualTo(414);
    }
    assertThat(send(post(BodyPublishers.noBody())).statusCode()).isEqualTo(400);
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertThat(send(get("/nope")).statusCode()).isEqualTo(404);
  }

  @Test
  void thisMachineAndProxiesMayAskInClear() throws Exception {
    URI clear = fixture().http().resolve("/dns-query?dns=" + base64());
    assertAnswers(send(HttpRequest.newBuilder(clear).header("X-Forwarded-For", "192.0.2.7")));
    assertThat(asker.get()).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
  }

  @Test
  void newConnectionsGetANewCertificate() throws Exception {
    fixture().reload(DohFixture.certificate(folder, "next"));
    try (HttpClient client = DohFixture.client(HttpClient.Version.HTTP_2)) {
      var response =
          client.send(get("/dns-query?dns=" + base64()).build(), BodyHandlers.ofByteArray());
      assertThat(response.sslSession().orElseThrow().getPeerPrincipal().getName())
          .isEqualTo("CN=next");
    }
    assertAnswers(send(get("/dns-query?dns=" + base64())));
  }
}
