package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import net.homeport.web.api.ApiModel.HostAdded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies, blocks, freed names and explanations by the command line, and what devices hear. */
final class PolicyCommandsTest {
  private static final String ZONE = "dyn.example.org";
  private static final String HOST = "branch1.dyn.example.org";

  @TempDir private Path folder = Path.of("");

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder.resolve("data"), arguments);
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(folder.resolve("data")));
  }

  private String added(String... more) {
    String[] words =
        Stream.concat(Stream.of("host", "add", "--json"), Arrays.stream(more))
            .toArray(String[]::new);
    CommandRun added = run(words);
    assertThat(added.err).isEmpty();
    return String.valueOf(ServerOptions.read(added.out, HostAdded.class).password());
  }

  /** What a device hears: status and words. */
  private static String update(RunningServer server, String host, String password, String address)
      throws Exception {
    String login =
        Base64.getEncoder()
            .encodeToString((host + ":" + password).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.webUrls().getFirst())
                    .resolve("/nic/update?hostname=" + host + "&myip=" + address))
            .header("Authorization", "Basic " + login)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().strip();
    }
  }

  @Test
  void aPolicyDecidesAndSaysSoBeforeAndAfter() throws Exception {
    try (var server = server()) {
      run("zone", "add", ZONE);
      String password = added(HOST);
      assertThat(run("policy", "show").out).contains("Nothing is set");
      assertThat(run("policy", "set", "--zone", ZONE, "source-networks", "198.51.100.0/24").out)
          .contains("source-networks is 198.51.100.0/24 (zone dyn.example.org)");
      assertThat(update(server, HOST, password, "192.0.2.1")).isEqualTo("403 !yours");
      CommandRun before =
          run("explain", "request", "--host", HOST, "--ip", "192.0.2.1", "--source", "127.0.0.1");
      assertThat(before.exit).isEqualTo(ExitCode.FAILED);
      assertThat(before.out)
          .contains("rejected: the request came from 127.0.0.1: source-networks is")
          .contains("decided by  source network", "pass      lock", "reject    source network")
          .contains("for the zone dyn.example.org, set by administrator at 2");
      assertThat(run("explain", "last", HOST).out)
          .contains("rejected: the request came from 127.0.0.1", "through dyndns2");
      assertThat(
              run(
                      "explain",
                      "request",
                      "--host",
                      HOST,
                      "--ip",
                      "192.0.2.1",
                      "--source",
                      "198.51.100.3")
                  .out)
          .contains(
              "updated: it would be made.", "changes   branch1.dyn.example.org A -> 192.0.2.1");
      run("policy", "set", "--host", HOST, "source-networks", "any");
      run("policy", "set", "change-budget", "5/3600s");
      run("policy", "set", "--zone", ZONE, "change-budget", "1/3600s");
      assertThat(run("policy", "show", "--host", HOST).out)
          .containsPattern("source-networks +any +host branch1")
          .containsPattern("families +- +-");
      assertThat(update(server, HOST, password, "192.0.2.1")).isEqualTo("200 good 192.0.2.1");
      assertThat(update(server, HOST, password, "192.0.2.2")).startsWith("503 911");
      run("policy", "unset", "change-budget");
      assertThat(run("policy", "unset", "change-budget").err).contains("not set by default");
      assertThat(run("policy", "set", "families", "ipv5").err).contains("'ipv5' is not one of");
      assertThat(run("policy", "set", "colour", "red").err).contains("there are locked,");
      assertThat(run("policy", "set", "--host", HOST, "quarantine-days", "3").err)
          .contains("set for zones or by default");
      assertThat(run("policy", "set", "--host", "none.dyn.example.org", "locked", "yes").err)
          .contains("no host");
    }
    try (var _ = server()) {
      assertThat(run("policy", "show").out)
          .containsPattern("change-budget +1/3600s +zone dyn.example.org +administrator")
          .containsPattern("source-networks +any +host branch1");
    }
  }

  /** Threats 2, 4: by the means of an owner, nobody comes back. */
  @Test
  void blocksAndFreedNamesOutlastWhatOwnersCanDo() throws Exception {
    String old;
    try (var server = server()) {
      run("zone", "add", ZONE);
      old = added(HOST);
      assertThat(update(server, HOST, old, "192.0.2.1")).isEqualTo("200 good 192.0.2.1");
      assertThat(run("host", "block", HOST).err).contains("--reason");
      assertThat(run("host", "block", HOST, "--reason", "phishing").exit).isZero();
      assertThat(run("host", "show", HOST).out).contains("none yet");
      assertThat(update(server, HOST, old, "192.0.2.1")).isEqualTo("403 abuse");
      assertThat(run("host", "standings").out).contains(HOST, "blocked", "phishing");
      assertThat(run("host", "remove", HOST).exit).isZero();
      assertThat(update(server, HOST, old, "192.0.2.1")).isEqualTo("401 badauth");
      CommandRun again = run("host", "add", HOST);
      assertThat(again.exit).isEqualTo(ExitCode.FAILED);
      assertThat(again.err).contains("it was a host until", "--reclaim");
    }
    try (var server = server()) {
      assertThat(run("host", "add", HOST, "--force").err).contains("--reclaim");
      assertThat(run("host", "quarantine").out).contains(HOST);
      String password = added(HOST, "--reclaim");
      assertThat(run("host", "quarantine").out).contains("No name is kept back");
      assertThat(update(server, HOST, old, "192.0.2.1")).isEqualTo("401 badauth");
      assertThat(update(server, HOST, password, "192.0.2.1")).isEqualTo("403 abuse");
      assertThat(run("explain", "last", HOST).out).contains("phishing");
      assertThat(run("host", "unblock", HOST).exit).isZero();
      assertThat(run("host", "unblock", HOST).err).contains("not blocked");
      assertThat(update(server, HOST, password, "192.0.2.1"))
          .as("published when the block was lifted")
          .isEqualTo("200 nochg 192.0.2.1");
    }
  }

  @Test
  void aPersonApprovesNewHostsAndNamesThatLookWrongAreRefused() throws Exception {
    String password;
    try (var server = server()) {
      run("zone", "add", ZONE);
      run("policy", "set", "--zone", ZONE, "approval", "yes");
      password = added(HOST);
      assertThat(update(server, HOST, password, "192.0.2.1")).isEqualTo("200 good 192.0.2.1");
      assertThat(run("host", "show", HOST).out).contains("none yet");
      assertThat(run("host", "standings").out)
          .contains(HOST, "waits for approval", "asked for A 192.0.2.1");
      assertThat(run("explain", "last", HOST).out).contains("withheld: the host waits");
      assertThat(run("host", "approve", HOST).out).contains("A 192.0.2.1) is published now");
      assertThat(run("host", "show", HOST).out)
          .as("what was withheld is published: the device will not say it again for weeks")
          .contains("192.0.2.1");
      assertThat(update(server, HOST, password, "192.0.2.1")).isEqualTo("200 nochg 192.0.2.1");
      assertThat(run("host", "block", HOST, "--reason", "abuse").exit).isZero();
      assertThat(update(server, HOST, password, "192.0.2.7")).startsWith("403 ");
    }
    try (var server = server()) {
      assertThat(run("host", "unblock", HOST).out)
          .as("after a restart")
          .contains("A 192.0.2.7) is published now");
      assertThat(update(server, HOST, password, "192.0.2.7")).isEqualTo("200 nochg 192.0.2.7");
      assertThat(run("host", "add", "www." + ZONE).err).contains("is reserved", "--force");
      assertThat(run("host", "add", "paypa1-login." + ZONE).err)
          .contains("can be taken for 'paypal'");
      assertThat(run("host", "add", "www." + ZONE, "--force").exit).isZero();
      Path list = Files.writeString(folder.resolve("list.txt"), "vpn\n");
      assertThat(run("policy", "names", "reserved", "--file", list.toString()).exit).isZero();
      assertThat(run("policy", "names", "reserved").out).isEqualTo("vpn\n");
      assertThat(run("host", "add", "vpn." + ZONE).err).contains("is reserved");
      Files.writeString(list, "vpn\nnot a label\n");
      assertThat(run("policy", "names", "reserved", "--file", list.toString()).err)
          .contains("line 2");
      assertThat(run("policy", "names", "reserved", "--reset").exit).isZero();
      assertThat(run("policy", "names", "reserved").out).contains("*.wpad");
      assertThat(run("alarms").out).contains("No alarms");
      assertThat(run("alarms", "--dismiss", "7").err).contains("no alarm '7'");
    }
  }

  @Test
  void anAlarmNamesTheAccounts() throws Exception {
    try (var server = server()) {
      run("zone", "add", ZONE);
      assertThat(run("account", "add", "north").exit).isZero();
      assertThat(run("account", "add", "south").exit).isZero();
      String first = added("a1." + ZONE, "--account", "north");
      String second = added("b1." + ZONE, "--account", "south");
      update(server, "a1." + ZONE, first, "192.0.2.7");
      update(server, "b1." + ZONE, second, "192.0.2.7");
      assertThat(run("alarms").out)
          .containsPattern("192.0.2.7 +a1.dyn.example.org +north +b1.dyn.example.org +south ");
    }
  }

  @Test
  void recordsThatDangleAreShown() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("zone.txt"),
            """
            $TTL 300
            @ SOA ns1 host 1 7200 900 1209600 60
            @ NS ns1
            ns1 A 192.0.2.53
            shop CNAME branch1
            @ MX 10 mx.elsewhere.invalid.
            """);
    try (var server = server()) {
      run("zone", "add", ZONE, "--file", file.toString());
      String password = added(HOST);
      assertThat(update(server, HOST, password, "192.0.2.1")).startsWith("200");
      CommandRun fine = run("zone", "dangling");
      assertThat(fine.exit).isZero();
      assertThat(fine.out).contains("mx.elsewhere.invalid", "not checked").doesNotContain("shop");
      run("host", "remove", HOST);
      CommandRun dangling = run("zone", "dangling", ZONE);
      assertThat(dangling.exit).isEqualTo(ExitCode.FAILED);
      assertThat(dangling.out)
          .containsPattern("shop.dyn.example.org +CNAME +branch1.dyn.example.org +quarantined");
      assertThat(run("zone", "dangling", "none.example").err).contains("no zone");
    }
  }

  /** No-IP's groups: what each of their hosts would hear, and the one that decides. */
  @Test
  void aGroupIsExplainedHostByHost() throws Exception {
    try (var _ = server()) {
      run("zone", "add", ZONE);
      added(HOST);
      added("cam." + ZONE);
      run("credential", "add", "office", "--host", HOST, "--host", "cam." + ZONE);
      run("policy", "set", "--host", "cam." + ZONE, "families", "ipv6");
      CommandRun refused = run("explain", "request", "--host", "office", "--ip", "192.0.2.1");
      assertThat(refused.exit).isEqualTo(ExitCode.FAILED);
      assertThat(refused.out)
          .contains("rejected: the group has 2 hosts; it would publish A records: families is")
          .contains("decided by  cam.dyn.example.org by family")
          .contains("pass      " + HOST)
          .contains("reject    cam.dyn.example.org by family")
          .contains("changes   branch1.dyn.example.org A -> 192.0.2.1");
      run("policy", "unset", "--host", "cam." + ZONE, "families");
      CommandRun passes = run("explain", "request", "--host", "office", "--ip", "192.0.2.1");
      assertThat(passes.exit).isEqualTo(ExitCode.DONE);
      assertThat(passes.out).contains("updated: the group has 2 hosts; it would be made");
      assertThat(run("explain", "request", "--host", "nothing", "--ip", "192.0.2.1").out)
          .contains("if it is a group, say whose request");
    }
  }

  @Test
  void aBrandWithinAWordIsShownAndByPolicyRefused() throws Exception {
    try (var _ = server()) {
      run("zone", "add", ZONE);
      added("paypallogin." + ZONE);
      assertThat(run("host", "show", "paypallogin." + ZONE).out)
          .contains("'paypallogin' has 'paypal' of the list of brands within it");
      assertThat(run("policy", "set", "--zone", ZONE, "brands-within", "refuse").exit).isZero();
      assertThat(run("host", "add", "mypaypa1." + ZONE).err)
          .contains("'paypal' of the list of brands within it", "brands-within is refuse");
    }
  }
}
