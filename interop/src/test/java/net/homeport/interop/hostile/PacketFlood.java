package net.homeport.interop.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import net.homeport.interop.wire.DnsClient;

/**
 * Sends what {@link Mutations} makes, most of it by UDP from several sockets, some by TCP, with
 * good queries between. For one thread.
 */
final class PacketFlood implements AutoCloseable {
  private static final int SOCKETS = 4;

  /** So many fit into a socket's buffer: the good query behind them is not lost for its place. */
  private static final int BURST = 40;

  private static final int STREAM_MESSAGES = 20;
  private static final int BURSTS_BETWEEN_STREAMS = 20;

  private final InetSocketAddress server;
  private final Random random;
  private final Mutations mutations;
  private final DatagramSocket[] sockets = new DatagramSocket[SOCKETS];
  private final Prober prober;

  PacketFlood(InetSocketAddress server, Random random) throws IOException {
    this.server = server;
    this.random = random;
    this.mutations = new Mutations(random);
    for (int i = 0; i < SOCKETS; i++) {
      sockets[i] = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
    this.prober = new Prober(server, "127.0.0.200");
  }

  /** Sends so many messages. */
  void send(long messages) throws IOException {
    long sent = 0;
    for (int burst = 0; sent < messages; burst++) {
      for (int i = 0; i < BURST; i++, sent++) {
        byte[] octets = mutations.next();
        sockets[random.nextInt(SOCKETS)].send(new DatagramPacket(octets, octets.length, server));
      }
      prober.udp();
      if (burst % BURSTS_BETWEEN_STREAMS == 0) {
        stream();
        sent += STREAM_MESSAGES;
        prober.tcp();
      }
    }
  }

  /** Messages by TCP, now and then with a length that is not theirs. */
  private void stream() throws IOException {
    try (var socket = new Socket()) {
      // Not the address of the good client, whose connections are counted.
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.201"), 0));
      socket.setSoTimeout(1000);
      socket.connect(server);
      for (int i = 0; i < STREAM_MESSAGES; i++) {
        byte[] framed = DnsClient.Stream.framed(mutations.next());
        if (random.nextInt(10) == 0) {
          framed[random.nextInt(2)] = (byte) random.nextInt();
        }
        socket.getOutputStream().write(framed);
      }
      socket.shutdownOutput();
      if (random.nextBoolean()) {
        InputStream in = socket.getInputStream();
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    } catch (SocketException | java.net.SocketTimeoutException _) {
      // The server may hang up on us.
    }
  }

  String times() {
    return prober.times();
  }

  @Override
  public void close() {
    prober.close();
    for (DatagramSocket socket : sockets) {
      socket.close();
    }
  }
}
