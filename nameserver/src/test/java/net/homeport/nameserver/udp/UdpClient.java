package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A client which takes answers only from the address it asks, and the other side's vocabulary: text
 * in, text out.
 */
final class UdpClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;

  UdpClient(InetSocketAddress server) {
    this.server = server;
    try {
      InetAddress local = InetAddress.ofLiteral(isIpv6(server) ? "::1" : "127.0.0.1");
      socket = new DatagramSocket(new InetSocketAddress(local, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress().getAddress().length == 16;
  }

  static boolean isLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  }

  /** Whether this machine has an IPv6 loopback address. */
  static boolean hasIpv6() {
    try (DatagramSocket probe =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0))) {
      return probe.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  // Not connected, because then the JDK would not send an empty datagram.
  void send(String text) throws IOException {
    byte[] octets = text.getBytes(UTF_8);
    socket.send(new DatagramPacket(octets, octets.length, server));
  }

  String receive() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      socket.receive(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(packet.getSocketAddress()).isEqualTo(server);
    return new String(packet.getData(), 0, packet.getLength(), UTF_8);
  }

  String ask(String query) throws IOException {
    send(query);
    return receive();
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Makes a thread which waits in {@link #receive} fail. */
  void stop() {
    socket.close();
  }

  @Override
  public void close() {
    stop();
  }

  /** The datagram in a slot. */
  static String text(PacketIo io, int slot) {
    return text(io.slab(), (long) slot * PacketIo.SLOT_BYTES, io.length(slot));
  }

  static String text(MemorySegment slab, long offset, int length) {
    return new String(slab.asSlice(offset, length).toArray(JAVA_BYTE), UTF_8);
  }

  /** Writes an answer into a slot and returns its length. */
  static int write(MemorySegment slab, long offset, String text) {
    byte[] octets = text.getBytes(UTF_8);
    MemorySegment.copy(octets, 0, slab, JAVA_BYTE, offset, octets.length);
    return octets.length;
  }

  /** Answers so many datagrams; an empty answer is none. */
  static void serve(PacketIo io, int datagrams, UnaryOperator<String> answer) {
    int served = 0;
    while (served < datagrams) {
      int count = io.receive();
      for (int slot = 0; slot < count; slot++) {
        String reply = answer.apply(text(io, slot));
        io.reply(slot, write(io.slab(), (long) slot * PacketIo.SLOT_BYTES, reply));
      }
      int ignored = io.send();
      served += count;
    }
  }
}
