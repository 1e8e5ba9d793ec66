package net.homeport.nameserver.tcp;

import java.io.IOException;

/** What a message gets. */
public sealed interface Reply {

  /**
   * One answer, now.
   *
   * @param answer a message without its length, at most 65535 octets
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Now(byte[] answer) implements Reply {}

  /** None, and the connection ends: it does not speak DNS. */
  record Close() implements Reply {}

  /**
   * Any number of messages, when they are ready. Meanwhile the connection goes on, and answers the
   * queries behind this one before it (RFC 7766 section 7). A connection has at most {@value
   * #IN_FLIGHT_MAX} of these at a time; then it reads no further until one has ended.
   *
   * @param task sends them
   */
  record Later(Task task) implements Reply {
    /** How many of these one connection may have at a time. */
    public static final int IN_FLIGHT_MAX = 16;
  }

  /** Makes the messages of a {@link Later}, on a virtual thread of its own. */
  @FunctionalInterface
  interface Task {
    /**
     * Sends all messages. If it fails, the connection is closed: that tells the client.
     *
     * @throws IOException of the sink; the connection is gone
     */
    void run(Sink sink) throws IOException;
  }

  /** Takes messages to the client, each whole, in the order of the calls. Safe for any thread. */
  @FunctionalInterface
  interface Sink {
    /**
     * Sends a message; waits while the client is slow to read, within {@link
     * TcpLimits#writeTimeout}.
     *
     * @param message without its length, at most 65535 octets
     * @throws IOException if the connection is gone, or the client too slow
     */
    void send(byte[] message) throws IOException;
  }

  /** One answer, now. */
  static Reply now(byte[] answer) {
    return new Now(answer);
  }

  /** None, and the connection ends. */
  static Reply close() {
    return new Close();
  }

  /** The messages that this task sends. */
  static Reply later(Task task) {
    return new Later(task);
  }
}
