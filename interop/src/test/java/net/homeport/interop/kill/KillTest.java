package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.kill.HostLedger.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds of: start, check over DNS that each acknowledged update is answered, update from many
 * clients, SIGKILL at a random moment. In every fourth round SIGTERM comes shortly before, so that
 * the kill hits the server while it puts its house in order. Knot follows it all as a secondary.
 */
final class KillTest {
  private static final int LIFE_MIN_MILLIS = 50;
  private static final int LIFE_MAX_MILLIS = 1500;
  private static final int STOP_MAX_MILLIS = 150;
  private static final int ROUNDS_BETWEEN_STOPS = 4;
  private static final int ROUNDS_BETWEEN_LINES = 10;
  private static final int PATIENCE = 10;

  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final List<Duration> restarts = new ArrayList<>();
  private int kills;

  @TempDir Path folder;

  private static int setting(String name, int otherwise) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? otherwise : Integer.parseInt(text);
  }

  private static long seed() {
    String text = System.getProperty("kill.seed", "");
    return text.isBlank() ? new SecureRandom().nextInt() : Long.parseLong(text);
  }

  @Test
  void noAcknowledgedUpdateIsLost() throws InterruptedException {
    int rounds = setting("kill.rounds", 10);
    int updates = setting("kill.updates", 2000);
    long seed = seed();
    var random = new Random(seed);
    Path data = folder.resolve("data");
    System.out.printf("kill test: %d rounds, %d updates, seed %d%n", rounds, updates, seed);

    HomeportProcess server = HomeportProcess.start(data);
    String dns = server.dnsText();
    Follower follower = null;
    try {
      Fleet fleet = Fleet.register(server);
      follower = Follower.of(server, folder.resolve("knot"), Fleet.ZONES);
      int round = 0;
      while ((round < rounds || fleet.acknowledged() < updates) && round < rounds * PATIENCE) {
        round++;
        killWhileUpdating(fleet, server, random, round % ROUNDS_BETWEEN_STOPS == 0);
        server.close();
        // Where it was, so that its secondary finds it.
        server = HomeportProcess.on(data).dns(dns).start();
        restarts.add(server.startTime());
        fleet
            .check(server.dns())
            .forEach((verdict, count) -> verdicts.merge(verdict, count, Integer::sum));
        if (round % ROUNDS_BETWEEN_LINES == 0) {
          print(round, fleet);
        }
      }
      System.out.printf("kill test: done, seed %d%n", seed);
      print(round, fleet);
      assertThat(verdicts).as("seed %d", seed).containsOnlyKeys(Verdict.KEPT);
      assertThat(fleet.refused()).as("updates answered with anything but good").isZero();
      assertThat(fleet.acknowledged()).isGreaterThanOrEqualTo(updates);
      theCheckSeesALoss(server, fleet);
      follower.endsEqualTo(server);
    } finally {
      if (follower != null) {
        follower.close();
      }
      server.close();
    }
  }

  private void killWhileUpdating(
      Fleet fleet, HomeportProcess server, Random random, boolean stopFirst)
      throws InterruptedException {
    List<Thread> clients = fleet.update(server);
    Thread.sleep(random.nextInt(LIFE_MIN_MILLIS, LIFE_MAX_MILLIS));
    if (stopFirst) {
      server.askToStop();
      Await.pause(Duration.ofMillis(random.nextInt(STOP_MAX_MILLIS)));
    }
    kills += server.isAlive() ? 1 : 0;
    server.kill();
    for (Thread client : clients) {
      client.join();
    }
  }

  /** The control: the same check must cry when the server has one update less than expected. */
  private static void theCheckSeesALoss(HomeportProcess server, Fleet fleet) {
    System.out.println("control: each host expects an update that never was, so all must be lost");
    List<HostLedger> wrong = fleet.hosts().stream().limit(4).map(HostLedger::withOneMore).toList();
    assertThat(Fleet.check(server.dns(), wrong)).containsOnly(Map.entry(Verdict.LOST, 4));
  }

  private void print(int round, Fleet fleet) {
    List<Duration> sorted = restarts.stream().sorted().toList();
    System.out.printf(
        "rounds %d, kills %d, acknowledged %d (%d by RFC 2136), lost %d, torn %d, invented %d, restart median %.2f s, max %.2f s%n",
        round,
        kills,
        fleet.acknowledged(),
        fleet.signedAcknowledged(),
        verdicts.getOrDefault(Verdict.LOST, 0),
        verdicts.getOrDefault(Verdict.TORN, 0),
        verdicts.getOrDefault(Verdict.INVENTED, 0),
        sorted.get(sorted.size() / 2).toMillis() / 1e3,
        sorted.getLast().toMillis() / 1e3);
  }
}
