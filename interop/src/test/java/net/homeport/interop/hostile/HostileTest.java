package net.homeport.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random and mutated packets, rude TCP clients, and too few file descriptors. */
final class HostileTest {
  private static final int SENDERS = 2;

  /** Memory still grows while the compiler and the heap settle; the second half must not. */
  private static final double GROWTH_MAX = 1.05;

  @TempDir Path folder;

  private static long setting(String name, long otherwise) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? otherwise : Long.parseLong(text);
  }

  @Test
  void packets() throws IOException, InterruptedException {
    long packets = setting("hostile.packets", 200_000);
    long seed = setting("hostile.seed", new SecureRandom().nextInt());
    System.out.printf("hostile: %d packets, seed %d%n", packets, seed);
    try (var victim = new Victim(folder.resolve("data"))) {
      flood(victim, packets / 2, seed);
      long warm = victim.residentKilobytes();
      flood(victim, packets / 2, seed + SENDERS);
      long end = victim.residentKilobytes();
      System.out.printf(
          "hostile: resident %d kB after half of them, %d kB at the end (%+.1f %%)%n",
          warm, end, 100.0 * (end - warm) / warm);
      victim.assertUnmoved();
      assertThat((double) end).as("resident kB at the end").isLessThan(warm * GROWTH_MAX);
    }
  }

  private static void flood(Victim victim, long packets, long seed) throws InterruptedException {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var done = new CountDownLatch(SENDERS);
    for (int sender = 0; sender < SENDERS; sender++) {
      var random = new Random(seed + sender);
      Thread.ofPlatform()
          .start(() -> {
            try (var flood = new PacketFlood(victim.address(), random)) {
              flood.send(packets / SENDERS);
              System.out.println("hostile: good queries beside them: " + flood.times());
            } catch (Throwable e) {
              failures.add(e);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    assertThat(failures).isEmpty();
  }

  @Test
  void rudeClients() throws IOException {
    try (var victim = new Victim(folder.resolve("data"));
        var prober = new Prober(victim.address(), "127.0.0.200")) {
      String before = askOften(prober, false) + " by UDP; " + askOften(prober, true) + " by TCP";
      try (var clients = new RudeClients(victim.address())) {
        clients.openAll();
        String during = askOften(prober, false) + " by UDP; " + askOften(prober, true) + " by TCP";
        System.out.printf(
            "hostile: %d rude connections%n  before: %s%n  beside: %s%n",
            clients.opened(), before, during);
        clients.goOn();
        askOften(prober, false);
        askOften(prober, true);
      }
      askOften(prober, true);
      victim.assertUnmoved();
    }
  }

  private static String askOften(Prober prober, boolean tcp) throws IOException {
    for (int i = 0; i < 500; i++) {
      if (tcp) {
        prober.tcp();
      } else {
        prober.udp();
      }
    }
    return prober.times();
  }

  @Test
  void descriptors() throws IOException {
    Root.require();
    try (var victim = new Victim(folder.resolve("data"));
        var prober = new Prober(victim.address(), "127.0.0.200")) {
      askOften(prober, true);
      String allowed = victim.limitDescriptors(Integer.toString(victim.descriptors() + 20));
      try (var clients = new RudeClients(victim.address())) {
        clients.openIdle(200);
        askOften(prober, false);
        clients.leave();
        Await.untilAsserted(() -> {
          try {
            prober.tcp();
          } catch (IOException e) {
            throw new AssertionError("TCP does not work again", e);
          }
        });
        askOften(prober, true);
      } finally {
        victim.limitDescriptors(allowed);
      }
      victim.assertUnmoved();
    }
  }
}
