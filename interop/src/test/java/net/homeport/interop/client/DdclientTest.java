package net.homeport.interop.client;

import static net.homeport.interop.harness.Commands.joined;
import static net.homeport.interop.harness.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.NetworkLab;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ddclient moves a name, as the lines that were printed for it say. */
final class DdclientTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final Pattern LAST_UPDATE = Pattern.compile("([am]time)=(\\d+)");

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

  private Result ddclient(String configuration) throws IOException {
    Path file = folder.resolve("ddclient.conf");
    Files.writeString(file, configuration);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return run(
        joined(
            lab.atClient(),
            "ddclient",
            "-daemon=0",
            "-foreground",
            "-verbose",
            "-file",
            file.toString(),
            "-cache",
            cache().toString()));
  }

  private Path cache() {
    return folder.resolve("ddclient.cache");
  }

  /**
   * ddclient pauses for half a minute between updates; lets it believe that two minutes went by.
   */
  private void letTimePass() throws IOException {
    String cached = Files.readString(cache());
    String older =
        LAST_UPDATE
            .matcher(cached)
            .replaceAll(time -> time.group(1) + "=" + (Long.parseLong(time.group(2)) - 120));
    assertThat(older).isNotEqualTo(cached);
    Files.writeString(cache(), older);
  }

  @Test
  void theWebTellsTheAddress() throws IOException {
    assertThat(recipe.ddclient()).contains("use=web");
    Result first = ddclient(recipe.ddclient()).succeeded();
    assertThat(first.output())
        .contains("SUCCESS:  updating " + HOST + ": good: IP address set to 11.22.33.10");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");

    assertThat(ddclient(recipe.ddclient()).succeeded().output())
        .as("no change, no request")
        .doesNotContain("/nic/update");

    lab.moveClient("11.22.33.20/24");
    letTimePass();
    assertThat(ddclient(recipe.ddclient()).succeeded().output())
        .contains("SUCCESS:", "11.22.33.20");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.20");

    Files.delete(cache());
    assertThat(ddclient(recipe.ddclient()).succeeded().output()).contains("nochg");
  }

  @Test
  void anInterfaceTellsTheAddress() throws IOException {
    String configuration =
        recipe.ddclient().replaceFirst("use=web, web=\\S+", "use=if, if=" + NetworkLab.INTERFACE);
    ddclient(configuration).succeeded();
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    lab.moveClient("11.22.33.30/24");
    letTimePass();
    assertThat(ddclient(configuration).succeeded().output())
        .contains("good: IP address set to 11.22.33.30");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.30");
  }

  @Test
  void twoHostsOfOneLogin() throws IOException {
    server.command("host", "add", "cam.dyn.example.org", "--username", HOST).succeeded();
    String configuration = recipe.ddclient().strip() + ",cam.dyn.example.org\n";
    assertThat(ddclient(configuration).succeeded().output())
        .contains("SUCCESS:  updating " + HOST, "SUCCESS:  updating cam.dyn.example.org");
    assertThat(lab.resolve(server, HOST, "A")).containsExactly("11.22.33.10");
    assertThat(lab.resolve(server, "cam.dyn.example.org", "A")).containsExactly("11.22.33.10");
  }

  @Test
  void aCommandTellsTheIpv6Address() throws IOException {
    String configuration =
        recipe.ddclient().replaceFirst("use=web, web=\\S+", "use=cmd, cmd='echo 2a0b:1122::77'");
    Result result = ddclient(configuration);
    assertThat(result.output()).contains("good 2a0b:1122::77");
    assertThat(lab.resolve(server, HOST, "AAAA")).containsExactly("2a0b:1122::77");
    assertThat(lab.resolve(server, HOST, "A")).isEmpty();
  }

  @Test
  void aWrongPasswordIsToldAndNotTriedAgainAtOnce() throws IOException {
    String configuration = recipe.ddclient().replace(recipe.password(), "wrong");
    Result result = ddclient(configuration);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("FAILED:", "authorization failed", "badauth");
    assertThat(lab.resolve(server, HOST, "A")).isEmpty();
  }
}
