package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The way to the client, which several threads may use: whole messages, one after the other, each
 * write within a time limit.
 */
final class ConnectionOutput {

  private static final int LENGTH_OCTETS = 2;
  private static final int MAX_MESSAGE_OCTETS = 65_535;

  private final ByteStream stream;
  private final long limitNanos;
  private final LongSupplier nanoTime;
  // Held while writing, for as long as the client takes to read, which the deadline bounds.
  private final ReentrantLock lock = new ReentrantLock();

  private volatile long deadlineNanos;
  private volatile boolean writing;

  ConnectionOutput(ByteStream stream, TcpLimits limits, LongSupplier nanoTime) {
    this.stream = stream;
    this.limitNanos = limits.writeTimeout().toNanos();
    this.nanoTime = nanoTime;
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Writes messages which have their lengths before them. */
  void write(ByteBuffer framed) throws IOException {
    within(() -> stream.write(framed));
  }

  /** Writes one message. */
  void write(byte[] message) throws IOException {
    if (message.length > MAX_MESSAGE_OCTETS) {
      throw new IllegalStateException("an answer of " + message.length + " octets");
    }
    // Length and message in one write, lest they go out as two packets (RFC 7766 section 8).
    ByteBuffer framed = ByteBuffer.allocate(LENGTH_OCTETS + message.length);
    framed.putShort((short) message.length).put(message).flip();
    write(framed);
  }

  /** Says goodbye. */
  void end() throws IOException {
    within(stream::end);
  }

  private void within(Writing action) throws IOException {
    lock.lock();
    try {
      // The time first: whoever sees that we write sees its time.
      deadlineNanos = nanoTime.getAsLong() + limitNanos;
      writing = true;
      action.run();
    } finally {
      writing = false;
      lock.unlock();
    }
  }

  /** Whether something is being written. From any thread. */
  boolean isWriting() {
    return writing;
  }

  /** Whether the client has taken too long to read. From any thread. */
  boolean overdue() {
    return writing && deadlineNanos - nanoTime.getAsLong() < 0;
  }
}
