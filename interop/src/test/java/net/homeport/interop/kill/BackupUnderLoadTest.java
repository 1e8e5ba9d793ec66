package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.kill.HostLedger.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup made while devices and signed messages update: restored elsewhere, it has every update
 * that was acknowledged before it began, and each update whole.
 */
final class BackupUnderLoadTest {
  private static final int BACKUPS = 2;
  private static final int UPDATES_BETWEEN = 500;

  @TempDir Path folder;

  /** A backup, and what must and may be in it. */
  private record Made(Path file, Map<String, Integer> acknowledged, Map<String, Integer> sent) {}

  @Test
  void whatWasAcknowledgedBeforeABackupIsInIt() throws Exception {
    Fleet fleet;
    var made = new ArrayList<Made>();
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      fleet = Fleet.register(server);
      List<Thread> clients = fleet.update(server);
      for (int i = 0; i < BACKUPS; i++) {
        awaitUpdates(fleet);
        Map<String, Integer> acknowledged = fleet.acknowledgedByHost();
        Path file = folder.resolve("backup-%d.zip".formatted(i));
        server.command("backup", file.toString()).succeeded();
        made.add(new Made(file, acknowledged, fleet.sentByHost()));
      }
      awaitUpdates(fleet);
      server.kill();
      for (Thread client : clients) {
        client.join();
      }
      assertThat(fleet.refused()).as("updates answered with anything but good").isZero();
      assertThat(fleet.signedAcknowledged()).isPositive();
    }
    for (Made backup : made) {
      checkRestored(fleet, backup);
    }
  }

  /** That they go on, too. */
  private static void awaitUpdates(Fleet fleet) {
    int wanted = fleet.acknowledged() + UPDATES_BETWEEN;
    Await.until(
        "%d updates are acknowledged".formatted(wanted), () -> fleet.acknowledged() >= wanted);
  }

  private void checkRestored(Fleet fleet, Made backup) {
    Path data = folder.resolve("of-" + backup.file().getFileName());
    String launcher = HomeportProcess.launcher().toString();
    Commands.run(launcher, "restore", backup.file().toString(), "--data", data.toString())
        .succeeded();
    Commands.run(launcher, "check", "--data", data.toString()).succeeded();
    try (var restored = HomeportProcess.start(data)) {
      assertThat(fleet.checkCopy(restored.dns(), backup.acknowledged(), backup.sent()))
          .containsOnlyKeys(Verdict.KEPT);
      restored.command("check").succeeded();
    }
  }
}
