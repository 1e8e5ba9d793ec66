package net.homeport.interop.client;

import static net.homeport.interop.harness.Commands.joined;
import static net.homeport.interop.harness.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.NetworkLab;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homeport's own agent, as a program. */
final class AgentTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String SECOND = "cam.dyn.example.org";

  @TempDir Path folder;
  private NetworkLab lab;
  private HomeportProcess server;

  @BeforeEach
  void start() throws IOException {
    lab = NetworkLab.create();
    lab.moveClient("11.22.33.10/24", "2a0b:1122::10/64");
    server =
        lab.server(folder.resolve("data"))
            .with("--stun", NetworkLab.SERVER + ":0", "--stun", "[" + NetworkLab.SERVER_6 + "]:0")
            .start();
    server.addZone("dyn.example.org");
    Recipe recipe = server.addHost(HOST);
    server.command("host", "add", SECOND, "--username", HOST).succeeded();
    Files.writeString(folder.resolve("password"), recipe.password() + "\n");
  }

  @AfterEach
  void stop() {
    try {
      server.close();
    } finally {
      lab.close();
    }
  }

  private List<String> agent(String... more) {
    return joined(
        joined(
            lab.atClient(),
            HomeportProcess.launcher().toString(),
            "agent",
            HOST,
            "--server",
            server.web(),
            "--password-file",
            folder.resolve("password").toString(),
            "--state",
            folder.resolve("state").toString(),
            "--dns",
            server.dnsText()),
        more);
  }

  @Test
  void followsTheInterface() throws Exception {
    Path log = folder.resolve("agent.log");
    Process agent =
        new ProcessBuilder(agent(SECOND, "--interface", NetworkLab.INTERFACE))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      for (String last : List.of("10", "20", "30")) {
        lab.moveClient("11.22.33." + last + "/24", "2a0b:1122::" + last + "/64");
        for (String host : List.of(HOST, SECOND)) {
          Await.untilEqual(List.of("11.22.33." + last), () -> lab.resolve(server, host, "A"));
          Await.untilEqual(List.of("2a0b:1122::" + last), () -> lab.resolve(server, host, "AAAA"));
        }
      }
      Await.untilAsserted(() -> assertThat(text(log)).contains("DNS answers it: "));
      agent.destroy();
      assertThat(agent.waitFor(20, TimeUnit.SECONDS)).as("ends on SIGTERM").isTrue();
    } finally {
      agent.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onceWithTheAddressThatTheServerSees() {
    Result first = run(agent("--checkip", "--once")).succeeded();
    assertThat(first.out()).contains("the server took", "11.22.33.10");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    assertThat(run(agent("--checkip", "--once")).succeeded().out()).contains("already");
    lab.moveClient("11.22.33.20/24");
    run(agent("--checkip", "--once", "--json")).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.20");
  }

  @Test
  void onceWithTheAddressThatTheNameServerSees() {
    Result first = run(agent("--whoami", "whoami.dyn.example.org", "--once")).succeeded();
    assertThat(first.out()).contains("the server took", "11.22.33.10");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    assertThat(lab.resolve(server, HOST, "AAAA")).as("DNS is served by IPv4 alone").isEmpty();
    Result wrong = run(agent("--whoami", "whoami.example.net", "--once"));
    assertThat(wrong.output()).contains("REFUSED");
  }

  @Test
  void onceWithTheAddressesThatStunTells() {
    List<String> stun = Json.texts(server.json("status"), "stun");
    assertThat(stun).hasSize(2);
    run(agent("--stun", stun.getFirst(), "--stun", stun.getLast(), "--once")).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    assertThat(lab.resolve(server, HOST, "AAAA")).containsExactly("2a0b:1122::10");
    lab.moveClient("11.22.33.20/24");
    run(agent("--stun", stun.getFirst(), "--once", "--json")).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.20");
  }

  @Test
  void aWrongPasswordIsAnErrorThatSaysSo() throws IOException {
    Files.writeString(folder.resolve("password"), "wrong\n");
    Result result = run(agent("--checkip", "--once"));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.output()).contains("refused").contains("password");
    assertThat(lab.resolve(server, HOST, "A")).isEmpty();
  }
}
