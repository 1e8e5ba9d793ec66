package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** DNS over TLS and over HTTPS, asked by kdig, dig, openssl and curl. */
@TestInstance(Lifecycle.PER_CLASS)
final class EncryptedDnsTest {
  private static final String ZONE_FILE =
      """
      $TTL 3600
      @    IN SOA ns1 hostmaster 7 3600 600 1209600 60
           IN NS  ns1
      ns1  IN A   192.0.2.53
      www  IN A   192.0.2.80
      mail IN A   192.0.2.25
      """;

  /** www.conf.test A, with the ID 0x1234. */
  private static final String QUERY = "EjQAAAABAAAAAAAAA3d3dwRjb25mBHRlc3QAAAEAAQ";

  @TempDir static Path folder;
  private HomeportProcess server;
  private String dotPort;
  private String https;

  @BeforeAll
  void start() throws IOException {
    certificate("first.example");
    Path file = folder.resolve("conf.test.zone");
    Files.writeString(file, ZONE_FILE);
    server =
        HomeportProcess.on(folder.resolve("data"))
            .with("--dot", "127.0.0.1:0", "--https", "127.0.0.1:0")
            .with("--tls-certificate", folder.resolve("cert.pem").toString())
            .with("--tls-key", folder.resolve("key.pem").toString())
            .start();
    server.command("zone", "add", "conf.test", "--file", file.toString()).succeeded();
    var status = server.json("status");
    String dot = Json.texts(status, "dot").getFirst();
    dotPort = dot.substring(dot.lastIndexOf(':') + 1);
    https = Json.texts(status, "web").getLast();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Puts another certificate where the server's lies, as renewals do: one file after the other. */
  private static void certificate(String name) {
    Path cert = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Commands.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "90",
            "-subj",
            "/CN=" + name,
            "-out",
            cert + ".new",
            "-keyout",
            key + ".new")
        .succeeded();
    Commands.run("mv", cert + ".new", cert.toString()).succeeded();
    Commands.run("mv", key + ".new", key.toString()).succeeded();
  }

  private String kdig(String... arguments) {
    var command = new ArrayList<>(List.of("kdig", "@127.0.0.1", "-p", dotPort, "+tls"));
    command.addAll(List.of(arguments));
    return Commands.run(command).succeeded().out();
  }

  private String openssl(String options) {
    return Commands.run(
            "bash",
            "-c",
            "timeout 20 openssl s_client -connect 127.0.0.1:%s %s </dev/null 2>&1"
                .formatted(dotPort, options))
        .output();
  }

  private String curl(String... arguments) {
    var command = new ArrayList<>(List.of("curl", "-sk", "--http2", "-m", "20"));
    command.addAll(List.of(arguments));
    return Commands.run(command).succeeded().out();
  }

  private String statusOf(String... arguments) {
    return curl(
        Commands.joined(List.of("-o", "/dev/null", "-w", "%{http_code}"), arguments)
            .toArray(String[]::new));
  }

  private String url(String pathAndQuery) {
    return https.substring(0, https.length() - 1) + pathAndQuery;
  }

  @Test
  void kdigAsksOverTls() {
    assertThat(kdig("www.conf.test", "A"))
        .contains("TLS1.3")
        .contains("status: NOERROR")
        .contains("192.0.2.80");
    assertThat(kdig("+keepopen", "www.conf.test", "A", "mail.conf.test", "A"))
        .contains("192.0.2.80")
        .contains("192.0.2.25");
  }

  @Test
  void digAsksOverTlsAndHttps() {
    String port = https.substring(https.lastIndexOf(':') + 1, https.length() - 1);
    for (String[] how :
        new String[][] {
          {dotPort, "+tls"}, {port, "+https"}, {port, "+https-get"},
        }) {
      assertThat(
              Commands.run(
                      "dig", "@127.0.0.1", "-p", how[0], how[1], "+tries=1", "www.conf.test", "A")
                  .succeeded()
                  .out())
          .contains("status: NOERROR")
          .contains("192.0.2.80");
    }
  }

  @Test
  void opensslFindsTheVersionsAndCiphersThatAreSafe() {
    assertThat(openssl("-tls1_3 -alpn dot")).contains("TLSv1.3").contains("ALPN protocol: dot");
    assertThat(openssl("-tls1_2")).contains("ECDHE-RSA-AES128-GCM-SHA256");
    assertThat(openssl("-tls1_1 -cipher ALL:@SECLEVEL=0")).contains("alert protocol version");
    assertThat(openssl("-tls1_2 -cipher AES128-GCM-SHA256")).contains("handshake failure");
    assertThat(openssl("-tls1_2 -cipher ECDHE-RSA-AES128-SHA256")).contains("handshake failure");
    assertThat(openssl("-alpn h2")).contains("no application protocol");
  }

