package net.homeport.interop.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An update reaches Knot, NSD and BIND, by NOTIFY and IXFR; and nobody without the key. */
@Timeout(180)
final class SecondariesTest {
  private static final String ZONE = "dyn.test";
  private static final String HOST = "cam.dyn.test";
  private static final String KEY = "xfr.test";
  private static final String UPDATE_KEY = "upd.test";

  @TempDir private Path folder;

  private final Map<Secondary.Kind, Secondary> secondaries = new EnumMap<>(Secondary.Kind.class);
  private HomeportProcess server;
  private Recipe device;
  private String secret = "";

  @BeforeEach
  void start() {
    server = HomeportProcess.start(folder.resolve("data"));
    server.addZone(ZONE);
    device = server.addHost(HOST);
    secret = String.valueOf(server.json("key", "add", KEY).get("secret"));
    for (Secondary.Kind kind : Secondary.Kind.values()) {
      Path home = folder.resolve(kind.name());
      secondaries.put(kind, Secondary.addTo(server, kind, home, KEY, secret));
    }
  }

  @AfterEach
  void stop() {
    secondaries.values().forEach(Secondary::close);
    server.close();
  }

  private void untilAllSay(String name, String type, String expected) {
    secondaries.forEach((kind, secondary) -> {
      try {
        Await.untilEqual(expected, () -> secondary.answer(name, type));
      } catch (AssertionError e) {
        throw new AssertionError(
            e.getMessage() + "\n" + secondary.log() + "\n" + server.output(), e);
      }
    });
  }

  /** By a signed message (RFC 2136). */
  private void nsupdate(String updateSecret, String... lines) {
    String text =
        "server 127.0.0.1 %d\nzone %s\n%s\nsend\n"
            .formatted(server.dnsPort(), ZONE, String.join("\n", lines));
    try {
      Path file = Files.writeString(folder.resolve("update.txt"), text);
      String key = "hmac-sha256:" + UPDATE_KEY + ":" + updateSecret;
      Commands.run("nsupdate", "-t", "10", "-y", key, file.toString()).succeeded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private String transfer(String... more) {
    var command =
        Commands.joined(
            List.of("dig", "@127.0.0.1", "-p", String.valueOf(server.dnsPort()), ZONE, "AXFR"),
            more);
    return Commands.run(command).output();
  }

  @Test
  void anUpdateAppearsOnAllByDifference() {
    String ns = "ns1." + ZONE + ".";
    untilAllSay(ZONE, "NS", ns);
    for (int round = 1; round <= 5; round++) {
      long began = System.nanoTime();
      String address = "192.0.2." + round;
      update(address);
      untilAllSay(HOST, "A", address);
      System.out.printf(
          "update %d was on all three after %d ms%n",
          round, (System.nanoTime() - began) / 1_000_000);
    }
    theLastTransfersWereDifferences();
  }

  @Test
  void aSignedUpdateAppearsOnAllByDifference() {
    untilAllSay(ZONE, "NS", "ns1." + ZONE + ".");
    String updateSecret =
        String.valueOf(
            server.json("key", "add", UPDATE_KEY, "--zone", ZONE, "--subtree", ZONE).get("secret"));
    String name = "lab." + ZONE;
    for (int round = 1; round <= 5; round++) {
      long began = System.nanoTime();
      String address = "198.51.100." + round;
      nsupdate(
          updateSecret,
          "update delete " + name + " A",
          "update add " + name + " 60 A " + address,
          "update add t" + round + "." + name + " 60 TXT \"round " + round + "\"");
      untilAllSay(name, "A", address);
      System.out.printf(
          "signed update %d was on all three after %d ms%n",
          round, (System.nanoTime() - began) / 1_000_000);
    }
    nsupdate(updateSecret, "update delete " + name + " A");
    untilAllSay(name, "A", "");
    untilAllSay("t5." + name, "TXT", "\"round 5\"");
    theLastTransfersWereDifferences();
  }

  private void theLastTransfersWereDifferences() {
    for (Map<?, ?> secondary : Json.objects(server.json("secondary", "list"), "secondaries")) {
      Map<?, ?> zone = Json.objects(secondary, "status").getFirst();
      assertThat(zone.get("transfer")).as(secondary + "").isEqualTo("IXFR");
      assertThat(zone.get("transferred")).as(secondary + "").isEqualTo(zone.get("serial"));
    }
    Await.untilAsserted(() ->
        Json.objects(server.json("secondary", "list"), "secondaries")
            .forEach(secondary -> {
              Map<?, ?> zone = Json.objects(secondary, "status").getFirst();
              assertThat(zone.get("acknowledged")).as(secondary + "").isEqualTo(zone.get("serial"));
            }));
  }

  @Test
  void nobodyHasTheZoneWithoutTheKey() {
    untilAllSay(ZONE, "NS", "ns1." + ZONE + ".");
    assertThat(transfer()).contains("Transfer failed").doesNotContain(" SOA ");
    String wrong = "d3Jvbmcgd3JvbmcgMTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";
    assertThat(transfer("-y", "hmac-sha256:%s:%s".formatted(KEY, wrong)))
        .doesNotContain("XFR size");
    assertThat(transfer("-y", "hmac-sha256:%s:%s".formatted(KEY, secret))).contains("XFR size");

    server.command("secondary", "remove", "KNOT").succeeded();
    server.command("secondary", "remove", "NSD").succeeded();
    server.command("secondary", "remove", "BIND").succeeded();
    assertThat(transfer("-y", "hmac-sha256:%s:%s".formatted(KEY, secret)))
        .contains("Transfer failed");
  }
}
