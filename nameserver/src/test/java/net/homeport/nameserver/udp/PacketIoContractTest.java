package net.homeport.nameserver.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.homeport.nameserver.socket.AddressNotLocalException;
import net.homeport.nameserver.socket.PortInUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link PacketIo} does, over IPv4 and IPv6. */
@ParameterizedClass(name = "{0} on {1}")
@MethodSource("variants")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PacketIoContractTest {

  private final PacketIo.Kind kind;
  private final String loopback;
  private PacketIo io;
  private UdpClient client;

  PacketIoContractTest(PacketIo.Kind kind, String loopback) {
    this.kind = kind;
    this.loopback = loopback;
    this.io = open(0, false);
    this.client = new UdpClient(io.localAddress());
  }

  static Stream<Arguments> variants() {
    List<String> addresses =
        UdpClient.hasIpv6() ? List.of("127.0.0.1", "::1") : List.of("127.0.0.1");
    return Stream.of(PacketIo.Kind.NATIVE, PacketIo.Kind.CHANNEL)
        .filter(kind -> kind == PacketIo.Kind.CHANNEL || UdpClient.isLinux())
        .flatMap(kind -> addresses.stream().map(address -> Arguments.of(kind, address)));
  }

  @BeforeEach
  void slabHasAllSlots() {
    assertThat(io.slab().byteSize()).isEqualTo((long) PacketIo.BATCH * PacketIo.SLOT_BYTES);
  }

  @AfterEach
  void closeAll() {
    client.close();
    io.close();
  }

  @Test
  void bindsToARealPort() {
    assertThat(io.localAddress().getPort()).isPositive();
    assertThat(io.localAddress().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void takesDatagramsInInTheirOrder() throws IOException {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      sent.add("query " + i);
      client.send("query " + i);
    }

    List<String> received = new ArrayList<>();
    while (received.size() < sent.size()) {
      int count = io.receive();
      assertThat(count).isBetween(1, PacketIo.BATCH);
      for (int slot = 0; slot < count; slot++) {
        received.add(text(slot));
      }
    }

    assertThat(received).isEqualTo(sent);
  }

  @Test
  void answersInPlaceToEachSender() throws IOException {
    List<UdpClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(new UdpClient(io.localAddress()));
    }
    for (int round = 0; round < 30; round++) {
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).send("round " + round + " of " + i);
      }
      serve(clients.size(), query -> query + "!");
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).receive()).isEqualTo("round " + round + " of " + i + "!");
      }
    }
    clients.forEach(UdpClient::close);
  }

  @Test
  void anAnswerMayBeShorterThanTheQuery() throws IOException {
    client.send("a long question");

    serve(1, _ -> "no");

    assertThat(client.receive()).isEqualTo("no");
  }

  @Test
  void aReplyOfNoLengthMeansNoAnswer() throws IOException {
    client.send("first");
    client.send("silent");
    client.send("last");

    serve(3, query -> query.equals("silent") ? "" : query);

    assertThat(client.receive()).isEqualTo("first");
    assertThat(client.receive()).isEqualTo("last");
  }

  @Test
  void aSlotIsReusedForADatagramOfAnyLength() throws IOException {
    for (int length : new int[] {300, 1, 0, 4096, 12, 4095}) {
      client.send("x".repeat(length));
      serve(1, query -> query.length() + " octets");
      assertThat(client.receive()).isEqualTo(length + " octets");
    }
  }

  @Test
  void anAnswerMayFillTheSlot() throws IOException {
    String full = "y".repeat(PacketIo.SLOT_BYTES);
    client.send("fill");

    serve(1, _ -> full);

    assertThat(client.receive()).isEqualTo(full);
  }

  @Test
  void aDatagramLongerThanItsSlotIsReported() throws IOException {
    client.send("z".repeat(PacketIo.SLOT_BYTES + 1));
    assertThat(io.receive()).isEqualTo(1);
    assertThat(io.length(0)).isEqualTo(PacketIo.TOO_LONG);

    client.send("next");
    assertThat(io.receive()).isEqualTo(1);
    assertThat(text(0)).isEqualTo("next");
  }

  @Test
  void refusesAReplyLongerThanTheSlot() throws IOException {
    client.send("query");
    assertThat(io.receive()).isEqualTo(1);

    assertThatThrownBy(() -> io.reply(0, PacketIo.SLOT_BYTES + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> io.reply(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void knowsTheSender() throws IOException {
    client.send("query");
    assertThat(io.receive()).isEqualTo(1);

    InetSocketAddress sender = client.localAddress();
    assertThat(io.sender(0)).isEqualTo(sender);
    assertThat(io.senderPort(0)).isEqualTo(sender.getPort());
    ByteBuffer octets = ByteBuffer.wrap(sender.getAddress().getAddress());
    if (octets.capacity() == 4) {
      assertThat(io.senderHigh(0)).isZero();
      assertThat(io.senderLow(0)).isEqualTo(0xffff_7f00_0001L);
    } else {
      assertThat(io.senderHigh(0)).isEqualTo(octets.getLong(0));
      assertThat(io.senderLow(0)).isEqualTo(octets.getLong(8));
    }
  }

  @Test
  void anAnswerCanBeSentLaterFromAnotherThread() throws Exception {
    client.send("slow query");
    assertThat(io.receive()).isEqualTo(1);
    ReturnPath path = io.returnPath(0);
    client.send("quick query");
    serve(1, query -> query);
    assertThat(client.receive()).isEqualTo("quick query");

    Thread other = Thread.ofPlatform().start(() -> io.sendTo("late".getBytes(UTF_8), path));
    other.join();

    assertThat(client.receive()).isEqualTo("late");
    assertThat(io.sendTo("again".getBytes(UTF_8), client.localAddress())).isTrue();
    assertThat(client.receive()).isEqualTo("again");
  }

  @Test
  void aLateAnswerMayBeLongerThanASlot() throws IOException {
    String longAnswer = "l".repeat(3 * PacketIo.SLOT_BYTES);

    assertThat(io.sendTo(longAnswer.getBytes(UTF_8), client.localAddress())).isTrue();

    assertThat(client.receive()).isEqualTo(longAnswer);
  }

  @Test
  void anAnswerWhichCannotBeSentDoesNotHoldUpTheOthers() {
    boolean sent = io.sendTo(new byte[100_000], client.localAddress()); // no datagram is so long

    assertThat(sent).isFalse();
    assertThat(io.sendTo("short".getBytes(UTF_8), client.localAddress())).isTrue();
    assertThat(client.receive()).isEqualTo("short");
  }

  @Test
  void closingWakesTheReceiver() throws Exception {
    AtomicInteger result = new AtomicInteger(-1);
    Thread owner = Thread.ofPlatform().start(() -> result.set(io.receive()));
    Thread.sleep(50); // as a rule long enough for it to wait; if not, the test is just easier

    io.close();

    owner.join();
    assertThat(result).hasValue(0);
  }

  @Test
  void afterClosingNothingDoesHarm() throws IOException {
    client.send("query");
    assertThat(io.receive()).isEqualTo(1);
    ReturnPath path = io.returnPath(0);
    io.close();
    io.close();

    assertThat(text(0)).isEqualTo("query");
    io.reply(0, 5);
    assertThat(io.send()).isZero();
    assertThat(io.sendTo("late".getBytes(UTF_8), path)).isFalse();
    assertThat(io.receive()).isZero();
    assertThat(io.localAddress().getPort()).isPositive();
  }

  @Test
  void closingUnderLoadIsSafe() throws Exception {
    for (int round = 0; round < 20; round++) {
      PacketIo busy = open(0, false);
      InetSocketAddress to = client.localAddress();
      Thread owner =
          Thread.ofPlatform()
              .start(() -> {
                int count;
                while ((count = busy.receive()) > 0) {
                  for (int slot = 0; slot < count; slot++) {
                    busy.reply(slot, busy.length(slot));
                  }
                  int ignored = busy.send();
                }
              });
      Thread late =
          Thread.ofPlatform()
              .start(() -> {
                while (busy.sendTo(new byte[] {1}, to)) {
                  Thread.onSpinWait();
                }
              });
      try (UdpClient flood = new UdpClient(busy.localAddress())) {
        for (int i = 0; i < 100; i++) {
          flood.send("query");
        }
      }
      busy.close();
      owner.join();
      late.join();
    }
  }

  @Test
  void severalSocketsMayShareAPort() {
    try (PacketIo first = open(0, true);
        PacketIo second = open(first.localAddress().getPort(), true)) {
      assertThat(second.localAddress()).isEqualTo(first.localAddress());
    }
  }

  @Test
  void aBusyPortIsReportedWithItsHolder() {
    int port = io.localAddress().getPort();

    assertThatThrownBy(() -> open(port, false))
        .isInstanceOf(PortInUseException.class)
        .hasMessageStartingWith("UDP ")
        .hasMessageContaining(":" + port + " is in use by ")
        .hasMessageContaining(
            UdpClient.isLinux() ? "process " + ProcessHandle.current().pid() : "program")
        .hasMessageContaining("--dns");
  }

  @Test
  void anAddressOfAnotherMachineIsReported() {
    String foreign = loopback.equals("::1") ? "2001:db8:ffff::250" : "203.0.113.250";

    assertThatThrownBy(() ->
            PacketIo.open(new InetSocketAddress(InetAddress.ofLiteral(foreign), 0), false, kind))
        .isInstanceOf(AddressNotLocalException.class)
        .hasMessageContaining(foreign + " is not an address of this machine");
  }

  @Test
  void aClosedPortCanBeOpenedAgain() {
    int port = io.localAddress().getPort();
    io.close();

    try (PacketIo again = open(port, false)) {
      assertThat(again.localAddress().getPort()).isEqualTo(port);
    }
  }

  private PacketIo open(int port, boolean sharePort) {
    return PacketIo.open(
        new InetSocketAddress(InetAddress.ofLiteral(loopback), port), sharePort, kind);
  }

  private String text(int slot) {
    return UdpClient.text(io, slot);
  }

  /** Answers so many datagrams; an empty answer is none. */
  private void serve(int datagrams, UnaryOperator<String> answer) {
    UdpClient.serve(io, datagrams, answer);
  }
}
