package net.homeport.nameserver.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.homeport.nameserver.socket.Eventually;
import net.homeport.nameserver.socket.PortInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpListenerTest {

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final PacketIo.Kind kind;

  UdpListenerTest(PacketIo.Kind kind) {
    this.kind = kind;
  }

  static Stream<PacketIo.Kind> kinds() {
    return Stream.of(PacketIo.Kind.NATIVE, PacketIo.Kind.CHANNEL)
        .filter(kind -> kind == PacketIo.Kind.CHANNEL || UdpClient.isLinux());
  }

  /** Says the same again, but falls over some words. */
  private static int echo(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    return switch (UdpClient.text(slab, offset, length)) {
      case "silence" -> 0;
      case "exception" -> throw new IllegalStateException("cannot say that");
      case "error" -> throw new StackOverflowError("too deep");
      case "too much" -> capacity + 1;
      case "later" -> {
        Thread.ofVirtual().start(later(io, io.returnPath(slot)));
        yield 0;
      }
      default -> length;
    };
  }

  private static Runnable later(PacketIo io, ReturnPath path) {
    return () -> assertThat(io.sendTo(new byte[] {'l', 'a', 't', 'e'}, path)).isTrue();
  }

  @Test
  void answersAndCounts() throws Exception {
    try (UdpListener listener = open(1);
        UdpClient client = new UdpClient(listener.localAddress())) {
      client.send("silence");
      assertThat(client.ask("one")).isEqualTo("one");
      assertThat(client.ask("two")).isEqualTo("two");
      client.send("x".repeat(PacketIo.SLOT_BYTES + 1));
      assertThat(client.ask("later")).isEqualTo("late");

      UdpCounts expected = new UdpCounts(5, 2, 1, 0);
      Eventually.holds("counts", () -> listener.counts().equals(expected));
    }
  }

  @Test
  void aHandlerWhichFailsCostsOnlyItsOwnAnswer() throws Exception {
    try (UdpListener listener = open(1);
        UdpClient client = new UdpClient(listener.localAddress())) {
      for (int i = 0; i < 20; i++) {
        client.send("exception");
        client.send("error");
        client.send("too much");
        assertThat(client.ask("well " + i)).isEqualTo("well " + i);
      }

      UdpCounts expected = new UdpCounts(80, 20, 0, 60);
      Eventually.holds("counts", () -> listener.counts().equals(expected));
    }
  }

  @Test
  void aBatchWhichCannotStartIsAnsweredAllTheSame() throws Exception {
    DatagramHandler handler =
        new DatagramHandler() {
          @Override
          public void batchStarts() {
            throw new IllegalStateException("no snapshot");
          }

          @Override
          public int handle(
              MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
            return length;
          }
        };
    try (UdpListener listener = UdpListener.open(ANY_PORT, 1, () -> handler, kind);
        UdpClient client = new UdpClient(listener.localAddress())) {
      assertThat(client.ask("query")).isEqualTo("query");
      assertThat(listener.counts().failures()).isPositive();
    }
  }

  @Test
  void tellsTheHandlerOfEachBatch() throws IOException {
    AtomicInteger batches = new AtomicInteger();
    DatagramHandler handler =
        new DatagramHandler() {
          @Override
          public void batchStarts() {
            batches.incrementAndGet();
          }

          @Override
          public int handle(
              MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
            return UdpClient.write(slab, offset, "batch " + batches.get());
          }
        };
    try (UdpListener listener = UdpListener.open(ANY_PORT, 1, () -> handler, kind);
        UdpClient client = new UdpClient(listener.localAddress())) {
      assertThat(client.ask("query")).isEqualTo("batch 1");
      assertThat(client.ask("query")).isEqualTo("batch 2");
    }
  }

  @Test
  void workersShareOnePortAndHaveAHandlerEach() throws Exception {
    Set<Integer> served = ConcurrentHashMap.newKeySet();
    AtomicInteger handlers = new AtomicInteger();
    try (UdpListener listener =
        UdpListener.open(
            ANY_PORT,
            3,
            () -> {
              int number = handlers.incrementAndGet();
              return (_, _, length, _, _, _) -> {
                served.add(number);
                return length;
              };
            },
            kind)) {
      assertThat(handlers).hasValue(3);
      assertThat(threadNames(listener)).hasSize(3);
      // The system chooses a worker by the client's port; so many clients reach all of them.
      for (int i = 0; i < 2_000 && served.size() < 3; i++) {
        try (UdpClient client = new UdpClient(listener.localAddress())) {
          assertThat(client.ask("query")).isEqualTo("query");
        }
      }
      assertThat(served).containsExactlyInAnyOrder(1, 2, 3);
    }
  }

  @Test
  void neverSharesAPortWithAnotherListener() {
    try (UdpListener first = open(2)) {
      InetSocketAddress same = first.localAddress();

      for (int workers : new int[] {1, 2}) {
        assertThatThrownBy(() -> UdpListener.open(same, workers, () -> UdpListenerTest::echo, kind))
            .isInstanceOf(PortInUseException.class)
            .hasMessageContaining(":" + same.getPort() + " is in use by ");
      }
    }
  }

  @Test
  void freesThePortIfAHandlerCannotBeMade() {
    UdpListener used = open(1);
    InetSocketAddress address = used.localAddress();
    used.close();

    assertThatThrownBy(() ->
            UdpListener.open(
                address,
                2,
                () -> {
                  throw new IllegalStateException("no zone");
                },
                kind))
        .hasMessage("no zone");

    UdpListener.open(address, 2, () -> UdpListenerTest::echo, kind).close();
  }

  @Test
  void closingEndsTheThreads() {
    UdpListener listener = open(2);
    assertThat(threadNames(listener)).hasSize(2);

    listener.close();
    listener.close();

    assertThat(threadNames(listener)).isEmpty();
  }

  @Test
  void needsAWorker() {
    assertThatThrownBy(() -> open(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<String> threadNames(UdpListener listener) {
    String prefix = "udp-127.0.0.1:" + listener.localAddress().getPort() + "-";
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private UdpListener open(int workers) {
    return UdpListener.open(ANY_PORT, workers, () -> UdpListenerTest::echo, kind);
  }
}
