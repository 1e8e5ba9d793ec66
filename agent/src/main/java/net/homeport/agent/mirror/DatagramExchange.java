package net.homeport.agent.mirror;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.homeport.agent.address.AddressFamily;

/**
 * Sends a datagram until it is answered. Each exchange has a socket of its own, of the server's
 * family and with a port that chance chose, which hears nobody but the server.
 */
final class DatagramExchange {
  /** Pauses after each sending, as RFC 8489 section 6.2.1 begins them. */
  static final Duration[] PAUSES = {
    Duration.ofMillis(500), Duration.ofMillis(1000), Duration.ofMillis(2000)
  };

  private static final int OCTETS_MAX = 2048;

  private DatagramExchange() {}

  /** Reads what came. */
  interface Reading<T> {
    /**
     * What the datagram says.
     *
     * @return empty if it is not the answer to what was asked: then more is waited for
     * @throws IOException if it is, and a refusal
     */
    Optional<T> read(byte[] datagram) throws IOException;
  }

  /**
   * Asks, three times within three and a half seconds.
   *
   * @throws IOException when no answer came, or one that refuses
   * @throws InterruptedException when the waiting thread was interrupted
   */
  static <T> T ask(InetSocketAddress server, byte[] request, Reading<T> reading)
      throws IOException, InterruptedException {
    boolean isIpv4 = AddressFamily.of(server.getAddress()) == AddressFamily.IPV4;
    var family = isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try (Selector selector = Selector.open();
        DatagramChannel channel = DatagramChannel.open(family)) {
      channel.configureBlocking(false);
      // The system drops what others send to a connected socket.
      channel.connect(server);
      channel.register(selector, SelectionKey.OP_READ);
      for (Duration pause : PAUSES) {
        channel.write(ByteBuffer.wrap(request));
        Optional<T> answer = await(selector, channel, pause, reading);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      throw new IOException("no answer");
    } catch (PortUnreachableException e) {
      throw new IOException("nobody answers at port " + server.getPort(), e);
    }
  }

  private static <T> Optional<T> await(
      Selector selector, DatagramChannel channel, Duration pause, Reading<T> reading)
      throws IOException, InterruptedException {
    ByteBuffer room = ByteBuffer.allocate(OCTETS_MAX);
    long end = System.nanoTime() + pause.toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return Optional.empty();
      }
      selector.select(left);
      selector.selectedKeys().clear();
      if (Thread.interrupted()) {
        throw new InterruptedException("while an answer was waited for");
      }
      while (channel.read(room.clear()) > 0) {
        byte[] datagram = new byte[room.flip().remaining()];
        room.get(datagram);
        Optional<T> answer = reading.read(datagram);
        if (answer.isPresent()) {
          return answer;
        }
        if (System.nanoTime() - end > 0) {
          return Optional.empty();
        }
      }
    }
  }
}
