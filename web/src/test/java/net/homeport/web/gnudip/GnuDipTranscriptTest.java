package net.homeport.web.gnudip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What GnuDIP's clients send over TCP and in HTTP, and what they must be told. */
final class GnuDipTranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CGI = GnuDipDialect.PATH;

  private WebFixture web;
  private DoorClient client;
  private String password;
  private String secret;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    password = web.host(HOST);
    secret = web.sign(HOST);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static String md5(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static String digest(String secret, String salt) throws Exception {
    return md5(md5(secret) + "." + salt);
  }

  /** One conversation; what came after the salt, empty if the connection just ended. */
  private static String tcp(WebFixture server, String key, UnaryOperator<String> line)
      throws Exception {
    try (var socket = new Socket(server.gnuDip().getAddress(), server.gnuDip().getPort())) {
      socket.setSoTimeout(30_000);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String salt = in.readLine();
      assertThat(salt).matches("[a-z0-9]{10}");
      String sent = line.apply(digest(key, salt));
      socket.getOutputStream().write((sent + "\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String answer = in.readLine();
      assertThat(in.readLine()).as("one line").isNull();
      return answer == null ? "" : answer;
    }
  }

  private String tcp(UnaryOperator<String> line) throws Exception {
    return tcp(web, secret, line);
  }

  @Test
  void overTcpTheAddressIsSet() throws Exception {
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:0:198.51.100.7"))
        .isEqualTo("0");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:0:2001:db8::7"))
        .as("an address with colons")
        .isEqualTo("0");
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void overTcpTheSourceIsToldAndSet() throws Exception {
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:2")).isEqualTo("0:127.0.0.1");
    assertThat(web.addresses(HOST)).containsExactly("127.0.0.1");
  }

  @Test
  void overTcpOfflineTakesTheAddressAway() throws Exception {
    tcp(digest -> "branch1:" + digest + ":dyn.example.org:0:198.51.100.7");
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:1")).isEqualTo("2");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void theWholeNameIsTakenAsUserName() throws Exception {
    assertThat(tcp(digest -> HOST + ":" + digest + ":" + HOST + ":0:198.51.100.7")).isEqualTo("0");
    assertThat(tcp(digest -> HOST + ":" + digest + ":dyn.example.org:0:198.51.100.8"))
        .isEqualTo("0");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.8");
  }

  @Test
  void whatIsWrongIsOne() throws Exception {
    web.host("other.dyn.example.org");
    assertThat(tcp(web, password, digest -> "branch1:" + digest + ":dyn.example.org:0:192.0.2.1"))
        .as("the password is not the secret that signs")
        .isEqualTo("1");
    assertThat(tcp(digest -> "other:" + digest + ":dyn.example.org:0:192.0.2.1")).isEqualTo("1");
    assertThat(tcp(digest -> HOST + ":" + digest + ":other.dyn.example.org:0:192.0.2.1"))
        .isEqualTo("1");
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:0:999.1.1.1")).isEqualTo("1");
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:0")).isEqualTo("1");
    assertThat(tcp(digest -> "branch1:" + digest + ":dyn.example.org:7:192.0.2.1")).isEqualTo("1");
    assertThat(tcp(_ -> "rubbish")).isEqualTo("1");
    assertThat(tcp(_ -> "x".repeat(600))).as("too long").isEmpty();
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void ourFaultEndsTheConversationWithoutANumber() throws Exception {
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new IllegalStateException());
            })) {
      broken.host(HOST);
      String key = broken.sign(HOST);
      assertThat(tcp(broken, key, digest -> "branch1:" + digest + ":dyn.example.org:0:192.0.2.1"))
          .isEmpty();
    }
  }

  private static String meta(String page, String name) {
    Matcher matcher =
        Pattern.compile("<meta name=\"" + name + "\" content=\"([^\"]*)\">").matcher(page);
    assertThat(matcher.find()).as(name + " in " + page).isTrue();
    return matcher.group(1);
  }

  private String salted(String page, String what) throws Exception {
    String salt = meta(page, "salt");
    return CGI
        + "?salt=%s&time=%s&sign=%s&user=branch1&pass=%s&domn=dyn.example.org&reqc=%s"
            .formatted(salt, meta(page, "time"), meta(page, "sign"), digest(secret, salt), what);
  }

  @Test
  void inHttpASaltIsFetchedAndBroughtBack() throws Exception {
    String page = client.get(CGI);
    assertThat(page).startsWith("HTTP/1.1 200 ").contains("Content-Type: text/html");
    String answer = client.get(salted(page, "0&addr=198.51.100.7"));
    assertThat(meta(answer, "retc")).isEqualTo("0");
    assertThat(answer).doesNotContain("name=\"addr\"");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    answer = client.get(salted(client.get(CGI), "2"));
    assertThat(meta(answer, "retc")).isEqualTo("0");
    assertThat(meta(answer, "addr")).isEqualTo("127.0.0.1");
    assertThat(meta(client.get(salted(client.get(CGI), "1")), "retc")).isEqualTo("2");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /**
   * Threat: the digest says nothing of the address, so who heard it must not use it for another.
   */
  @Test
  void aSaltIsTakenOnceAndWhileItIsYoungAndOurs() throws Exception {
    String request = salted(client.get(CGI), "0&addr=198.51.100.7");
    assertThat(meta(client.get(request), "retc")).isEqualTo("0");
    String replayed = request.replace("198.51.100.7", "198.51.100.66");
    assertThat(meta(client.get(replayed), "retc")).isEqualTo("1");
    String old = salted(client.get(CGI), "0&addr=198.51.100.66");
    web.pass(GnuDipSalts.LIFE.plus(Duration.ofSeconds(1)));
    assertThat(meta(client.get(old), "retc")).isEqualTo("1");
    String forged = salted(client.get(CGI), "0&addr=198.51.100.66").replaceAll("time=", "time=1");
    assertThat(meta(client.get(forged), "retc")).isEqualTo("1");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }
}
