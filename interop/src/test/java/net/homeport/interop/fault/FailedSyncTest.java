package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.homeport.interop.harness.DiskShim;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk whose syncs fail: nothing is acknowledged from then on, and DNS goes on. */
final class FailedSyncTest {
  private static final String HOST = "home.dyn.example.org";

  @TempDir Path folder;

  private static String update(HomeportProcess server, Recipe recipe, String address) {
    return FaultUpdates.update(server, recipe, HOST, address);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesUpdatesUntilItIsStartedAgain(boolean orderly) throws IOException {
    Path data = folder.resolve("data");
    Path failing = folder.resolve("syncs-fail");
    Recipe recipe;
    try (var server =
        HomeportProcess.on(data).environment(DiskShim.failing(folder, failing)).start()) {
      server.addZone("dyn.example.org");
      recipe = server.addHost(HOST);
      assertThat(update(server, recipe, "10.0.0.1")).isEqualTo("good 10.0.0.1\n200");
      Files.createFile(failing);
      for (int i = 0; i < 10; i++) {
        assertThat(update(server, recipe, "10.0.1." + i)).isEqualTo("911\n503");
        assertThat(server.dns().a(HOST)).containsExactly("10.0.0.1");
      }
      var zone = server.command("zone", "add", "more.example.org");
      assertThat(zone.exitCode()).isEqualTo(1);
      assertThat(server.output()).contains("the disk failed to sync", "restart Homeport");
      assertThat(server.output().lines().count()).as("said, but not each time").isLessThan(30);

      Files.delete(failing);
      for (int i = 0; i < 10; i++) {
        assertThat(update(server, recipe, "10.0.2." + i))
            .as("a sync that works again does not bring back what the last one lost")
            .isEqualTo("911\n503");
        assertThat(server.dns().a(HOST)).containsExactly("10.0.0.1");
      }
      if (orderly) {
        server.stop();
      } else {
        server.kill();
      }
    }
    try (var server = HomeportProcess.start(data)) {
      // The first of those refused was written before its sync failed: nothing was promised of it.
      assertThat(server.dns().a(HOST)).hasSize(1).isSubsetOf(List.of("10.0.0.1", "10.0.1.0"));
      assertThat(update(server, recipe, "10.0.0.2")).isEqualTo("good 10.0.0.2\n200");
      assertThat(server.dns().a(HOST)).containsExactly("10.0.0.2");
      server.addZone("more.example.org");
    }
  }
}
