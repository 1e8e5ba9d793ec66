package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Dns;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.WholeZone;
import net.homeport.interop.secondary.Secondary;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Knot as a secondary of the server that is killed: it must end with the same zones, and must never
 * have been given a serial before one that it had. A thread of its own looks at the serials.
 */
final class Follower implements AutoCloseable {
  private static final String KEY = "follower";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Secondary knot;
  private final Dns dns;
  private final String key;
  private final List<String> zones;
  private final Map<String, Long> serials = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wentBack = new ConcurrentLinkedQueue<>();
  private final Thread watch;
  private volatile boolean closed;
  private final AtomicInteger looks = new AtomicInteger();

  private Follower(Secondary knot, String secret, List<String> zones) {
    this.knot = knot;
    this.dns = Dns.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), knot.port()));
    this.key = "hmac-sha256:" + KEY + ":" + secret;
    this.zones = zones;
    this.watch = Thread.ofVirtual().name("follower").start(this::watch);
  }

  /** Starts Knot as a secondary of all zones that the server has now. */
  static Follower of(HomeportProcess server, Path folder, List<String> zones) {
    String secret = String.valueOf(server.json("key", "add", KEY).get("secret"));
    var knot = Secondary.addTo(server, Secondary.Kind.KNOT, folder, KEY, secret);
    return new Follower(knot, secret, List.copyOf(zones));
  }

  private void watch() {
    while (!closed) {
      zones.forEach(this::look);
      looks.incrementAndGet();
      Await.pause(BETWEEN_LOOKS);
    }
  }

  private void look(String zone) {
    try {
      for (var answer : dns.ask(zone, Type.SOA).getSection(Section.ANSWER)) {
        if (answer instanceof SOARecord soa) {
          Long before = serials.put(zone, soa.getSerial());
          // As RFC 1982 compares them.
          if (before != null && (int) (soa.getSerial() - before) < 0) {
            wentBack.add("%s from %d to %d".formatted(zone, before, soa.getSerial()));
          }
        }
      }
    } catch (UncheckedIOException e) {
      // Not up yet, or the machine is busy: what counts is the order of what it answers.
    }
  }

  /** Fails unless Knot comes to have what the server has, and never went back on the way. */
  void endsEqualTo(HomeportProcess server) {
    try {
      for (String zone : zones) {
        WholeZone there = WholeZone.of(server.dnsPort(), zone, key);
        assertThat(there.records()).as("records of %s", zone).isNotEmpty();
        Await.untilAsserted(() ->
            assertThat(WholeZone.of(knot.port(), zone, "").differencesTo(there))
                .as("Knot here, Homeport there: %s", zone)
                .isEmpty());
        System.out.printf(
            "follower: %s, %d records, equal on Knot%n", zone, there.records().size());
      }
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + knot.log(), e);
    }
    assertThat(wentBack).as("serials of Knot that went back").isEmpty();
    assertThat(serials).as("serials seen in %d looks", looks.get()).containsOnlyKeys(zones);
    System.out.printf("follower: its serials never went back in %d looks%n", looks.get());
  }

  @Override
  public void close() {
    closed = true;
    try {
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    knot.close();
  }
}
