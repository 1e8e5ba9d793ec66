package net.homeport.interop.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends octets to a DNS server, and reads what comes back. Safe for use by many threads. */
public final class DnsClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Long enough for a server on this machine to have answered if it wanted to. */
  private static final Duration SILENCE = Duration.ofMillis(300);

  private static final int UDP_MAX = 65_535;

  private final InetSocketAddress server;

  /** A client of this server. */
  public DnsClient(InetSocketAddress server) {
    this.server = server;
  }

  /** Where the server is. */
  public InetSocketAddress server() {
    return server;
  }

  /** The answer by UDP, which must come. */
  public Reply udp(byte[] octets) {
    return Reply.of(received(octets, null, PATIENCE));
  }

  /** The answer by UDP, asked from this address. */
  public Reply udpFrom(InetAddress source, byte[] octets) {
    return Reply.of(received(octets, source, PATIENCE));
  }

  /** The answer by UDP, or null if none comes. */
  public @Nullable Reply udpOrSilence(byte[] octets) {
    byte[] reply = exchange(octets, null, SILENCE);
    return reply == null ? null : Reply.of(reply);
  }

  private byte[] received(byte[] octets, @Nullable InetAddress source, Duration patience) {
    byte[] reply = exchange(octets, source, patience);
    if (reply == null) {
      throw new AssertionError("no answer by UDP");
    }
    return reply;
  }

  private byte @Nullable [] exchange(
      byte[] octets, @Nullable InetAddress source, Duration patience) {
    try (var socket =
        new DatagramSocket(source == null ? null : new InetSocketAddress(source, 0))) {
      if (source == null) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      }
      socket.setSoTimeout((int) patience.toMillis());
      socket.send(new DatagramPacket(octets, octets.length, server));
      var packet = new DatagramPacket(new byte[UDP_MAX], UDP_MAX);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    } catch (SocketTimeoutException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer by TCP, over a connection of its own. */
  public Reply tcp(byte[] octets) {
    try (Stream stream = connect()) {
      stream.send(octets);
      return stream.receive();
    }
  }

  /** A new TCP connection. */
  public Stream connect() {
    try {
      var socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.connect(server, (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new Stream(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A TCP connection. */
  public static final class Stream implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    private Stream(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
    }

    /** A message with the two octets of its length before it (RFC 7766 8). */
    public static byte[] framed(byte[] octets) {
      return Packet.joined(new byte[] {(byte) (octets.length >>> 8), (byte) octets.length}, octets);
    }

    /** Sends a message. */
    public void send(byte[] octets) {
      write(framed(octets));
    }

    /** Sends octets as they are. */
    public void write(byte[] octets) {
      try {
        socket.getOutputStream().write(octets);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Says that nothing more will be sent. */
    public void halfClose() {
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The next message, which must come. */
    public Reply receive() {
      byte[] octets = receiveOrEnd();
      if (octets == null) {
        throw new AssertionError("the server closed the connection without an answer");
      }
      return Reply.of(octets);
    }

    /** The next message, or null if the server closes the connection instead. */
    public byte @Nullable [] receiveOrEnd() {
      try {
        byte[] octets = new byte[in.readUnsignedShort()];
        in.readFully(octets);
        return octets;
      } catch (EOFException | SocketException _) {
        return null;
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither an answer nor an end of the connection", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits this long at most for the next message or the end. */
    public void patience(Duration duration) {
      try {
        socket.setSoTimeout((int) duration.toMillis());
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
