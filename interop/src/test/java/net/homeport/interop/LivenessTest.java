package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device falls silent and comes back, by the real program. */
final class LivenessTest {
  private static final String ZONE = "dyn.example.org";
  private static final String CAM = "cam." + ZONE;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration BEATING = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private String login = "";

  private HomeportProcess start() {
    return HomeportProcess.start(folder.resolve("data"));
  }

  private HomeportProcess started() {
    HomeportProcess server = start();
    server.addZone(ZONE);
    server.unlimitChanges();
    login = server.addHost(CAM).login();
    return server;
  }

  private String report(HomeportProcess server, String address) throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    String query = "/nic/update?hostname=%s&myip=%s".formatted(CAM, address);
    return http.send(
            HttpRequest.newBuilder(URI.create(server.web() + query))
                .header("Authorization", basic)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .strip();
  }

  private static void assertAnswer(HomeportProcess server, String... addresses) {
    Await.untilAsserted(() -> assertThat(server.dns().a(CAM)).containsExactly(addresses));
  }

  private static void say(HomeportProcess server, String... flags) {
    String[] words = new String[3 + flags.length];
    words[0] = "host";
    words[1] = "liveness";
    words[2] = CAM;
    System.arraycopy(flags, 0, words, 3, flags.length);
    server.command(words).succeeded();
  }

  private static String state(HomeportProcess server) {
    return String.valueOf(server.json("host", "liveness", CAM).get("state"));
  }

  private static Instant lastSeen(HomeportProcess server) {
    return Instant.parse(String.valueOf(server.json("host", "liveness", CAM).get("lastSeen")));
  }

  private static long serial(HomeportProcess server) {
    return Long.parseLong(String.valueOf(server.json("zone", "show", ZONE).get("serial")));
  }

  @Test
  void aSilentDeviceIsParkedThenWithdrawnAndItsSameReportBringsItBack() throws Exception {
    try (var server = started()) {
      say(
          server,
          "--interval",
          "1s",
          "--late-after",
          "1",
          "--silent-after",
          "3",
          "--dead-after",
          "6");
      say(server, "--on-late", "ttl=5", "--on-silent", "park=192.0.2.99", "--on-dead", "withdraw");
      assertThat(report(server, "198.51.100.7")).isEqualTo("good 198.51.100.7");
      assertAnswer(server, "192.0.2.99");
      assertThat(state(server)).isIn("silent", "dead");
      assertThat(server.command("history", CAM).succeeded().out())
          .contains("liveness", "late: ttl=5", "silent: park=192.0.2.99");
      assertAnswer(server);
      assertThat(state(server)).isEqualTo("dead");
      // From now on silence is longer than the test.
      say(server, "--interval", "1h");
      assertThat(report(server, "198.51.100.7")).isEqualTo("good 198.51.100.7");
      assertThat(server.dns().a(CAM)).containsExactly("198.51.100.7");
      assertThat(state(server)).isEqualTo("fresh");
      long before = serial(server);
      assertThat(report(server, "198.51.100.7")).isEqualTo("nochg 198.51.100.7");
      assertThat(serial(server)).as("a beat changes nothing").isEqualTo(before);
      assertThat(server.output()).contains("is LATE", "is SILENT", "is DEAD");
    }
  }

  @Test
  void theLastBeatSurvivesTheProgramToWithinAMinute() throws Exception {
    Instant first;
    Instant last = Instant.EPOCH;
    try (var server = started()) {
      assertThat(report(server, "198.51.100.7")).startsWith("good");
      first = Instant.now();
      // Until the change itself, which is kept anyway, is no sign of life of the last minute.
      while (last.isBefore(first.plus(BEATING))) {
        Await.pause(Duration.ofSeconds(1));
        assertThat(report(server, "198.51.100.7")).startsWith("nochg");
        last = Instant.now();
      }
      server.kill();
    }
    try (var server = start()) {
      assertThat(lastSeen(server)).isAfter(first).isBetween(last.minus(MINUTE), last);
      assertThat(server.dns().a(CAM)).containsExactly("198.51.100.7");
    }
  }

  @Test
  void aCgnatReportIsPublishedAcknowledgedOrRefusedAsTheZoneSays() throws Exception {
    try (var server = started()) {
      assertThat(report(server, "100.64.1.1")).isEqualTo("good 100.64.1.1");
      assertAnswer(server, "100.64.1.1");
      assertThat(server.command("host", "show", CAM).succeeded().out())
          .contains("100.64.1.1 is published, but probably not reachable: carrier-grade NAT");
      server.command("truth", "set", ZONE, "--cgnat", "acknowledge").succeeded();
      assertThat(report(server, "100.64.1.2")).startsWith("good");
      assertAnswer(server, "100.64.1.1");
      server.command("truth", "set", ZONE, "--cgnat", "refuse").succeeded();
      assertThat(report(server, "100.64.1.3")).isEqualTo("badip");
      assertAnswer(server, "100.64.1.1");
      assertThat(List.of(server.command("truth", "show", ZONE).succeeded().out().split("\n")))
          .anyMatch(line -> line.matches("cgnat +refuse"));
    }
  }

  @Test
  void declaredPortsAreProbedAtTheAddressThatDnsHas() throws Exception {
    try (var server = started();
        var device = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // Nobody listens there any more.
      int closed;
      try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        closed = gone.getLocalPort();
      }
      String open = String.valueOf(device.getLocalPort());
      server.command("host", "ports", CAM, open, String.valueOf(closed)).succeeded();
      assertThat(report(server, "127.0.0.1")).isEqualTo("good 127.0.0.1");
      // By itself it connects to public addresses only.
      Await.untilAsserted(() ->
          assertThat(server.command("host", "ports", CAM).succeeded().out())
              .contains("not-tried", "not tried: loopback"));
      device.setSoTimeout(20_000);
      Await.untilAsserted(() ->
          assertThat(server.command("host", "probe", CAM, "--private").out())
              .containsPattern(open + " +127.0.0.1 +open")
              .containsPattern(closed + " +127.0.0.1 +closed +refused"));
      try (Socket probe = device.accept()) {
        assertThat(probe.getInputStream().read()).as("nothing is sent").isEqualTo(-1);
      }
      assertThat(server.command("host", "show", CAM).succeeded().out())
          .contains("port %d at 127.0.0.1: refused".formatted(closed));
    }
  }
}
