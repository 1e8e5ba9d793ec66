package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.ZoneUpload;
import net.homeport.interop.wire.Packet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS over TLS and over HTTPS, asked by kdig, dig, curl and openssl. */
final class EncryptedTest {
  private static final String ZONE =
      """
      $TTL 3600
      @ IN SOA ns1 hostmaster 1 7200 3600 1209600 300
      @ IN NS ns1
      ns1 IN A 192.0.2.1
      www IN A 192.0.2.80
      www 60 IN TXT "a minute"
      mail IN A 192.0.2.25
      """;

  @TempDir static Path folder;
  private static HomeportProcess server;
  private static int dot;
  private static int https;

  @BeforeAll
  static void start() throws IOException {
    dot = freePort();
    https = freePort();
    server =
        HomeportProcess.on(folder.resolve("data"))
            .with("--dot", "127.0.0.1:" + dot, "--https", "127.0.0.1:" + https)
            .start();
    try (var upload = new ZoneUpload(server)) {
      upload.add("conf.test", ZONE);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static int freePort() throws IOException {
    try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var udp = new DatagramSocket(null)) {
      udp.bind(tcp.getLocalSocketAddress());
      return tcp.getLocalPort();
    }
  }

  private static String kdig(String... arguments) {
    var command =
        new ArrayList<>(List.of("kdig", "@127.0.0.1", "-p", Integer.toString(dot), "+tls"));
    command.addAll(List.of(arguments));
    return Commands.run(command).output();
  }

  private static String openssl(String... arguments) {
    String line =
        "echo | timeout 5 openssl s_client -connect 127.0.0.1:%d %s 2>&1"
            .formatted(dot, String.join(" ", arguments));
    return Commands.run("bash", "-c", line).output();
  }

  private static String curl(String... arguments) {
    var command = new ArrayList<>(List.of("curl", "-sk", "-m", "5"));
    for (String argument : arguments) {
      command.add(argument.replace("$DOH", "https://127.0.0.1:%d/dns-query".formatted(https)));
    }
    return Commands.run(command).out();
  }

  private static String status(String... arguments) {
    return curl(
        Commands.joined(List.of("-o", "/dev/null", "-w", "%{http_code}"), arguments)
            .toArray(String[]::new));
  }

  private static String encoded(String question) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Packet.query(question).id(0).octets());
  }

  @Nested
  final class Rfc7858 {
    @Test
    @DisplayName("RFC 7858 3: DoT answers; RFC 9325 3.1: within TLS 1.3")
    void answers() {
      assertThat(kdig("www.conf.test", "A")).contains("status: NOERROR", "192.0.2.80", "TLS1.3");
      assertThat(kdig("nope.conf.test", "A")).contains("status: NXDOMAIN");
    }

    @Test
    @DisplayName("RFC 7858 3.4: two queries over one connection")
    void reused() {
      assertThat(kdig("+keepopen", "www.conf.test", "A", "mail.conf.test", "A"))
          .contains("192.0.2.80", "192.0.2.25");
    }

    @Test
    @DisplayName("RFC 9325 3.1.1, RFC 8996: TLS 1.2 is let in, TLS 1.1 and 1.0 are not")
    void versions() {
      assertThat(openssl("-tls1_2")).contains("Protocol  : TLSv1.2").doesNotContain("(NONE)");
      for (String old : new String[] {"-tls1_1", "-tls1"}) {
        assertThat(openssl(old, "-cipher", "'ALL:@SECLEVEL=0'"))
            .containsPattern("alert|no protocols|unsupported|handshake failure|Cipher is .NONE.");
      }
    }

    @Test
    @DisplayName("RFC 7858 3.1: DNS in the clear on the port of DoT ends, and the port goes on")
    void inTheClear() {
      Commands.run(
          "dig",
          "@127.0.0.1",
          "-p",
          Integer.toString(dot),
          "+tcp",
          "+tries=1",
          "+time=2",
          "www.conf.test");
      assertThat(kdig("www.conf.test", "A")).contains("status: NOERROR");
    }
  }

  @Nested
  final class Rfc8467 {
    @Test
    @DisplayName("RFC 8467 4.1: a padded query gets an answer padded to 468 octets")
    void padded() {
      assertThat(kdig("+padding=128", "www.conf.test", "A"))
          .containsPattern("(?i)padding")
          .contains("Received 468 B");
    }

    @Test
    @DisplayName("RFC 7830 4: no padding for a query without it")
    void notPadded() {
      assertThat(kdig("+nopadding", "+edns", "www.conf.test", "A"))
          .doesNotContainPattern("(?i)padding");
    }
  }

  @Nested
  final class Rfc8484 {
    @Test
    @DisplayName("RFC 8484 4.1: GET and POST, as dig sends them")
    void answers() {
      for (String way : new String[] {"+https-get", "+https-post"}) {
        String out =
            Commands.run(
                    "dig",
                    "@127.0.0.1",
                    "-p",
                    Integer.toString(https),
                    way,
                    "+norec",
                    "+tries=1",
                    "+time=3",
                    "www.conf.test",
                    "A")
                .out();
        assertThat(out).contains("status: NOERROR", "192.0.2.80");
      }
    }

    @Test
    @DisplayName("RFC 8484 5.1, 6: the media type, and max-age is the smallest TTL")
    void freshness() {
      assertThat(
              curl(
                  "--http2",
                  "-o",
                  "/dev/null",
                  "-D",
                  "-",
                  "$DOH?dns=" + encoded("www.conf.test A")))
          .startsWith("HTTP/2 200")
          .containsIgnoringCase("content-type: application/dns-message")
          .containsIgnoringCase("cache-control: max-age=3600");
      assertThat(curl("-o", "/dev/null", "-D", "-", "$DOH?dns=" + encoded("www.conf.test TXT")))
          .containsIgnoringCase("max-age=60");
      assertThat(curl("-o", "/dev/null", "-D", "-", "$DOH?dns=" + encoded("nope.conf.test A")))
          .contains(" 200")
          .containsIgnoringCase("max-age=300");
    }

    @Test
    @DisplayName("RFC 8484 4.1: the answer's ID is that of the query, 0")
    void id() {
      String hex =
          Commands.run(
                  "bash",
                  "-c",
                  "curl -sk -m 5 'https://127.0.0.1:%d/dns-query?dns=%s' | head -c 4 | od -An -tx1"
                      .formatted(https, encoded("www.conf.test A")))
              .out();
      assertThat(hex.strip()).isEqualTo("00 00 84 00");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "?", "?dns=", "?dns=%25%25%25", "?dns=AAAA", "?other=1", "?dns=EjQ="})
    @DisplayName("RFC 8484 4.1: no message in a GET is 400")
    void malformed(String query) {
      assertThat(status("--http2", "$DOH" + query)).isEqualTo("400");
    }

    @Test
    @DisplayName("RFC 8484 4.1: POST of another media type is 415, without octets 400")
    void post() {
      assertThat(status("-H", "Content-Type: text/plain", "--data-binary", "x", "$DOH"))
          .isEqualTo("415");
      assertThat(status("-H", "Content-Type: application/dns-message", "--data-binary", "", "$DOH"))
          .isEqualTo("400");
    }

    @Test
    @DisplayName("RFC 9110 15: an unknown path is 404, another method 405, HEAD does not hang")
    void http() {
      assertThat(status("https://127.0.0.1:%d/nope".formatted(https))).isEqualTo("404");
      assertThat(status("-X", "DELETE", "$DOH")).isIn("405", "501", "400");
      assertThat(status("--http2", "-I", "$DOH?dns=" + encoded("www.conf.test A")))
          .isIn("200", "400", "405", "501");
      assertThat(status("--http1.1", "$DOH?dns=" + encoded("www.conf.test A"))).isEqualTo("200");
    }

    @Test
    @DisplayName("RFC 8484 4.2: a body that is too large ends in an error, and the server goes on")
    void tooLarge() {
      String body = new String(new char[70_000]).replace('\0', 'x');
      assertThat(body.getBytes(StandardCharsets.US_ASCII)).hasSize(70_000);
      assertThat(
              status("-H", "Content-Type: application/dns-message", "--data-binary", body, "$DOH"))
          .isIn("400", "413");
      assertThat(status("$DOH?dns=" + encoded("www.conf.test A"))).isEqualTo("200");
    }
  }
}
