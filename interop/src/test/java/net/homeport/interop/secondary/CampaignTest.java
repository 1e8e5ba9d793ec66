package net.homeport.interop.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.WholeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Update;

/**
 * Random signed updates (RFC 2136) while Homeport and its secondaries are ended and started again;
 * then Knot, NSD and BIND have each record that Homeport has, and no other.
 */
final class CampaignTest {
  private static final String ZONE = "dyn.test";
  private static final String TRANSFER_KEY = "xfr.test";
  private static final String UPDATE_KEY = "upd.test";
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  @TempDir private Path folder;

  private final Map<Secondary.Kind, Secondary> secondaries = new EnumMap<>(Secondary.Kind.class);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private HomeportProcess server;
  private int port;

  private static int setting(String name, int otherwise) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? otherwise : Integer.parseInt(text);
  }

  private static long seed() {
    String text = System.getProperty("campaign.seed", "");
    return text.isBlank() ? new SecureRandom().nextInt() : Long.parseLong(text);
  }

  @BeforeEach
  void start() {
    server = HomeportProcess.start(folder.resolve("data"));
    port = server.dnsPort();
    server.addZone(ZONE);
  }

  @AfterEach
  void stop() {
    secondaries.values().forEach(Secondary::close);
    server.close();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void allHaveTheSameZoneAtTheEnd() throws Exception {
    int updates = setting("campaign.updates", 1000);
    int restarts = setting("campaign.restarts", 2);
    long seed = seed();
    System.out.printf(
        "campaign: %d updates, %d restarts, seed %d; repeat: interop/secondaries-test"
            + " --updates %d --restarts %d --seed %d%n",
        updates, restarts, seed, updates, restarts, seed);
    long began = System.nanoTime();

    String transferSecret = String.valueOf(server.json("key", "add", TRANSFER_KEY).get("secret"));
    for (Secondary.Kind kind : Secondary.Kind.values()) {
      Path home = folder.resolve(kind.name());
      secondaries.put(kind, Secondary.addTo(server, kind, home, TRANSFER_KEY, transferSecret));
    }
    String updateSecret =
        String.valueOf(
            server
                .json(
                    "key",
                    "add",
                    UPDATE_KEY,
                    "--zone",
                    ZONE,
                    "--subtree",
                    ZONE,
                    "--type",
                    RandomUpdates.types())
                .get("secret"));

    var tsig = new TSIG(TSIG.HMAC_SHA256, UPDATE_KEY + ".", updateSecret);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Future<@Nullable Void>>();
      for (int client = 0; client < CLIENTS; client++) {
        var random = new RandomUpdates(ZONE, seed * CLIENTS + client);
        int share = updates / CLIENTS + (client < updates % CLIENTS ? 1 : 0);
        Callable<@Nullable Void> work = () -> send(random, share, tsig);
        clients.add(threads.submit(work));
      }
      var random = new Random(seed);
      for (int restart = 1; restart <= restarts; restart++) {
        int due = (int) ((long) updates * restart / (restarts + 1));
        while (acknowledged.get() < due && clients.stream().noneMatch(Future::isDone)) {
          Await.pause(PAUSE);
        }
        restart(restart, random);
      }
      for (Future<@Nullable Void> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed + "\n" + server.output(), e);
    }
    assertThat(acknowledged).hasValue(updates);
    System.out.printf(
        "campaign: %d updates acknowledged after %.1f s, %d were sent again after a restart%n",
        updates, (System.nanoTime() - began) / 1e9, repeated.get());
    allAreEqual("hmac-sha256:%s:%s".formatted(TRANSFER_KEY, transferSecret), seed);
  }

  private void allAreEqual(String key, long seed) {
    WholeZone here = WholeZone.of(port, ZONE, key);
    assertThat(here.records()).as("records of Homeport").hasSizeGreaterThan(50);
    long began = System.nanoTime();
    secondaries.forEach((kind, secondary) -> {
      try {
        Await.untilAsserted(() ->
            assertThat(here.differencesTo(WholeZone.of(secondary.port(), ZONE, "")))
                .as("Homeport here, %s there, seed %d", kind, seed)
                .isEmpty());
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + secondary.log(), e);
      }
    });
    assertThat(WholeZone.of(port, ZONE, key)).as("nothing moved meanwhile").isEqualTo(here);
    System.out.printf(
        "campaign: %d records, equal on Homeport, Knot, NSD and BIND %d ms after the last update%n",
        here.records().size(), (System.nanoTime() - began) / 1_000_000);
    theCheckSeesADifference(here);
  }

  /** The control: a zone that lacks one record must not be found equal. */
  private static void theCheckSeesADifference(WholeZone here) {
    var less = new WholeZone(here.records().subList(1, here.records().size()));
    assertThat(here.differencesTo(less)).hasSize(1);
    assertThat(less.differencesTo(here)).hasSize(1);
  }

  /** Homeport and the secondaries in turn; half of them are killed. */
  private void restart(int number, Random random) {
    boolean byKill = number % 4 == 1 || random.nextBoolean();
    String what;
    if (number % 2 == 1) {
      what = "Homeport";
      if (byKill) {
        server.kill();
      }
      server.close();
      server = HomeportProcess.on(folder.resolve("data")).dns("127.0.0.1:" + port).start();
    } else {
      var kinds = Secondary.Kind.values();
      var kind = kinds[(number / 2 + kinds.length - 1) % kinds.length];
      what = kind.name();
      Objects.requireNonNull(secondaries.get(kind)).restart(byKill);
    }
    System.out.printf(
        "  after %d updates: %s %s and started again%n",
        acknowledged.get(), what, byKill ? "killed" : "stopped");
  }

  /** Each is sent until it is acknowledged. */
  private @Nullable Void send(RandomUpdates random, int count, TSIG tsig) throws IOException {
    var resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(port);
    resolver.setTSIGKey(tsig);
    resolver.setTimeout(PATIENCE);
    for (int i = 0; i < count; i++) {
      Update update = random.next();
      while (!acknowledges(resolver, update)) {
        repeated.incrementAndGet();
        Await.pause(PAUSE);
      }
      acknowledged.incrementAndGet();
    }
    return null;
  }

  /** False if nobody answered, or the server that ends could not. */
  private static boolean acknowledges(SimpleResolver resolver, Update update) {
    int rcode;
    try {
      rcode = resolver.send(update.clone()).getRcode();
    } catch (IOException e) {
      return false;
    }
    assertThat(Rcode.string(rcode)).as("answer to\n%s", update).isIn("NOERROR", "SERVFAIL");
    return rcode == Rcode.NOERROR;
  }
}
