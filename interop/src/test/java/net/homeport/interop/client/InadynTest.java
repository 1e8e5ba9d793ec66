package net.homeport.interop.client;

import static net.homeport.interop.harness.Commands.joined;
import static net.homeport.interop.harness.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.NetworkLab;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** inadyn moves a name, as the lines that were printed for it say; it speaks HTTP/1.0. */
final class InadynTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final int AUTHENTICATION_FAILURE = 50;

  @TempDir Path folder;
  private NetworkLab lab;
  private HomeportProcess server;
  private Recipe recipe;

  @BeforeEach
  void start() {
    lab = NetworkLab.create();
    lab.moveClient("11.22.33.10/24");
    server = lab.server(folder.resolve("data")).start();
    server.addZone("dyn.example.org");
    recipe = server.addHost(HOST);
  }

  @AfterEach
  void stop() {
    try {
      server.close();
    } finally {
      lab.close();
    }
  }

  private Result inadyn(String configuration, String... flags) throws IOException {
    Path file = folder.resolve("inadyn.conf");
    Files.writeString(file, configuration);
    Path cache = Files.createDirectories(folder.resolve("inadyn.cache"));
    var command =
        joined(
            lab.atClient(),
            "inadyn",
            "-f",
            file.toString(),
            "-1",
            "-n",
            "-l",
            "debug",
            "--cache-dir=" + cache,
            "--no-pidfile");
    return run(joined(command, flags));
  }

  @Test
  void theServerTellsTheAddress() throws IOException {
    Result first = inadyn(recipe.inadyn()).succeeded();
    assertThat(first.output())
        .contains(
            "GET /checkip HTTP/1.0",
            "GET /nic/update?hostname=" + HOST + "&myip=11.22.33.10 HTTP/1.0",
            "good 11.22.33.10",
            "Successful alias table update for " + HOST);
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");

    lab.moveClient("11.22.33.20/24");
    assertThat(inadyn(recipe.inadyn()).succeeded().output()).contains("good 11.22.33.20");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.20");

    assertThat(inadyn(recipe.inadyn(), "--force").succeeded().output())
        .contains("nochg 11.22.33.20", "Successful alias table update");
  }

  @Test
  void aCommandTellsTheAddress() throws IOException {
    Path address = folder.resolve("address");
    Files.writeString(address, "11.99.0.1\n");
    String configuration =
        recipe
            .inadyn()
            .replaceFirst(
                "(?m)^ *checkip-server[^\n]*\n *checkip-path[^\n]*\n *checkip-ssl[^\n]*\n",
                "    checkip-command = \"/bin/cat " + address + "\"\n");
    assertThat(configuration).contains("checkip-command").doesNotContain("checkip-server");
    inadyn(configuration).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.99.0.1");
    Files.writeString(address, "11.99.0.2\n");
    inadyn(configuration).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.99.0.2");
  }

  @Test
  void anInterfaceTellsTheAddress() throws IOException {
    inadyn(recipe.inadyn(), "-i", NetworkLab.INTERFACE).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    lab.moveClient("11.22.33.40/24");
    inadyn(recipe.inadyn(), "-i", NetworkLab.INTERFACE).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.40");
  }

  @Test
  void twoHostsOfOneLogin() throws IOException {
    server.command("host", "add", "cam.dyn.example.org", "--username", HOST).succeeded();
    String configuration =
        recipe
            .inadyn()
            .replaceFirst(
                "(?m)^( *)hostname = .*$",
                "$1hostname = { \"" + HOST + "\", \"cam.dyn.example.org\" }");
    inadyn(configuration).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    assertThat(lab.resolve(server, "cam.dyn.example.org", "A")).containsExactly("11.22.33.10");
  }

  @Test
  void aWrongPasswordEndsIt() throws IOException {
    Result result = inadyn(recipe.inadyn().replace(recipe.password(), "wrong"));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(AUTHENTICATION_FAILURE);
    assertThat(result.output()).contains("401", "badauth", "Authentication failure");
    assertThat(lab.resolve(server, HOST, "A")).isEmpty();
  }
}
