package net.homeport.nameserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.nameserver.socket.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Slow and greedy clients, by a clock which only the test moves. Each test makes the one time limit
 * an hour which it is about; the others are so long that they do not come into it.
 */
@Timeout(120)
class TcpLimitsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofDays(10_000);

  private final AtomicLong clock = new AtomicLong();

  @Test
  void closesAClientWhichSaysNothing() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1000, HOUR, LONG, LONG, LONG);
    try (TcpListener listener = open(limits);
        TcpClient bystander = client(listener)) {
      assertThat(bystander.ask("before")).startsWith("before");
      try (TcpClient silent = client(listener)) {
        passTimeUntilTimedOut(listener, 1);
        assertThat(silent.isClosedByServer()).isTrue();
      }
      assertThat(bystander.ask("after")).startsWith("after");
      assertThat(listener.counts().timedOut()).isEqualTo(1);
    }
  }

  @Test
  void closesAClientWhichStopsWithinAMessage() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1000, LONG, HOUR, LONG, LONG);
    try (TcpListener listener = open(limits);
        TcpClient halfLength = client(listener);
        TcpClient halfMessage = client(listener);
        TcpClient bystander = client(listener)) {
      halfLength.send(new byte[] {0});
      halfMessage.send(TcpClient.frames("complete", "broken off"), 0, 14 + 2 + 5);
      assertThat(halfMessage.receive()).startsWith("complete");

      passTimeUntilTimedOut(listener, 2);

      assertThat(halfMessage.isClosedByServer()).isTrue();
      assertThat(halfLength.isClosedByServer()).isTrue();
      assertThat(bystander.ask("well")).startsWith("well");
    }
  }

  @Test
  void closesAClientWhichDripsAMessage() throws IOException {
    TcpLimits limits = new TcpLimits(1000, 1000, LONG, HOUR, LONG, LONG);
    byte[] frames = TcpClient.frames("d".repeat(60_000));
    try (TcpListener listener = open(limits);
        TcpClient dripping = client(listener)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < frames.length; i++) {
                  dripping.send(frames, i, i + 1);
                  passSomeTime();
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(listener.counts().received()).isZero();
      assertThat(listener.counts().timedOut()).isEqualTo(1);
    }
  }

  @Test
  void closesAClientWhichHasNoMoreQueries() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1000, LONG, LONG, HOUR, LONG);
    try (TcpListener listener = open(limits);
        TcpClient bystander = client(listener);
        TcpClient idle = client(listener)) {
      assertThat(idle.ask("only one")).startsWith("only one");

      passTimeUntilTimedOut(listener, 1);

      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(bystander.ask("well")).startsWith("well");
    }
  }

  @Test
  void closesAClientWhichNeverReadsItsAnswers() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1000, LONG, LONG, LONG, HOUR);
    byte[] longAnswer = new byte[65_535];
    byte[] query = TcpClient.frames("query");
    try (TcpListener listener =
            TcpListener.open(
                TcpListenerTest.ANY_PORT, (_, _) -> Reply.now(longAnswer), limits, clock::get);
        TcpClient deaf = client(listener);
        TcpClient bystander = client(listener)) {
      // More than the buffers of both sides can hold, whatever the system makes of them: it ends
      // when the connection does.
      Thread asking = Thread.ofPlatform().start(() -> askUntilClosed(deaf, query));

      passTimeUntilTimedOut(listener, 1);

      asking.join();
      assertThat(bystander.ask("well")).hasSize(longAnswer.length);
    }
  }

  private static void askUntilClosed(TcpClient client, byte[] query) {
    try {
      while (true) {
        client.send(query);
      }
    } catch (IOException e) {
      // closed at last
    }
  }

  @Test
  void aHandlerMayTakeItsTime() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1000, HOUR, HOUR, HOUR, HOUR);
    Semaphore handling = new Semaphore(0);
    Semaphore goOn = new Semaphore(0);
    try (TcpListener listener = openStopping(limits, handling, goOn);
        TcpClient client = client(listener)) {
      client.send(TcpClient.frames("difficult query"));
      handling.acquire();
      clock.addAndGet(HOUR.multipliedBy(100).toNanos());
      Thread.sleep(1_200); // time is looked at twice a second
      goOn.release();

      assertThat(client.receive()).isEqualTo("difficult query");
      assertThat(listener.counts().timedOut()).isZero();
    }
  }

  @Test
  void aNewConnectionTakesThePlaceOfTheOneWaitingLongest() throws Exception {
    TcpLimits limits = new TcpLimits(3, 1000, LONG, LONG, LONG, LONG);
    try (TcpListener listener = open(limits);
        TcpClient first = client(listener);
        TcpClient second = client(listener);
        TcpClient third = client(listener)) {
      Eventually.holds("all three are in", () -> listener.waiting() == 3);
      for (TcpClient next : new TcpClient[] {first, second, third, first}) {
        assertThat(next.ask("query")).startsWith("query");
        Eventually.holds("it waits again", () -> listener.waiting() == 3);
        passSomeTime();
      }

      try (TcpClient fourth = client(listener)) {
        assertThat(fourth.ask("four")).startsWith("four");
        assertThat(second.isClosedByServer()).isTrue();
        assertThat(first.ask("still here")).startsWith("still here");
        assertThat(third.ask("here too")).startsWith("here too");
        assertThat(listener.counts().displaced()).isEqualTo(1);
        assertThat(listener.counts().open()).isEqualTo(3);
      }
    }
  }

  @Test
  void aNewConnectionIsClosedIfAllAreBusy() throws Exception {
    TcpLimits limits = new TcpLimits(2, 1000, LONG, LONG, LONG, LONG);
    Semaphore handling = new Semaphore(0);
    Semaphore goOn = new Semaphore(0);
    try (TcpListener listener = openStopping(limits, handling, goOn);
        TcpClient first = client(listener);
        TcpClient second = client(listener)) {
      first.send(TcpClient.frames("one"));
      second.send(TcpClient.frames("two"));
      handling.acquire(2);

      try (TcpClient third = client(listener)) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(listener.counts().refused()).isEqualTo(1);
      goOn.release(2);
      assertThat(first.receive()).startsWith("one");
      assertThat(second.receive()).startsWith("two");
    }
  }

  @Test
  void oneClientCannotTakeAllConnections() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 2, LONG, LONG, LONG, LONG);
    try (TcpListener listener = open(limits);
        TcpClient first = client(listener);
        TcpClient second = client(listener)) {
      assertThat(first.ask("one")).startsWith("one");
      passSomeTime();
      assertThat(second.ask("two")).startsWith("two");
      Eventually.holds("both wait", () -> listener.waiting() == 2);
      // It makes room for itself: the one that has waited longest goes.
      try (TcpClient third = client(listener)) {
        assertThat(third.ask("three")).startsWith("three");
        assertThat(first.isClosedByServer()).isTrue();
        assertThat(second.ask("still here")).startsWith("still here");
        assertThat(listener.counts().displaced()).isEqualTo(1);
        assertThat(listener.counts().open()).isEqualTo(2);
      }
    }
  }

  @Test
  void aClientWhoseConnectionsAreAllBusyGetsNoOther() throws Exception {
    TcpLimits limits = new TcpLimits(1000, 1, LONG, LONG, LONG, LONG);
    Semaphore handling = new Semaphore(0);
    Semaphore goOn = new Semaphore(0);
    try (TcpListener listener = openStopping(limits, handling, goOn);
        TcpClient first = client(listener)) {
      first.send(TcpClient.frames("one"));
      handling.acquire();
      try (TcpClient second = client(listener)) {
        assertThat(second.isClosedByServer()).isTrue();
      }
      assertThat(listener.counts().refused()).isEqualTo(1);
      goOn.release();
      assertThat(first.receive()).startsWith("one");
    }
  }

  @Test
  void anIpv6ClientIsItsNetwork() {
    ClientNetwork one = ClientNetwork.of(InetAddress.ofLiteral("2001:db8:0:1::1"));

    assertThat(ClientNetwork.of(InetAddress.ofLiteral("2001:db8:0:1:ffff::9"))).isEqualTo(one);
    assertThat(ClientNetwork.of(InetAddress.ofLiteral("2001:db8:0:2::1"))).isNotEqualTo(one);
    assertThat(ClientNetwork.of(InetAddress.ofLiteral("192.0.2.1")))
        .isNotEqualTo(ClientNetwork.of(InetAddress.ofLiteral("192.0.2.2")));
    assertThat(ClientNetwork.of(InetAddress.ofLiteral("0.0.0.0")))
        .isNotEqualTo(ClientNetwork.of(InetAddress.ofLiteral("::1")));
  }

  @Test
  void limitsMustBePositive() {
    assertThatThrownBy(() -> new TcpLimits(0, 1, HOUR, HOUR, HOUR, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TcpLimits(1, 1, HOUR, Duration.ZERO, HOUR, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TcpLimits.DEFAULTS.shortest()).isEqualTo(Duration.ofSeconds(2));
  }

  private TcpListener open(TcpLimits limits) {
    return TcpListener.open(
        TcpListenerTest.ANY_PORT, (request, _) -> Reply.now(request), limits, clock::get);
  }

  /** Its handler tells that it has begun, and waits until it may go on. */
  private TcpListener openStopping(TcpLimits limits, Semaphore handling, Semaphore goOn) {
    return TcpListener.open(
        TcpListenerTest.ANY_PORT,
        (request, _) -> {
          handling.release();
          goOn.acquireUninterruptibly();
          return Reply.now(request);
        },
        limits,
        clock::get);
  }

  private static TcpClient client(TcpListener listener) throws IOException {
    return new TcpClient(listener.localAddress());
  }

  // Passing it little by little, it does not matter when exactly the listener begins to count.
  private void passTimeUntilTimedOut(TcpListener listener, long connections) throws Exception {
    Eventually.holds(
        "timed out",
        () -> {
          clock.addAndGet(HOUR.dividedBy(6).toNanos());
          return listener.counts().timedOut() == connections;
        });
  }

  private void passSomeTime() throws InterruptedException {
    clock.addAndGet(HOUR.dividedBy(6).toNanos());
    Thread.sleep(5);
  }
}
