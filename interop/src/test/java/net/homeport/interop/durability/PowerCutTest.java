package net.homeport.interop.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.homeport.interop.harness.DiskShim;
import net.homeport.interop.harness.HomeportProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what a server does to its disk during its first start, updates, a stop and a second start
 * with updates; then cuts the power at random points of that, and starts a server on what is left:
 * all that was acknowledged by then must be there.
 *
 * <p>The controls are disks that lie: the same cuts must then be seen to lose updates.
 */
final class PowerCutTest {
  private static final int DEVICES = 4;
  private static final int CONTROL_CUTS = 6;

  private final long seed = Settings.seed("cut.seed");
  private final Random random = new Random(seed);
  private int disks;

  @TempDir Path folder;

  /** A run, recorded. */
  private record Recording(Path box, List<Change> changes, Household household) {
    long length() {
      return changes.getLast().end();
    }
  }

  private Recording record(int updates) throws Exception {
    Path box = Files.createDirectory(folder.resolve("box"));
    Path log = folder.resolve("disk.log");
    var household = new Household(DEVICES, () -> size(log));
    for (int life = 0; life < 2; life++) {
      try (var server =
              HomeportProcess.on(box.resolve("data"))
                  .environment(DiskShim.recording(box, log))
                  .start();
          var api = new Api(server)) {
        if (life == 0) {
          household.moveIn(api, server.dns());
        }
        household.liveAtOnce(api, server.dns(), updates);
        if (life == 0) {
          server.stop();
        } else {
          server.kill();
        }
      }
    }
    return new Recording(box, Change.read(log), household);
  }

  private static long size(Path log) {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPowerCutLosesNothingThatWasAcknowledged() throws Exception {
    int cuts = Settings.number("cut.cuts", 40);
    int updates = Settings.number("cut.updates", 150);
    Recording recording = record(updates);
    Household household = recording.household();
    System.out.printf(
        "power cuts: seed %d, %d updates acknowledged, %d changes of the disk, %d kB%n",
        seed, household.acknowledged(), recording.changes().size(), recording.length() / 1024);
    assertThat(household.acknowledged()).isEqualTo(2 * DEVICES * updates);

    List<String> lost = new ArrayList<>();
    for (int cut = 0; cut < cuts; cut++) {
      lost.addAll(broken(recording, _ -> true));
      if ((cut + 1) % 100 == 0) {
        System.out.printf("power cuts: %d, promises broken %d%n", cut + 1, lost.size());
      }
    }
    int noSync = control(recording, _ -> false);
    int noLogSync = control(recording, sync -> !sync.path().endsWith("-wal"));
    System.out.printf(
        "power cuts: %d done, promises broken %d; controls: no sync at all %d of %d seen, no sync of SQLite's log %d of %d seen%n",
        cuts, lost.size(), noSync, CONTROL_CUTS, noLogSync, CONTROL_CUTS);
    assertThat(lost).as("again with: interop/crash-test --seed %d", seed).isEmpty();
    assertThat(noSync).as("losses seen of a disk that never syncs").isPositive();
    assertThat(noLogSync).as("losses seen of a disk that does not sync the log").isPositive();
  }

  /**
   * A sync fails; the server is killed, and started again: it may find in memory what is not on
   * disk. What it acknowledges from then on must not depend on that.
   */
  @Test
  void aPowerCutAfterAFailedSyncAndARestartLosesNothingEither() throws Exception {
    Path box = Files.createDirectory(folder.resolve("failing"));
    Path log = folder.resolve("failing.log");
    Path failing = folder.resolve("syncs-fail");
    var household = new Household(DEVICES, () -> size(log));
    var environment = DiskShim.recordingAndFailing(box, log, failing);
    try (var server = HomeportProcess.on(box.resolve("data")).environment(environment).start();
        var api = new Api(server)) {
      household.moveIn(api, server.dns());
      household.liveAtOnce(api, server.dns(), 10);
      Files.createFile(failing);
      household.liveAtOnce(api, server.dns(), 2);
      server.kill();
    }
    Files.delete(failing);
    long restart = size(log);
    try (var server = HomeportProcess.on(box.resolve("data")).environment(environment).start();
        var api = new Api(server)) {
      household.liveAtOnce(api, server.dns(), 10);
      server.kill();
    }
    assertThat(household.acknowledged()).isEqualTo(2 * DEVICES * 10);
    var recording = new Recording(box, Change.read(log), household);
    var lost = new ArrayList<String>();
    int cuts = 0;
    for (long position : household.acknowledgements()) {
      if (position > restart && random.nextInt(4) == 0) {
        cuts++;
        lost.addAll(broken(recording, position, _ -> true));
      }
    }
    System.out.printf(
        "power cuts after a failed sync and a restart: %d, promises broken %d%n",
        cuts, lost.size());
    assertThat(lost).as("again with: interop/crash-test --seed %d", seed).isEmpty();
    assertThat(cuts).isPositive();
  }

  private int control(Recording recording, Predicate<Change.Sync> honest) {
    int seen = 0;
    for (int cut = 0; cut < CONTROL_CUTS; cut++) {
      seen += broken(recording, honest).isEmpty() ? 0 : 1;
    }
    return seen;
  }

  /** Half of the cuts right after an acknowledgement, where nothing may be left to chance. */
  private long position(Recording recording) {
    if (random.nextBoolean()) {
      List<Long> acknowledgements = recording.household().acknowledgements();
      return acknowledgements.get(random.nextInt(acknowledgements.size()));
    }
    return recording.changes().get(random.nextInt(recording.changes().size())).end();
  }

  private List<String> broken(Recording recording, Predicate<Change.Sync> honest) {
    return broken(recording, position(recording), honest);
  }

  private List<String> broken(Recording recording, long position, Predicate<Change.Sync> honest) {
    Path disk = folder.resolve("disk" + disks++);
    new PowerCut(recording.box(), recording.changes(), position, honest).restoreInto(disk, random);
    var broken = new ArrayList<String>();
    try (var server = HomeportProcess.start(disk.resolve("data"))) {
      broken.addAll(recording.household().broken(server, position));
      if (broken.isEmpty()) {
        broken.addAll(recording.household().goesOn(server, position));
      }
      server.kill();
    } catch (AssertionError e) {
      broken.add(String.valueOf(e.getMessage()));
    }
    if (!broken.isEmpty() && honest.test(new Change.Sync(0, "-wal"))) {
      System.out.printf("  cut at %d: %s%n", position, broken.getFirst());
    }
    delete(disk);
    return broken;
  }

  private static void delete(Path disk) {
    try (var files = Files.walk(disk)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
