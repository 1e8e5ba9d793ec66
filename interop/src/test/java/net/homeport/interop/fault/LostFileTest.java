package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.DiskShim;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store is taken away from a server that runs: it promises nothing more, and DNS goes on. */
final class LostFileTest {
  private static final String HOST = "home.dyn.example.org";

  @TempDir Path folder;

  private static String update(HomeportProcess server, Recipe recipe, String address) {
    return FaultUpdates.update(server, recipe, HOST, address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"homeport.db", "homeport.db-wal"})
  void aFileIsDeleted(String name) throws IOException {
    Path data = folder.resolve("data");
    try (var server = HomeportProcess.start(data)) {
      server.addZone("dyn.example.org");
      Recipe recipe = server.addHost(HOST);
      assertThat(update(server, recipe, "10.0.0.1")).isEqualTo("good 10.0.0.1\n200");
      Files.delete(data.resolve(name));
      for (int i = 0; i < 5; i++) {
        assertThat(update(server, recipe, "10.0.1." + i)).isEqualTo("911\n503");
        assertThat(server.dns().a(HOST)).containsExactly("10.0.0.1");
      }
      assertThat(server.output()).contains(name + " was deleted or replaced", "zone export");
      Path export = folder.resolve("zone.txt");
      server
          .command("zone", "export", "dyn.example.org", "--output", export.toString())
          .succeeded();
      assertThat(Files.readString(export)).contains("10.0.0.1");
    }
  }

  @Test
  void theDiskBecomesReadOnlyAndWritableAgain() throws IOException {
    Path readOnly = folder.resolve("read-only");
    Path data = folder.resolve("data");
    Recipe recipe;
    try (var server =
        HomeportProcess.on(data).environment(DiskShim.readOnly(folder, readOnly)).start()) {
      server.addZone("dyn.example.org");
      recipe = server.addHost(HOST);
      assertThat(update(server, recipe, "10.0.0.1")).isEqualTo("good 10.0.0.1\n200");
      // As a file system does that met an error: files that are open cannot be written either.
      Files.createFile(readOnly);
      for (int i = 0; i < 5; i++) {
        assertThat(update(server, recipe, "10.0.1." + i)).isEqualTo("911\n503");
        assertThat(server.dns().a(HOST)).containsExactly("10.0.0.1");
      }
      Files.delete(readOnly);
      assertThat(update(server, recipe, "10.0.0.2")).isEqualTo("good 10.0.0.2\n200");
      server.kill();
    }
    try (var server = HomeportProcess.start(data)) {
      assertThat(server.dns().a(HOST)).containsExactly("10.0.0.2");
    }
  }
}
