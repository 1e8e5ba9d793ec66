package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was, and the way back, by the commands; a backup of a server that serves, and elsewhere. */
final class HistoryTest {
  private static final String ZONE = "dyn.example.org";
  private static final String HOST = "branch1.dyn.example.org";

  @TempDir Path folder;

  private static String update(HomeportProcess server, String login, String address) {
    return Commands.run(
            "curl",
            "-s",
            "-u",
            login,
            server.web() + "/nic/update?hostname=" + HOST + "&myip=" + address)
        .succeeded()
        .out();
  }

  @Test
  void whoChangedWhatAndBackAgain() {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      server.addZone(ZONE);
      Recipe recipe = server.addHost(HOST);
      assertThat(update(server, recipe.login(), "198.51.100.7")).startsWith("good");
      String serial = String.valueOf(server.json("zone", "show", ZONE).get("serial"));
      assertThat(update(server, recipe.login(), "198.51.100.8")).startsWith("good");
      assertThat(update(server, HOST + ":wrong", "198.51.100.9")).startsWith("badauth");

      assertThat(server.command("history", HOST).succeeded().out())
          .contains("A: 198.51.100.7 -> 198.51.100.8", "through dyndns2 from 127.0.0.1")
          .contains("zone added " + ZONE);
      assertThat(Json.objects(server.json("history", HOST), "changes")).hasSize(3);
      Await.untilAsserted(() ->
          assertThat(server.command("history", "--rejected").succeeded().out())
              .contains(HOST, "A 198.51.100.9", "wrong secret")
              .doesNotContain("wrong,", recipe.login()));
      assertThat(server.command("history", HOST, "--at", "now").succeeded().out())
          .contains("198.51.100.8");
      assertThat(server.command("history", "no." + ZONE, "--at", "now").succeeded().out())
          .contains("NXDOMAIN");
      assertThat(server.command("history", HOST, "--at", "yesterday 14:03").exitCode()).isOne();

      assertThat(server.command("diff", ZONE, "--from", serial).succeeded().out())
          .contains(
              "-" + HOST + ". 60 IN A 198.51.100.7\n", "+" + HOST + ". 60 IN A 198.51.100.8\n");
      assertThat(server.json("rollback", ZONE, "--to", serial, "--dry-run").get("dryRun"))
          .isEqualTo(true);
      assertThat(server.dns().a(HOST)).containsExactly("198.51.100.8");
      server.command("rollback", ZONE, "--to", serial).succeeded();
      assertThat(server.dns().a(HOST)).containsExactly("198.51.100.7");
      assertThat(server.command("history", HOST, "--limit", "1").succeeded().out())
          .contains("by administrator through api", "rolled back to serial " + serial);
    }
  }

  @Test
  void aBackupOfAServerThatServesIsTheSameElsewhere() throws Exception {
    Path file = folder.resolve("backup.zip");
    String text;
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      server.addZone(ZONE);
      Recipe recipe = server.addHost(HOST);
      assertThat(update(server, recipe.login(), "198.51.100.7")).startsWith("good");
      text = server.command("zone", "export", ZONE).succeeded().out();
      Map<?, ?> backup = server.json("backup", file.toString());
      assertThat(backup.get("hosts")).hasToString("1");
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }
    Path data = folder.resolve("elsewhere");
    String launcher = HomeportProcess.launcher().toString();
    Commands.run(launcher, "backup", "--verify", file.toString()).succeeded();
    String[] restore = {
      launcher, "restore", file.toString(), "--data", data.toString(), "--raise-serials", "0"
    };
    assertThat(Commands.run(restore).succeeded().out()).contains(ZONE, "1 hosts");
    assertThat(Commands.run(restore).err()).contains("--force");
    try (var server = HomeportProcess.start(data)) {
      assertThat(server.command("zone", "export", ZONE).succeeded().out()).isEqualTo(text);
      assertThat(server.dns().a(HOST)).containsExactly("198.51.100.7");
    }
  }
}
