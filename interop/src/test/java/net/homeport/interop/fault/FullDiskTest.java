package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import net.homeport.interop.harness.SmallDisk;
import org.junit.jupiter.api.Test;

/** A disk that fills up while the server runs. */
final class FullDiskTest {
  private static final String HOST = "home.dyn.example.org";
  private static final int UPDATES_MAX = 200_000;

  /** The address that carries a number. */
  private static String address(int number) {
    return "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 0xFF, number & 0xFF);
  }

  private static String curl(HomeportProcess server, Recipe recipe, int number) {
    String url = server.web() + "/nic/update?hostname=" + HOST + "&myip=" + address(number);
    return Commands.run(
            "curl", "-s", "--max-time", "30", "-w", "%{http_code}", "-u", recipe.login(), url)
        .succeeded()
        .out();
  }

  /** Leaves no room at all. */
  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException _) {
      // Full, as intended.
    }
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void refusesUpdatesAnswersQueriesAndHeals() throws IOException {
    try (var disk = SmallDisk.create("4m")) {
      Path data = disk.path().resolve("data");
      Path filler = disk.path().resolve("filler");
      Recipe recipe;
      int next = 1;
      int acknowledged;
      try (var server = HomeportProcess.start(data)) {
        server.addZone("gone.example.org");
        server.command("zone", "remove", "gone.example.org").succeeded();
        server.addZone("dyn.example.org");
        server.unlimitChanges();
        recipe = server.addHost(HOST);
        assertThat(curl(server, recipe, next)).isEqualTo("good " + address(next) + "\n200");
        fill(filler);

        // Room inside the database may let some more pass; each must then be visible.
        acknowledged = next;
        String answer = "";
        while (next++ < UPDATES_MAX) {
          answer = curl(server, recipe, next);
          if (!answer.startsWith("good ")) {
            break;
          }
          acknowledged = next;
          assertThat(server.dns().a(HOST)).containsExactly(address(next));
        }
        for (int i = 0; i < 20; i++) {
          assertThat(answer).isEqualTo("911\n503");
          assertThat(server.dns().a(HOST)).containsExactly(address(acknowledged));
          answer = curl(server, recipe, ++next);
        }
        assertThat(server.output()).contains("updates refused, DNS goes on with what is stored");
        assertThat(server.output().lines().count()).as("said, but not each time").isLessThan(30);
        assertThat(server.command("zone", "add", "more.example.org").exitCode()).isEqualTo(1);
        assertThat(server.isAlive()).isTrue();

        Files.delete(filler);
        for (int i = 0; i < 20; i++) {
          acknowledged = ++next;
          assertThat(curl(server, recipe, next)).isEqualTo("good " + address(next) + "\n200");
        }
        assertThat(server.dns().a(HOST)).containsExactly(address(acknowledged));

        fill(filler);
        do {
          answer = curl(server, recipe, ++next);
          acknowledged = answer.startsWith("good ") ? next : acknowledged;
        } while (answer.startsWith("good ") && next < UPDATES_MAX);
        server.kill();
      }
      Files.delete(filler);
      try (var server = HomeportProcess.start(data)) {
        assertThat(server.dns().a(HOST)).containsExactly(address(acknowledged));
        assertThat(curl(server, recipe, ++next)).isEqualTo("good " + address(next) + "\n200");
      }
    }
  }
}