  @Test
  void opensslResumesASession() {
    Path session = folder.resolve("session");
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      // The ticket of TLS 1.3 comes after the handshake: the client has to stay a moment.
      Commands.run(
          "bash",
          "-c",
          "(sleep 1) | timeout 20 openssl s_client -connect 127.0.0.1:%s %s -sess_out %s"
              .formatted(dotPort, version, session));
      assertThat(openssl(version + " -sess_in " + session)).contains("Reused, TLSv1");
    }
  }

  @Test
  void curlGetsAnswersThatCachesMayKeep() {
    String headers = curl("-D", "-", "-o", "/dev/null", url("/dns-query?dns=" + QUERY));
    assertThat(headers)
        .contains("HTTP/2 200")
        .contains("content-type: application/dns-message")
        .contains("cache-control: max-age=3600");
    assertThat(statusOf("-I", url("/dns-query?dns=" + QUERY))).isEqualTo("200");
    assertThat(statusOf("--http1.1", url("/dns-query?dns=" + QUERY))).isEqualTo("200");
    assertThat(
            statusOf(
                "http://"
                    + server.webAddress().getHostString()
                    + ":"
                    + server.webAddress().getPort()
                    + "/dns-query?dns="
                    + QUERY))
        .isEqualTo("200"); // this machine, as a proxy on it would
  }

  @Test
  void curlIsToldWhatIsWrong() {
    assertThat(statusOf(url("/dns-query"))).isEqualTo("400");
    assertThat(statusOf(url("/dns-query?dns=%25%25%25"))).isEqualTo("400");
    assertThat(statusOf(url("/nope"))).isEqualTo("404");
    assertThat(statusOf("-X", "DELETE", url("/dns-query"))).isEqualTo("405");
    assertThat(statusOf("-d", "x", url("/dns-query"))).isEqualTo("415");
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() {
    certificate("second.example");
    Await.until("DNS over TLS has it", () -> openssl("").contains("CN = second.example"));
    Await.until(
        "the web has it", () -> curl("-v", "--stderr", "-", url("/")).contains("second.example"));
    assertThat(server.command("status").succeeded().out()).contains("second.example");

    Path key = folder.resolve("key.pem");
    Commands.run(
            "bash", "-c", "head -c 300 %s > %s.cut; mv %s.cut %s".formatted(key, key, key, key))
        .succeeded();
    Await.until("it says so", () -> server.output().contains("kept as it was"));
    assertThat(kdig("www.conf.test", "A")).contains("192.0.2.80");
    certificate("third.example");
    Await.until("the next one is good", () -> openssl("").contains("CN = third.example"));
  }

  @Test
  void withoutFileDescriptorsUdpAnswersAndTlsComesBack() throws IOException {
    String pid = Long.toString(server.pid());
    String inUse = Commands.run("bash", "-c", "ls /proc/" + pid + "/fd | wc -l").out().strip();
    Commands.run("prlimit", "--pid", pid, "--nofile=" + (Integer.parseInt(inUse) + 10) + ":4096")
        .succeeded();
    var held = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 40; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(dotPort)));
      }
      Await.until("it has none left", () -> server.output().contains("Too many open files"));
      assertThat(
              Commands.run(
                      "kdig",
                      "@127.0.0.1",
                      "-p",
                      Integer.toString(server.dnsPort()),
                      "www.conf.test")
                  .succeeded()
                  .out())
          .contains("192.0.2.80");
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
    Await.untilAsserted(() -> assertThat(kdig("www.conf.test", "A")).contains("192.0.2.80"));
    Commands.run("prlimit", "--pid", pid, "--nofile=4096:4096").succeeded();
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void aCertificateThatCannotBeUsedStopsTheStartWithAReason() {
    Commands.Result refused =
        HomeportProcess.on(folder.resolve("other"))
            .with("--dot", "127.0.0.1:0", "--tls-certificate", "no.pem", "--tls-key", "no.key")
            .startInVain();
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("no.pem does not exist").doesNotContain("\tat ");
  }

  @Test
  void withoutFilesItMakesACertificateOfItsOwn() {
    try (var trying =
        HomeportProcess.on(folder.resolve("trying")).with("--dot", "127.0.0.1:0").start()) {
      String dot = Json.texts(trying.json("status"), "dot").getFirst();
      String pin =
          trying.output().lines().filter(line -> line.contains("pin ")).findFirst().orElseThrow();
      assertThat(
              Commands.run(
                      "kdig",
                      "@127.0.0.1",
                      "-p",
                      dot.substring(dot.lastIndexOf(':') + 1),
                      "+tls-pin=" + pin.strip().split("\\s+", -1)[1],
                      "nothing.example")
                  .succeeded()
                  .out())
          .contains("status: REFUSED");
    }
  }
}
