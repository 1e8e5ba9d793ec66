package net.homeport.interop.hostile;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;

/** A good client that asks again and again, and takes the time. For one thread. */
final class Prober implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 1000;
  private static final int TRIES = 3;
  private static final String ANSWER = "www.hostile.test. 60 IN A 192.0.2.80";

  private final InetSocketAddress server;
  private final InetAddress source;
  private final DatagramSocket socket;
  private long[] nanos = new long[1024];
  private int count;
  private int id;

  /** A client with this address of the loopback. */
  Prober(InetSocketAddress server, String source) {
    try {
      this.server = server;
      this.source = InetAddress.ofLiteral(source);
      this.socket = new DatagramSocket(new InetSocketAddress(this.source, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private byte[] query() {
    id = (id + 1) & 0xFFFF;
    return Packet.query("www.hostile.test A").id(id).octets();
  }

  /** Asks by UDP; an answer that is lost is asked for again, three times at most. */
  void udp() throws IOException {
    byte[] query = query();
    byte[] room = new byte[2048];
    long began = System.nanoTime();
    for (int i = 0; i < TRIES; i++) {
      socket.send(new DatagramPacket(query, query.length, server));
      try {
        while (true) {
          var packet = new DatagramPacket(room, room.length);
          socket.receive(packet);
          if (room[0] == query[0] && room[1] == query[1]) {
            check(Reply.of(Arrays.copyOf(room, packet.getLength())));
            took(began);
            return;
          }
        }
      } catch (SocketTimeoutException _) {
        // Once more.
      }
    }
    throw new AssertionError("a good query by UDP was not answered");
  }

  /** Asks by TCP, over a connection of its own. */
  void tcp() throws IOException {
    long began = System.nanoTime();
    try (var stream = new Socket()) {
      stream.bind(new InetSocketAddress(source, 0));
      stream.setSoTimeout(5 * PATIENCE_MILLIS);
      stream.connect(server, 5 * PATIENCE_MILLIS);
      stream.getOutputStream().write(DnsClient.Stream.framed(query()));
      var in = new DataInputStream(stream.getInputStream());
      byte[] octets = new byte[in.readUnsignedShort()];
      in.readFully(octets);
      check(Reply.of(octets));
    }
    took(began);
  }

  private static void check(Reply reply) {
    if (!reply.answer().equals(java.util.List.of(ANSWER))) {
      throw new AssertionError("a good query was answered wrongly: " + reply);
    }
  }

  private void took(long began) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = System.nanoTime() - began;
  }

  /** How long answers took since the last time this was asked, for people. */
  String times() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    String text =
        count == 0
            ? "none"
            : String.format(
                Locale.ROOT,
                "%d, median %.2f ms, p99 %.2f ms, slowest %.1f ms",
                count,
                sorted[count / 2] / 1e6,
                sorted[count * 99 / 100] / 1e6,
                sorted[count - 1] / 1e6);
    count = 0;
    return text;
  }

  @Override
  public void close() {
    socket.close();
  }
}
