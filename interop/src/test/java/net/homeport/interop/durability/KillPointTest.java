package net.homeport.interop.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.homeport.interop.harness.DiskShim;
import net.homeport.interop.harness.HomeportProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same short life of a server again and again (first start, zones, hosts, updates, stop, second
 * start, updates, stop), each time with SIGKILL at another change of its disk: just before it, or
 * in the middle of a write. The next start is killed somewhere, too, every second time. Then a
 * server must start and hold all that was acknowledged.
 */
final class KillPointTest {
  private static final int DEVICES = 2;
  private static final int RECOVERY_CHANGES = 12;

  private final long seed = Settings.seed("point.seed");
  private final Random random = new Random(seed);
  private int killed;
  private int killedAgain;
  private int acknowledged;

  @TempDir Path folder;

  @Test
  void aKillAtAnyChangeOfTheDiskLosesNothing() throws IOException {
    int updates = Settings.number("point.updates", 8);
    List<Integer> counts = counts(updates);
    int all = counts.stream().mapToInt(Integer::intValue).sum();
    List<Integer> points = points(all, Settings.number("point.points", 25));
    System.out.printf(
        "kill points: seed %d, %d changes of the disk in two lives, killing at %d of them%n",
        seed, all, points.size());
    var broken = new ArrayList<String>();
    for (int point : points) {
      int life = point <= counts.getFirst() ? 0 : 1;
      int change = life == 0 ? point : point - counts.getFirst();
      for (String line : broken(life, change, updates)) {
        broken.add("killed at change %d of life %d: %s".formatted(change, life + 1, line));
        System.out.println("  " + broken.getLast());
      }
    }
    System.out.printf(
        "kill points: %d killed, %d of them again at the next start, %d updates acknowledged, promises broken %d%n",
        killed, killedAgain, acknowledged, broken.size());
    assertThat(broken)
        .as("again with: interop/crash-test --seed %d --points %d", seed, points.size())
        .isEmpty();
    assertThat(killed).as("kills that hit").isGreaterThan(points.size() / 2);
  }

  /** All of them, or a sample. */
  private List<Integer> points(int all, int wanted) {
    List<Integer> points = new ArrayList<>(IntStream.rangeClosed(1, all).boxed().toList());
    if (wanted < all && wanted > 0) {
      Collections.shuffle(points, random);
      points = points.subList(0, wanted);
    }
    return points.stream().sorted().toList();
  }

  /** The number of changes in each life when nobody kills the server. */
  private List<Integer> counts(int updates) throws IOException {
    Path box = Files.createDirectory(folder.resolve("counted"));
    var household = new Household(DEVICES, () -> 0);
    var counts = new ArrayList<Integer>();
    for (int life = 0; life < 2; life++) {
      Path log = folder.resolve("disk.log" + life);
      live(household, box, DiskShim.recording(box, log), life, updates);
      counts.add(Change.read(log).size());
    }
    return counts;
  }

  private List<String> broken(int life, int change, int updates) throws IOException {
    Path box = Files.createDirectory(folder.resolve("box" + life + "-" + change));
    var household = new Household(DEVICES, () -> 0);
    if (life == 1) {
      live(household, box, Map.of(), 0, updates);
    }
    boolean dead =
        live(household, box, DiskShim.killing(box, change, random.nextBoolean()), life, updates);
    killed += dead ? 1 : 0;
    if (dead && random.nextBoolean()) {
      var environment =
          DiskShim.killing(box, 1 + random.nextInt(RECOVERY_CHANGES), random.nextBoolean());
      try (HomeportProcess server =
          HomeportProcess.on(box.resolve("data")).environment(environment).startUnlessKilled()) {
        killedAgain += server == null ? 1 : 0;
        kill(server);
      }
    }
    acknowledged += household.acknowledged();
    var broken = new ArrayList<String>();
    try (var server = HomeportProcess.start(box.resolve("data"))) {
      broken.addAll(household.broken(server, 0));
      if (broken.isEmpty()) {
        broken.addAll(household.goesOn(server, 0));
      }
      server.kill();
    } catch (AssertionError e) {
      broken.add(String.valueOf(e.getMessage()));
    }
    return broken;
  }

  private static void kill(@Nullable HomeportProcess server) {
    if (server != null) {
      server.kill();
    }
  }

  /** One life; returns whether the server was killed in it. */
  private static boolean live(
      Household household, Path box, Map<String, String> environment, int life, int updates) {
    try (HomeportProcess server =
        HomeportProcess.on(box.resolve("data")).environment(environment).startUnlessKilled()) {
      if (server == null) {
        return true;
      }
      try (var api = new Api(server)) {
        if (life == 0) {
          household.moveIn(api, server.dns());
        }
        household.live(api, server.dns(), updates);
      } catch (ServerGoneException _) {
        return true;
      }
      return server.stop() == HomeportProcess.KILLED;
    }
  }
}
