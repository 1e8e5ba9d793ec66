package net.homeport.interop.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Certificates;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A zone comes from BIND, and from another Homeport, within TLS (RFC 9103). */
@Timeout(240)
@TestInstance(Lifecycle.PER_CLASS)
final class EncryptedMirrorTest {
  private static final String OTHER_PIN = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private Path folder;
  private Certificates certificates;
  private HomeportProcess homeport;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    certificates = Certificates.make(folder.resolve("tls"), "ns1.primary.test");
    homeport = HomeportProcess.start(folder.resolve("data"));
    homeport.command("key", "add", PrimaryServer.KEY, "--secret", PrimaryServer.SECRET).succeeded();
  }

  @AfterAll
  void stop() {
    homeport.close();
  }

  private static String zoneFile(long serial, String... more) {
    return """
    $TTL 300
    @ SOA ns1 hostmaster %d 3600 600 86400 60
    @ NS ns1
    ns1 A 192.0.2.53
    www A 192.0.2.80
    $GENERATE 1-3000 h-$ TXT "number $"
    %s
    """
        .formatted(serial, String.join("\n", more));
  }

  private Result add(String zone, int port, String... how) {
    return homeport.command(
        Commands.joined(
                List.of(
                    "zone",
                    "add",
                    zone,
                    "--primary",
                    "127.0.0.1:" + port,
                    "--key",
                    PrimaryServer.KEY),
                how)
            .toArray(String[]::new));
  }

  private List<String> content(String zone) {
    return ZoneLinesText.sorted(homeport.command("zone", "export", zone).succeeded().out());
  }

  private String error(String zone) {
    Map<?, ?> copy =
        (Map<?, ?>) Objects.requireNonNull(homeport.json("zone", "show", zone).get("secondary"));
    return String.valueOf(copy.get("lastError"));
  }

  private void comes(EncryptedBind primary, String... how) {
    add(primary.zone(), primary.port(), how).succeeded();
    assertThat(content(primary.zone())).as(String.join(" ", how)).isEqualTo(primary.content());
    homeport.command("zone", "remove", primary.zone()).succeeded();
  }

  private void doesNotCome(EncryptedBind primary, String words, String... how) {
    String zone = primary.zone();
    Result added = add(zone, primary.port(), how);
    assertThat(added.output()).contains(words);
    assertThat(error(zone)).contains(words);
    assertThat(homeport.command("zone", "list").succeeded().out()).contains(words);
    assertThat(homeport.command("zone", "refresh", zone).exitCode()).isEqualTo(1);
    homeport.command("zone", "remove", zone).succeeded();
  }

  @Test
  void bindIsKnownByNameByAddressByPinOrNotAtAll() {
    try (var bind =
        EncryptedBind.start(
            folder.resolve("bind"), "bind.test", zoneFile(10), certificates, homeport.dnsPort())) {
      String ca = certificates.authority().toString();
      comes(bind, "--tls");
      comes(bind, "--tls-pin", certificates.pin());
      comes(bind, "--tls-ca", ca);
      comes(bind, "--tls-name", certificates.name(), "--tls-ca", ca);
      comes(bind, "--tls-name", certificates.name(), "--tls-pin", certificates.pin());

      doesNotCome(bind, "has the pin " + certificates.pin(), "--tls-pin", OTHER_PIN);
      doesNotCome(bind, "it must be for ns2.test", "--tls-name", "ns2.test", "--tls-ca", ca);
      doesNotCome(
          bind, "by an authority that the system trusts", "--tls-name", certificates.name());
      Certificates other = Certificates.make(folder.resolve("other"), "ns1.primary.test");
      doesNotCome(
          bind,
          "by the authorities given",
          "--tls-name",
          certificates.name(),
          "--tls-ca",
          other.authority().toString());
      // Nobody falls back to clear text.
      doesNotCome(bind, "it ends the connection before its answer is complete");
      assertThat(add(bind.zone(), bind.port(), "--tls-pin", "short").output())
          .contains("'short' is not a pin");
    }
  }

  @Test
  void whatChangesThereIsHereAtOnceByDifference() {
    try (var bind =
        EncryptedBind.start(
            folder.resolve("change"),
            "change.test",
            zoneFile(10),
            certificates,
            homeport.dnsPort())) {
      String ca = certificates.authority().toString();
      add(bind.zone(), bind.port(), "--tls-ca", ca, "--tls-name", certificates.name()).succeeded();
      for (int round = 1; round <= 3; round++) {
        bind.update("update add new%d.change.test. 300 A 192.0.2.%d".formatted(round, round));
        String name = "new" + round + ".change.test";
        Await.untilEqual(List.of("192.0.2." + round), () -> homeport.dns().a(name));
      }
      assertThat(content(bind.zone())).isEqualTo(bind.content());
      assertThat(bind.log()).contains("IXFR started").contains("AXFR started");
      homeport.command("zone", "remove", bind.zone()).succeeded();
    }
  }

  /** What is needed to know the primary outlives a restart. */
  @Test
  void aHomeportCopiesFromAHomeport() {
    Path data = folder.resolve("copy");
    try (var primary =
        HomeportProcess.on(folder.resolve("primary"))
            .with("--dot", "127.0.0.1:0")
            .with("--tls-certificate", certificates.certificate().toString())
            .with("--tls-key", certificates.key().toString())
            .start()) {
      primary.addZone("pair.test");
      primary
          .command("key", "add", PrimaryServer.KEY, "--secret", PrimaryServer.SECRET)
          .succeeded();
      Map<?, ?> status = primary.json("status");
      String dot = Json.texts(status, "dot").getFirst();
      String pin =
          String.valueOf(
              ((Map<?, ?>) Objects.requireNonNull(status.get("certificate"))).get("pin"));
      assertThat(pin).isEqualTo(certificates.pin());
      String[] add = {
        "zone",
        "add",
        "pair.test",
        "--primary",
        dot,
        "--key",
        PrimaryServer.KEY,
        "--tls-name",
        certificates.name(),
        "--tls-ca",
        certificates.authority().toString(),
        "--tls-pin",
        pin,
      };
      try (var copy = HomeportProcess.start(data)) {
        copy.command("key", "add", PrimaryServer.KEY, "--secret", PrimaryServer.SECRET).succeeded();
        primary
            .command(
                "secondary",
                "add",
                "copy",
                "--address",
                "127.0.0.1:" + copy.dnsPort(),
                "--key",
                PrimaryServer.KEY,
                "--all-zones",
                "--tls-only")
            .succeeded();
        copy.command(add).succeeded();
        assertThat(copy.command("zone", "show", "pair.test").succeeded().out())
            .contains("the name ns1.primary.test, authorities of its own, the pin " + pin);
      }
      try (var copy = HomeportProcess.start(data)) {
        assertThat(copy.command("zone", "retransfer", "pair.test").succeeded().out())
            .contains("serial");
        assertThat(copy.command("zone", "show", "pair.test").succeeded().out())
            .contains("authorities of its own");
        assertThat(
                Commands.run("dig", "@127.0.0.1", "-p", "" + primary.dnsPort(), "pair.test", "AXFR")
                    .output()
                    .toLowerCase(Locale.ROOT))
            .contains("transfer failed");
      }
    }
  }
}
