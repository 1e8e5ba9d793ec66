package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router's one report and all hosts behind it, by the real program. */
final class SiteTest {
  private static final String ZONE = "dyn.example.org";
  private static final String ROUTER = "gw." + ZONE;
  private static final int HOSTS = 300;

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  private String get(HomeportProcess server, String path, String authorization) throws Exception {
    return send(HttpRequest.newBuilder(uri(server, path)), authorization);
  }

  private static URI uri(HomeportProcess server, String path) {
    return URI.create(server.web() + path);
  }

  private String send(HttpRequest.Builder request, String authorization) throws Exception {
    return http.send(
            request.header("Authorization", authorization).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String administer(HomeportProcess server, String path, String json) throws Exception {
    String token = Files.readString(server.data().resolve("administrator.token")).strip();
    return send(
        HttpRequest.newBuilder(uri(server, "/api/v1/" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)),
        "Bearer " + token);
  }

  private static long serial(HomeportProcess server) {
    return Long.parseLong(String.valueOf(server.json("zone", "show", ZONE).get("serial")));
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertIpv6(HomeportProcess server, int host, String address) {
    List<String> answered =
        server.dns().aaaa("h%d.%s".formatted(host, ZONE)).stream()
            .map(text -> InetAddress.ofLiteral(text).getHostAddress())
            .toList();
    assertThat(answered).containsExactly(InetAddress.ofLiteral(address).getHostAddress());
  }

  @Test
  void threeHundredHostsFollowOneReportAndSurviveTheProgram() throws Exception {
    Path data = folder.resolve("data");
    String login;
    try (var server = HomeportProcess.start(data)) {
      server.addZone(ZONE);
      login = server.addHost(ROUTER).login();
      server.command("site", "add", "home").succeeded();
      server.command("site", "source", "home", "wan4", "--reporter", ROUTER).succeeded();
      server.command("site", "source", "home", "lan", "--reporter", ROUTER).succeeded();
      for (int i = 1; i <= HOSTS; i++) {
        String host = "h%d.%s".formatted(i, ZONE);
        administer(server, "hosts", "{\"name\":\"%s\"}".formatted(host));
        String plan = i % 2 == 0 ? "lan+::%x".formatted(i) : "lan/%d+::%x".formatted(i % 256, i);
        String joined =
            administer(
                server,
                "sites/home/hosts",
                "{\"host\":\"%s\",\"ipv4\":\"wan4\",\"ipv6\":\"%s\"}".formatted(host, plan));
        assertThat(joined).contains(plan);
      }
      long before = serial(server);
      assertThat(
              get(
                  server,
                  "/nic/update?hostname="
                      + ROUTER
                      + "&myip=198.51.100.7&ip6lanprefix=2001:db8:1:200::/56",
                  basic(login)))
          .startsWith("good");
      assertThat(serial(server)).as("one commit").isEqualTo(before + 1);
      for (int i = 1; i <= HOSTS; i++) {
        assertThat(server.dns().a("h%d.%s".formatted(i, ZONE))).containsExactly("198.51.100.7");
        assertIpv6(server, i, "2001:db8:1:2%02x::%x".formatted(i % 2 == 0 ? 0 : i % 256, i));
      }
      // The values are stored soon after: then a host that joins after the worst is derived at
      // once.
      Await.untilAsserted(() ->
          assertThat(server.command("site", "show", "home").succeeded().out())
              .contains("2001:db8:1:200::/56", "lan/3+::3"));
      server.stop();
    }
    try (var server = HomeportProcess.start(data)) {
      server.addHost("late." + ZONE);
      assertThat(
              server
                  .command("site", "host", "home", "late." + ZONE, "--ipv6", "lan/3+::99")
                  .succeeded()
                  .out())
          .contains("2001:db8:1:203::99");
      var wrong = server.command("site", "host", "home", "late." + ZONE, "--ipv6", "lan/256+::1");
      assertThat(wrong.exitCode()).isOne();
      assertThat(wrong.err()).contains("subnet number 256 does not fit", "0 to 255");
      assertThat(Json.objects(server.json("site", "show", "home"), "hosts")).hasSize(HOSTS + 2);
    }
  }

  @Test
  void anUplinkThatFallsSilentIsReplaced() throws Exception {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      server.addZone(ZONE);
      String login = basic(server.addHost(ROUTER).login());
      server.command("site", "add", "branch").succeeded();
      server.command("site", "source", "branch", "wan4", "--reporter", ROUTER).succeeded();
      server.command("site", "uplink", "branch", "dsl", "--interval", "3s").succeeded();
      server.command("site", "uplink", "branch", "lte", "--interval", "1h").succeeded();
      server.command("site", "policy", "branch", "--hold-down", "0s").succeeded();
      String update = "/nic/update?hostname=" + ROUTER + "&myip=";
      assertThat(get(server, update + "203.0.113.1&uplink=lte", login)).startsWith("good");
      assertThat(get(server, update + "198.51.100.1&uplink=dsl", login)).startsWith("good");
      Await.untilAsserted(() -> assertThat(server.dns().a(ROUTER)).containsExactly("203.0.113.1"));
      assertThat(server.command("site", "show", "branch").succeeded().out())
          .contains("priority", "dsl", "down");
    }
  }
}
