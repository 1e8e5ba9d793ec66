package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One connection: queries come in with two octets of length before each (RFC 1035 4.2.2), and are
 * answered one after the other, in their order.
 *
 * <p>{@link #serve} runs on the connection's virtual thread with plain blocking reads and writes.
 * It notes what it is doing and until when; another thread looks at that now and then and closes
 * the connection when it has overstayed, which ends the read or write.
 */
final class TcpConnection {

  // Several usual queries; a longer message gets a longer buffer for as long as it takes.
  private static final int BUFFER_OCTETS = 2048;
  private static final int LENGTH_OCTETS = 2;
  private static final int HEADER_OCTETS = 12; // RFC 1035 4.1.1
  private static final int MAX_MESSAGE_OCTETS = 65_535;

  /** What the connection is doing. All but HANDLING have a time limit. */
  private enum Phase {
    WAITING,
    READING,
    HANDLING,
    WRITING
  }

  private final SocketChannel channel;
  private final InetSocketAddress client;
  private final ClientNetwork network;
  private final TcpLimits limits;
  private final TcpEvents events;
  private final LongSupplier nanoTime;

  private ByteBuffer input = ByteBuffer.allocate(BUFFER_OCTETS).flip();

  private volatile long deadlineNanos;
  private volatile Phase phase = Phase.WAITING;

  /** A connection which begins to wait for its first octet now. */
  TcpConnection(
      SocketChannel channel,
      InetSocketAddress client,
      TcpLimits limits,
      TcpEvents events,
      LongSupplier nanoTime) {
    this.channel = channel;
    this.client = client;
    this.network = ClientNetwork.of(client.getAddress());
    this.limits = limits;
    this.events = events;
    this.nanoTime = nanoTime;
    this.deadlineNanos = nanoTime.getAsLong() + limits.firstByte().toNanos();
  }

  /** Serves the client until either side ends the connection. Closes it in the end. */
  void serve(MessageHandler handler) {
    try {
      boolean goesOn = fill(1);
      while (goesOn) {
        begin(Phase.READING, limits.partialMessage());
        goesOn = serveMessage(handler);
        if (goesOn && !input.hasRemaining()) {
          begin(Phase.WAITING, limits.idle());
          goesOn = fill(1);
        }
      }
    } catch (IOException e) {
      // The client is gone, or we have closed: nobody is left to be told.
    } finally {
      close();
    }
  }

  private boolean serveMessage(MessageHandler handler) throws IOException {
    if (!fill(LENGTH_OCTETS)) {
      return false;
    }
    int length = Short.toUnsignedInt(input.getShort());
    if (length < HEADER_OCTETS || !fill(length)) {
      return false; // not DNS, or cut off
    }
    byte[] request = new byte[length];
    input.get(request);
    phase = Phase.HANDLING;
    events.received();
    byte[] answer = handler.handle(request, client);
    if (answer == null) {
      return false;
    }
    write(answer);
    events.answered();
    return true;
  }

  /**
   * Reads until the buffer holds as many octets, or more.
   *
   * @return false if the client has ended the connection before
   */
  private boolean fill(int octets) throws IOException {
    if (input.remaining() >= octets) {
      return true;
    }
    ByteBuffer next = input;
    if (octets > BUFFER_OCTETS || input.capacity() > BUFFER_OCTETS) {
      next = ByteBuffer.allocate(Math.max(octets, BUFFER_OCTETS)).put(input);
    } else {
      next.compact();
    }
    boolean ended = false;
    while (!ended && next.position() < octets) {
      ended = channel.read(next) < 0;
    }
    input = next.flip();
    return !ended;
  }

  // Length and message in one write, lest they go out as two packets (RFC 7766 section 8).
  private void write(byte[] answer) throws IOException {
    if (answer.length > MAX_MESSAGE_OCTETS) {
      throw new IllegalStateException("an answer of " + answer.length + " octets");
    }
    ByteBuffer framed = ByteBuffer.allocate(LENGTH_OCTETS + answer.length);
    framed.putShort((short) answer.length).put(answer).flip();
    begin(Phase.WRITING, limits.writeTimeout());
    while (framed.hasRemaining()) {
      int ignored = channel.write(framed);
    }
  }

  // The time first: whoever sees the phase sees its time.
  private void begin(Phase next, Duration limit) {
    deadlineNanos = nanoTime.getAsLong() + limit.toNanos();
    phase = next;
  }

  ClientNetwork network() {
    return network;
  }

  /** Whether it waits for a query, and nothing is lost by closing it. From any thread. */
  boolean waits() {
    return phase == Phase.WAITING;
  }

  /** Time until the present phase is overdue, negative afterwards. From any thread. */
  long nanosLeft() {
    return deadlineNanos - nanoTime.getAsLong();
  }

  /** Whether the client has overstayed a time limit. From any thread. */
  boolean overdue() {
    return phase != Phase.HANDLING && nanosLeft() < 0;
  }

  /** Ends the connection of a client which has overstayed. From any thread. */
  void abort() {
    try {
      if (phase == Phase.WRITING) {
        // The client does not read; without this the system would keep the answers for minutes.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // closed just now
    } finally {
      close();
    }
  }

  /** Ends the connection. From any thread; further calls do nothing. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed already, or as good as
    } finally {
      events.closed(this);
    }
  }
}
