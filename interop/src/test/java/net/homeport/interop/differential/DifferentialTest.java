package net.homeport.interop.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.interop.differential.ZoneFamily.ZoneSource;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.ZoneUpload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random zones and questions for Homeport, NSD, Knot and BIND. Each difference must be explained by
 * a {@link Rule}.
 */
final class DifferentialTest {
  private static final int WORKERS = 2;
  private static final int FAMILIES = 24;
  private static final int SHOWN_MAX = Integer.getInteger("differential.shown", 20);

  @TempDir Path folder;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();
  private final ConcurrentLinkedQueue<String> unexplained = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unexplainedCount = new AtomicInteger();

  private static long setting(String name, long otherwise) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? otherwise : Long.parseLong(text);
  }

  @Test
  void eachDifferenceHasAReason() throws InterruptedException {
    long seed = setting("differential.seed", new SecureRandom().nextInt());
    int queries = (int) setting("differential.queries", 10_000);
    System.out.printf("differential: %d queries, seed %d%n", queries, seed);
    var random = new Random(seed);
    var families = new ArrayList<ZoneFamily>();
    for (int i = 0; i < FAMILIES; i++) {
      families.add(ZoneFamily.make(random, i));
    }
    List<ZoneSource> zones = families.stream().flatMap(f -> f.zones().stream()).toList();
    var peers = new ArrayList<Peer>();
    try (HomeportProcess homeport = HomeportProcess.start(folder.resolve("homeport"));
        var upload = new ZoneUpload(homeport)) {
      zones.forEach(zone -> upload.add(zone.apex(), zone.text()));
      for (Peer.Kind kind : Peer.Kind.values()) {
        peers.add(Peer.start(kind, folder.resolve(kind.name()), zones));
      }
      var ours = new InetSocketAddress(InetAddress.getLoopbackAddress(), homeport.dnsPort());
      compareAll(seed, queries, families, ours, peers);
    } finally {
      peers.forEach(Peer::close);
    }
    report(seed, queries, families);
    assertThat(unexplained)
        .as("%d questions with differences without a rule, seed %d", unexplainedCount.get(), seed)
        .isEmpty();
  }

  private void compareAll(
      long seed, int queries, List<ZoneFamily> families, InetSocketAddress ours, List<Peer> peers)
      throws InterruptedException {
    List<ZoneSource> zones = families.stream().flatMap(f -> f.zones().stream()).toList();
    var done = new CountDownLatch(WORKERS);
    var failures = new ConcurrentLinkedQueue<Throwable>();
    for (int worker = 0; worker < WORKERS; worker++) {
      var random = new Random(seed + 1 + worker);
      Thread.ofPlatform()
          .start(() -> {
            try (var comparison = new Comparison(ours, peers, zones)) {
              for (int i = 0; i < queries / WORKERS; i++) {
                compare(Question.make(random, families), comparison);
              }
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

  private void compare(Question question, Comparison comparison) {
    var without = new ArrayList<Peer.Kind>();
    for (Difference difference : comparison.differences(question)) {
      Optional<Rule> rule =
          Rule.ALL.stream().filter(each -> each.explains().test(difference)).findFirst();
      rule.ifPresentOrElse(
          found -> count(difference.peer() + " " + found.name(), difference),
          () -> without.add(difference.peer()));
    }
    if (!without.isEmpty() && unexplainedCount.incrementAndGet() <= SHOWN_MAX) {
      unexplained.add("no rule for %s: %s".formatted(without, comparison.shown(question)));
    }
  }

  private synchronized void count(String rule, Difference difference) {
    counts.merge(rule, 1, Integer::sum);
    examples.putIfAbsent(rule, difference.question().toString());
  }

  private void report(long seed, int queries, List<ZoneFamily> families) {
    System.out.printf(
        "differential: %d queries about %d zones, seed %d; answers that differ, by rule:%n",
        queries, families.stream().mapToInt(family -> family.zones().size()).sum(), seed);
    counts.forEach((rule, count) ->
        System.out.printf("  %7d  %-36s e.g. %s%n", count, rule, examples.get(rule)));
    System.out.printf("  %7d  without a rule%n", unexplainedCount.get());
    unexplained.forEach(System.out::println);
  }
}
