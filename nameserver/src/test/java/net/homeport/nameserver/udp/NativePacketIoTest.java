package net.homeport.nameserver.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only the native implementation promises. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NativePacketIoTest {

  @BeforeAll
  static void worksHere() {
    Assumptions.assumeTrue(UdpClient.isLinux());
    assertThat(NativePacketIo.hindrance()).isEmpty();
  }

  @Test
  void isTheAutomaticChoice() {
    try (PacketIo io = PacketIo.open(at("127.0.0.1", 0), false, PacketIo.Kind.AUTOMATIC)) {
      assertThat(io).isInstanceOf(NativePacketIo.class);
    }
  }

  @Test
  void takesWholeBatches() throws IOException {
    try (PacketIo io = open("127.0.0.1");
        UdpClient client = new UdpClient(io.localAddress())) {
      for (int i = 0; i < PacketIo.BATCH + 10; i++) {
        client.send("query " + i);
      }

      assertThat(io.receive()).isEqualTo(PacketIo.BATCH);
      for (int slot = 0; slot < PacketIo.BATCH; slot++) {
        io.reply(slot, slot % 3 == 1 ? 0 : io.length(slot));
      }
      assertThat(io.send()).isEqualTo(43);
      for (int i = 0; i < PacketIo.BATCH; i++) {
        if (i % 3 != 1) {
          assertThat(client.receive()).isEqualTo("query " + i);
        }
      }
      assertThat(io.receive()).isEqualTo(10);
    }
  }

  @Test
  void answersFromTheAddressWhichWasAsked() throws IOException {
    try (PacketIo io = open("0.0.0.0")) {
      for (String asked : new String[] {"127.0.0.1", "127.0.0.2", "127.1.2.3"}) {
        asksAndIsAnswered(io, asked);
      }
    }
  }

  @Test
  void answersOverBothFamiliesFromTheIpv6Wildcard() throws IOException {
    Assumptions.assumeTrue(UdpClient.hasIpv6());
    try (PacketIo io = open("::")) {
      for (String asked : new String[] {"::1", "127.0.0.1", "127.0.0.2"}) {
        asksAndIsAnswered(io, asked);
      }
    }
  }

  // The client hears nobody but the address it asked.
  private static void asksAndIsAnswered(PacketIo io, String asked) throws IOException {
    try (UdpClient client = new UdpClient(at(asked, io.localAddress().getPort()))) {
      client.send("query");
      UdpClient.serve(io, 1, query -> query + " to " + asked);
      assertThat(client.receive()).isEqualTo("query to " + asked);

      client.send("slow query");
      assertThat(io.receive()).isEqualTo(1);
      ReturnPath path = io.returnPath(0);
      assertThat(path.from()).isEqualTo(InetAddress.ofLiteral(asked));
      assertThat(path.to()).isEqualTo(client.localAddress());
      assertThat(io.sendTo("late".getBytes(UTF_8), path)).isTrue();
      assertThat(client.receive()).isEqualTo("late");
    }
  }

  @Test
  void oneAddressOfAFamilyDoesNotHoldThePortOfTheOther() {
    Assumptions.assumeTrue(UdpClient.hasIpv6());
    try (PacketIo four = open("127.0.0.1");
        PacketIo six =
            PacketIo.open(at("::1", four.localAddress().getPort()), false, PacketIo.Kind.NATIVE)) {
      assertThat(six.localAddress().getPort()).isEqualTo(four.localAddress().getPort());
    }
  }

  @Test
  void anAnswerWhichTheSystemRefusesDoesNotHoldUpTheOthers() throws IOException {
    try (PacketIo io = open("127.0.0.1");
        UdpClient first = new UdpClient(io.localAddress());
        UdpClient last = new UdpClient(io.localAddress())) {
      first.send("first");
      last.send("spoilt");
      last.send("last");
      assertThat(io.receive()).isEqualTo(3);
      // Nothing can be sent to port 0, and nobody can send from it: a stroke of the pen.
      ((NativePacketIo) io).names.set(ValueLayout.JAVA_SHORT, 32 + 2, (short) 0);
      for (int slot = 0; slot < 3; slot++) {
        io.reply(slot, io.length(slot));
      }

      assertThat(io.send()).isEqualTo(2);

      assertThat(first.receive()).isEqualTo("first");
      assertThat(last.receive()).isEqualTo("last");
    }
  }

  /* Rounds are measured until one is clean, because the JIT compiler decides when the code is warm;
   * if the path allocated for each packet, no round would ever be. */
  @Test
  void allocatesNothingForAPacket() throws InterruptedException {
    int packets = 5_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PacketIo io = open("0.0.0.0");
        UdpClient client = new UdpClient(at("127.0.0.1", io.localAddress().getPort()))) {
      Thread asking = Thread.ofPlatform().daemon().start(() -> askUntilClosed(client));
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 100 && allocated > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        echo(io, packets);
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).as("bytes for %d packets", packets).isZero();
      client.stop();
      asking.join();
    }
  }

  private static long echo(PacketIo io, int packets) {
    long senders = 0;
    int served = 0;
    while (served < packets) {
      int count = io.receive();
      for (int slot = 0; slot < count; slot++) {
        senders ^= io.senderHigh(slot) ^ io.senderLow(slot) ^ io.senderPort(slot);
        io.reply(slot, io.length(slot));
      }
      int ignored = io.send();
      served += count;
    }
    return senders;
  }

  private static void askUntilClosed(UdpClient client) {
    try {
      while (true) {
        for (int i = 0; i < 16; i++) {
          client.send("query");
        }
        for (int i = 0; i < 16; i++) {
          String ignored = client.receive();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // closed
    }
  }

  private static PacketIo open(String address) {
    return PacketIo.open(at(address, 0), false, PacketIo.Kind.NATIVE);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
