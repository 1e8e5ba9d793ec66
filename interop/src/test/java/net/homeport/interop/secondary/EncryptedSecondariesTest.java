package net.homeport.interop.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Certificates;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Zones go to BIND, NSD, dig and kdig within TLS (RFC 9103), and not in clear if so wished. */
@Timeout(180)
final class EncryptedSecondariesTest {
  private static final String ZONE = "dyn.test";
  private static final String HOST = "cam.dyn.test";
  private static final String KEY = "xfr.test";

  @TempDir private Path folder;

  private Certificates certificates;
  private HomeportProcess server;
  private Recipe device;
  private String secret = "";
  private String dot = "";

  @BeforeEach
  void start() {
    certificates = Certificates.make(folder.resolve("tls"), "ns1.homeport.test");
    server =
        HomeportProcess.on(folder.resolve("data"))
            .with("--dot", "127.0.0.1:0")
            .with("--tls-certificate", certificates.certificate().toString())
            .with("--tls-key", certificates.key().toString())
            .start();
    server.addZone(ZONE);
    device = server.addHost(HOST);
    secret = String.valueOf(server.json("key", "add", KEY).get("secret"));
    String address = Json.texts(server.json("status"), "dot").getFirst();
    dot = address.substring(address.lastIndexOf(':') + 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String add(String name, int port, String kind) {
    return server
        .command(
            "secondary",
            "add",
            name,
            "--address",
            "127.0.0.1:" + port,
            "--key",
            KEY,
            "--all-zones",
            "--tls-only",
            "--for",
            kind)
        .succeeded()
        .out();
  }

  private String asked(String program, String port, String... more) {
    return Commands.run(
            Commands.joined(
                List.of(program, "@127.0.0.1", "-p", port, ZONE, "AXFR", "-y", key()), more))
        .output();
  }

  private String key() {
    return "hmac-sha256:" + KEY + ":" + secret;
  }

  private void update(String address) {
    Commands.Result result =
        Commands.run(
            "curl",
            "-s",
            "-u",
            device.login(),
            server.web() + "/nic/update?hostname=" + HOST + "&myip=" + address);
    assertThat(result.succeeded().out()).startsWith("good");
  }

  @Test
  void digAndKdigTakeItWithinTlsOnly() {
    add("any", Secondary.freePort(), "BIND");
    update("192.0.2.7");
    String ca = certificates.authority().toString();
    assertThat(asked("dig", dot, "+tls")).contains("192.0.2.7", "XFR size", "(TLS)");
    assertThat(
            asked(
                "dig",
                dot,
                "+tls-ca=" + ca,
                "+tls-hostname=" + certificates.name(),
                "+padding=128"))
        .contains("192.0.2.7", "XFR size");
    assertThat(asked("kdig", dot, "+tls"))
        .as("padded, as kdig asks by itself")
        .contains("192.0.2.7", "Received 468 B (1 messages");
    assertThat(asked("kdig", dot, "+tls", "+padding=128")).contains("192.0.2.7");
    assertThat(asked("kdig", dot, "+tls-pin=" + certificates.pin())).contains("192.0.2.7");

    String clear = String.valueOf(server.dnsPort());
    assertThat(asked("dig", clear)).contains("Transfer failed").doesNotContain("192.0.2.7");
    assertThat(asked("kdig", clear)).contains("REFUSED").doesNotContain("192.0.2.7");
  }

  @ParameterizedTest
  @EnumSource(
      value = Secondary.Kind.class,
      names = {"BIND", "NSD"})
  void anUpdateAppearsByDifference(Secondary.Kind kind) {
    int port = Secondary.freePort();
    String printed = add("other", port, kind.name());
    String ca = certificates.authority().toString();
    String pasted =
        printed
            .substring(printed.indexOf("\n\n") + 2, printed.indexOf("\n\nPut the secret") + 1)
            .replace("SECRET_OF_THE_KEY", secret)
            .replace("/etc/ssl/certs/ca-certificates.crt", ca);
    assertThat(pasted).contains(certificates.name());
    if (kind == Secondary.Kind.NSD) {
      pasted = "server:\n  tls-cert-bundle: \"" + ca + "\"\n" + pasted;
    }
    try (var secondary = Secondary.start(kind, folder.resolve("other"), port, pasted)) {
      untilItSays(secondary, ZONE, "NS", "ns1." + ZONE + ".");
      for (int round = 1; round <= 3; round++) {
        String address = "192.0.2." + round;
        update(address);
        untilItSays(secondary, HOST, "A", address);
      }
      var zone =
          Json.objects(
                  Json.objects(server.json("secondary", "list"), "secondaries").getFirst(),
                  "status")
              .getFirst();
      assertThat(zone.get("transfer")).isEqualTo("IXFR");
    }
  }

  private void untilItSays(Secondary secondary, String name, String type, String expected) {
    try {
      Await.untilEqual(expected, () -> secondary.answer(name, type));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + secondary.log() + "\n" + server.output(), e);
    }
  }
}
