package net.homeport.interop.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Reply;
import org.jspecify.annotations.Nullable;

/** Asks one server one question after another, over one socket and one connection. One thread. */
final class Link implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 1500;
  private static final int TRIES = 3;

  private final DnsClient client;
  private final DatagramSocket socket;
  private final DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
  private DnsClient.@Nullable Stream stream;

  Link(InetSocketAddress server) {
    try {
      client = new DnsClient(server);
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      socket.connect(server);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a question without waiting, unless it goes over TCP. */
  void send(Question question, int id) {
    if (!question.tcp()) {
      byte[] octets = question.octets(id);
      try {
        socket.send(new DatagramPacket(octets, octets.length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The answer to what was sent; null after three times of silence. */
  @Nullable Reply receive(Question question, int id) {
    for (int i = 0; i < TRIES; i++) {
      Reply reply = question.tcp() ? overTcp(question, id) : overUdp(id);
      if (reply != null) {
        return reply;
      }
      send(question, id);
    }
    return null;
  }

  private @Nullable Reply overUdp(int id) {
    try {
      while (true) {
        packet.setLength(65_535);
        socket.receive(packet);
        byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
        if (octets.length > 1 && ((octets[0] & 0xFF) << 8 | (octets[1] & 0xFF)) == id) {
          return Reply.of(octets);
        }
      }
    } catch (SocketTimeoutException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Reply overTcp(Question question, int id) {
    DnsClient.Stream open = stream == null ? client.connect() : stream;
    stream = open;
    byte[] octets = null;
    try {
      open.send(question.octets(id));
      octets = open.receiveOrEnd();
    } catch (UncheckedIOException _) {
      // It was closed; the next try opens another.
    }
    if (octets == null) {
      open.close();
      stream = null;
      return null;
    }
    return Reply.of(octets);
  }

  @Override
  public void close() {
    socket.close();
    if (stream != null) {
      stream.close();
    }
  }
}
