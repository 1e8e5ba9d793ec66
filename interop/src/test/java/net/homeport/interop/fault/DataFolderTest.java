package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import net.homeport.interop.harness.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that cannot be used: nothing starts, nothing changes, and the message helps. */
final class DataFolderTest {
  private static final String HOST = "home.dyn.example.org";

  @TempDir Path folder;

  @Test
  void aSecondServerOnTheSameFolder() {
    Path data = folder.resolve("data");
    try (var server = HomeportProcess.start(data)) {
      server.addZone("dyn.example.org");
      Recipe recipe = server.addHost(HOST);
      Result second = HomeportProcess.on(data).startInVain();
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err())
          .startsWith("homeport: another Homeport server")
          .contains(Long.toString(server.pid()), data.toString(), "--data")
          .doesNotContain("\tat ");
      Commands.run("bash", "-c", recipe.curl()).succeeded();
      assertThat(server.dns().a(HOST)).as("the first goes on").containsExactly("198.51.100.7");
      server.json("status");
    }
  }

  @Test
  void aReadOnlyDisk() {
    try (var disk = SmallDisk.create("8m")) {
      Path data = disk.path().resolve("data");
      try (var server = HomeportProcess.start(data)) {
        server.addZone("dyn.example.org");
        server.stop();
      }
      disk.protect();
      explains(HomeportProcess.on(data).startInVain(), data);
      Path none = disk.path().resolve("none");
      explains(HomeportProcess.on(none).startInVain(), none);
    }
  }

  private static void explains(Result result, Path data) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("homeport: cannot use the data folder " + data)
        .contains("--data")
        .doesNotContain("\tat ");
  }

  @Test
  void aFileInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    explains(HomeportProcess.on(file).startInVain(), file);
    assertThat(file).hasContent("mine");
  }

  @Test
  void itsFilesAreForItsOwnerOnly() throws IOException {
    Path data = folder.resolve("data");
    try (var server = HomeportProcess.start(data)) {
      server.addZone("dyn.example.org");
      assertThat(Commands.run("stat", "-c", "%A", data.toString()).out().strip())
          .isEqualTo("drwx------");
      assertThat(Files.exists(data.resolve("homeport.db"))).isTrue();
    }
  }
}
