package net.homeport.nameserver.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.nameserver.socket.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers which come later, and of several messages. */
@Timeout(60)
class TcpLaterTest {

  private final Semaphore goOn = new Semaphore(0);
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong();

  /** "slow" waits until it may go on and sends three messages; "broken" fails; else an echo. */
  private Reply handle(byte[] request, InetSocketAddress client) {
    String text = new String(request, US_ASCII);
    if (text.startsWith("slow")) {
      return Reply.later(sink -> {
        started.incrementAndGet();
        goOn.acquireUninterruptibly();
        for (int part = 1; part <= 3; part++) {
          sink.send((text + " part " + part).getBytes(US_ASCII));
        }
      });
    }
    if (text.startsWith("broken")) {
      return Reply.later(_ -> {
        throw new IllegalStateException("cannot say that later");
      });
    }
    return Reply.now(request);
  }

  private TcpListener open() {
    return TcpListener.open(TcpListenerTest.ANY_PORT, this::handle, TcpLimits.DEFAULTS, clock::get);
  }

  @Test
  void aSlowAnswerDoesNotHoldUpTheNext() throws IOException {
    try (TcpListener listener = open();
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames("slow question", "quick question", "another one."));
      assertThat(client.receive()).isEqualTo("quick question");
      assertThat(client.receive()).isEqualTo("another one.");

      goOn.release();

      for (int part = 1; part <= 3; part++) {
        assertThat(client.receive()).isEqualTo("slow question part " + part);
      }
      assertThat(client.ask("and again...")).isEqualTo("and again...");
    }
  }

  @Test
  void aConnectionHasSixteenAtATime() throws Exception {
    String[] queries = new String[18];
    for (int i = 0; i < 17; i++) {
      queries[i] = "slow question " + i;
    }
    queries[17] = "quick question";
    try (TcpListener listener = open();
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames(queries));
      Eventually.holds("all that may have begun", () -> started.get() == 16);
      goOn.release(17);

      int quickAt = -1;
      for (int i = 0; i < 17 * 3 + 1; i++) {
        if (client.receive().equals("quick question")) {
          quickAt = i;
        }
      }
      assertThat(quickAt).isGreaterThanOrEqualTo(3); // one had to end before it was read
      assertThat(started).hasValue(17);
    }
  }

  @Test
  void isSentAlthoughTheClientHasEndedItsOutput() throws Exception {
    try (TcpListener listener = open();
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames("slow question"));
      client.endOutput();
      Eventually.holds("begun", () -> started.get() == 1);
      goOn.release();

      for (int part = 1; part <= 3; part++) {
        assertThat(client.receive()).isEqualTo("slow question part " + part);
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aClientWhichWaitsForItIsNotIdle() throws Exception {
    try (TcpListener listener = open();
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames("slow question"));
      Eventually.holds("begun", () -> started.get() == 1);
      clock.addAndGet(Duration.ofHours(1).toNanos());
      Thread.sleep(1_200); // time is looked at twice a second
      goOn.release();

      assertThat(client.receive()).isEqualTo("slow question part 1");
      assertThat(client.receive()).isEqualTo("slow question part 2");
      assertThat(client.receive()).isEqualTo("slow question part 3");
      assertThat(listener.counts().timedOut()).isZero();
      Eventually.holds(
          "idle at last",
          () -> {
            clock.addAndGet(TcpLimits.DEFAULTS.idle().toNanos() / 4);
            return listener.counts().timedOut() == 1;
          });
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void failingEndsTheConnection() throws Exception {
    try (TcpListener listener = open();
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames("broken question"));
      assertThat(client.isClosedByServer()).isTrue();
      Eventually.holds("counted", () -> listener.counts().failures() == 1);
    }
  }

  @Test
  void theConnectionsEndEndsIt() throws Exception {
    var failed = new CountDownLatch(1);
    var sinkFails =
        Reply.later(sink -> {
          try {
            while (true) {
              sink.send(new byte[60_000]);
            }
          } catch (IOException e) {
            failed.countDown();
            throw e;
          }
        });
    try (TcpListener listener =
        TcpListener.open(TcpListenerTest.ANY_PORT, (_, _) -> sinkFails, TcpLimits.DEFAULTS)) {
      try (TcpClient client = new TcpClient(listener.localAddress())) {
        client.send(TcpClient.frames("everything"));
        assertThat(client.receive()).hasSize(60_000);
      }
      failed.await();
      Eventually.holds("closed", () -> listener.counts().open() == 0);
    }
  }

  @Test
  void wholeMessagesComeOfSeveralAtATime() throws IOException {
    var talkative =
        Reply.later(sink -> {
          for (int length = 12; length < 2000; length += 7) {
            sink.send("z".repeat(length).getBytes(US_ASCII));
          }
        });
    try (TcpListener listener =
            TcpListener.open(TcpListenerTest.ANY_PORT, (_, _) -> talkative, TcpLimits.DEFAULTS);
        TcpClient client = new TcpClient(listener.localAddress())) {
      client.send(TcpClient.frames("one", "two", "three", "four"));
      for (int i = 0; i < 4 * 284; i++) {
        assertThat(client.receive()).matches("z+");
      }
    }
  }
}
