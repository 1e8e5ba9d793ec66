package net.homeport.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.NetworkLab;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Response rate limiting, seen from another machine: who is limited, and who never is. */
final class RateLimitTest {
  private static final int RATE = 50;
  private static final int FLOOD = 4000;
  private static final int FLOOD_MILLIS = 2000;
  private static final int COOKIE = 10;
  private static final String FLOODED = "11.22.33.10";
  private static final String OTHER = "11.22.44.10";
  private static final String QUESTION = "www.rate.test A";

  @TempDir Path folder;
  private NetworkLab lab;
  private @Nullable HomeportProcess server;

  @BeforeEach
  void start() {
    lab = NetworkLab.create();
    lab.moveClient(FLOODED + "/24", OTHER + "/24");
    Commands.run(
            Commands.joined(lab.atServer(), "ip", "route", "add", "11.22.44.0/24", "dev", "lan"))
        .succeeded();
  }

  @AfterEach
  void stop() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      lab.close();
    }
  }

  private DnsClient serve(String... flags) {
    HomeportProcess started =
        lab.server(folder.resolve("data"))
            .with("--rate-limit", Integer.toString(RATE))
            .with(flags)
            .start();
    server = started;
    Path zone = folder.resolve("rate.test.zone");
    try {
      Files.writeString(
          zone,
          """
          $TTL 60
          @ SOA ns1 hostmaster 1 7200 3600 1209600 60
          @ NS ns1
          ns1 A 192.0.2.1
          www A 192.0.2.80
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    started.command("zone", "add", "rate.test", "--file", zone.toString()).succeeded();
    return new DnsClient(
        new InetSocketAddress(InetAddress.ofLiteral(NetworkLab.SERVER), started.dnsPort()));
  }

  /** How a flood was answered; what is neither was dropped. */
  private record Answers(int full, int truncated) {}

  /** The same question again and again by UDP, 2000 a second, from one address. */
  private static Answers flood(DnsClient client, String source, int queries) throws Exception {
    int full = 0;
    int truncated = 0;
    ByteBuffer room = ByteBuffer.allocate(2048);
    try (var channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
      channel.configureBlocking(false);
      long began = System.nanoTime();
      long quietSince = began;
      int sent = 0;
      while (sent < queries || System.nanoTime() - quietSince < 500_000_000L) {
        long due = (System.nanoTime() - began) * FLOOD / (FLOOD_MILLIS * 1_000_000L);
        while (sent < queries && sent <= due) {
          channel.send(
              ByteBuffer.wrap(Packet.query(QUESTION).id(sent++ & 0xFFFF).octets()),
              client.server());
          quietSince = System.nanoTime();
        }
        while (channel.receive(room.clear()) != null) {
          byte[] octets = new byte[room.flip().remaining()];
          room.get(octets);
          Reply reply = Reply.of(octets);
          if (reply.flags().contains("tc")) {
            truncated++;
            assertThat(reply.answer()).isEmpty();
          } else {
            full++;
            checkFull(reply);
          }
          quietSince = System.nanoTime();
        }
        Thread.sleep(1);
      }
    }
    return new Answers(full, truncated);
  }

  private static void checkFull(Reply reply) {
    assertThat(reply.answer()).containsExactly("www.rate.test. 60 IN A 192.0.2.80");
  }

  /** Runs both at once in the client's namespace: the flood, and others as long as it lasts. */
  private Answers beside(DnsClient client, Asking others) {
    var began = new CountDownLatch(1);
    var answers = new AtomicReference<Answers>();
    Thread flood =
        Thread.ofPlatform()
            .start(() ->
                answers.set(
                    lab.inClient(() -> {
                      began.countDown();
                      return flood(client, FLOODED, FLOOD);
                    })));
    lab.inClient(() -> {
      began.await();
      others.ask(flood);
      return true;
    });
    try {
      flood.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Answers result = answers.get();
    assertThat(result).as("the flood came to its end").isNotNull();
    System.out.printf("hostile: of %d equal questions in %d ms: %s%n", FLOOD, FLOOD_MILLIS, result);
    return result;
  }

  /** What the others do while a flood goes on. */
  private interface Asking {
    void ask(Thread flood) throws Exception;
  }

  @Test
  @DisplayName("A flood from one address is answered at the rate; another network does not notice")
  void theFloodIsLimited() {
    DnsClient client = serve();
    InetAddress other = InetAddress.ofLiteral(OTHER);
    Answers answers =
        beside(
            client,
            flood -> {
              while (flood.isAlive()) {
                checkFull(client.udpFrom(other, Packet.query(QUESTION).octets()));
                Await.pause(Duration.ofMillis(40));
              }
            });
    // Seconds are those of the clock: two seconds of a flood touch three of them.
    assertThat(answers.full()).isBetween(RATE, 4 * RATE);
    int limited = FLOOD - answers.full();
    assertThat(answers.truncated()).as("one of two says: by TCP").isBetween(limited / 3, limited);
  }

  @Test
  @DisplayName("TCP and valid cookies are never limited, also from the address of the flood")
  void whoProvedItsAddressIsNotLimited() {
    DnsClient client = serve();
    InetAddress flooded = InetAddress.ofLiteral(FLOODED);
    beside(
        client,
        flood -> {
          // By TCP, which binds it to the same address, so that the flood is not in its way.
          byte[] asking = Packet.option(COOKIE, Packet.hex("0102030405060708"));
          Reply first = client.tcp(Packet.query(QUESTION).edns(1232, asking).octets());
          byte[] cookie = Packet.option(COOKIE, Packet.hex(String.valueOf(first.option(COOKIE))));
          int asked = 0;
          while (flood.isAlive() || asked < 4 * RATE) {
            checkFull(client.tcp(Packet.query(QUESTION).octets()));
            checkFull(client.udpFrom(flooded, Packet.query(QUESTION).edns(1232, cookie).octets()));
            asked++;
          }
        });
  }

  @Test
  @DisplayName("--rate-limit-exempt")
  void anExemptNetworkIsNotLimited() {
    DnsClient client = serve("--rate-limit-exempt", "11.22.33.0/24");
    Answers exempt = lab.inClient(() -> flood(client, FLOODED, 10 * RATE));
    assertThat(exempt).isEqualTo(new Answers(10 * RATE, 0));
    Answers other = lab.inClient(() -> flood(client, OTHER, 10 * RATE));
    assertThat(other.full()).isLessThan(10 * RATE);
    assertThat(other.truncated()).isPositive();
  }
}
