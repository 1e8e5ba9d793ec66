package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * One connection: queries come in with two octets of length before each (RFC 1035 4.2.2), and are
 * answered in their order, except for those whose answers come later.
 *
 * <p>{@link #serve} runs on the connection's virtual thread with plain blocking reads and writes.
 * It notes what it is doing and until when; another thread looks at that now and then and ends the
 * connection when it has overstayed, which ends the read or write.
 */
final class TcpConnection {

  // Several usual queries; a connection that sends more gets more, and so does a longer message.
  private static final int BUFFER_OCTETS = 2 * 1024;
  private static final int BUSY_BUFFER_OCTETS = 16 * 1024;
  private static final int LENGTH_OCTETS = 2;
  private static final int HEADER_OCTETS = 12; // RFC 1035 4.1.1
  private static final int INCOMPLETE = -1;

  /** What the connection is doing. All but HANDLING have a time limit; writing has its own. */
  private enum Phase {
    SETTLING,
    WAITING,
    READING,
    HANDLING
  }

  private final SocketChannel channel;
  private final ByteStream stream;
  private final InetSocketAddress client;
  private final ClientNetwork network;
  private final TcpLimits limits;
  private final TcpEvents events;
  private final LongSupplier nanoTime;
  private final ConnectionOutput output;
  private final Semaphore laterRoom = new Semaphore(Reply.Later.IN_FLIGHT_MAX);

  private ByteBuffer input = ByteBuffer.allocate(BUFFER_OCTETS).flip();
  private boolean filled;
  private int received;
  private int answered;

  private volatile long deadlineNanos;
  private volatile long laterEndedNanos;
  private volatile Phase phase = Phase.SETTLING;
  private volatile boolean expired;

  /** A connection which begins to wait for its first octet now. */
  TcpConnection(
      SocketChannel channel,
      ByteStream stream,
      InetSocketAddress client,
      TcpLimits limits,
      TcpEvents events,
      LongSupplier nanoTime) {
    this.channel = channel;
    this.stream = stream;
    this.client = client;
    this.network = ClientNetwork.of(client.getAddress());
    this.limits = limits;
    this.events = events;
    this.nanoTime = nanoTime;
    this.output = new ConnectionOutput(stream, limits, nanoTime);
    long now = nanoTime.getAsLong();
    this.deadlineNanos = now + limits.firstByte().toNanos();
    this.laterEndedNanos = now - limits.idle().toNanos();
  }

  /**
   * Serves the client until either side ends the connection. Closes it in the end.
   *
   * @param tasks runs what answers later, each on a thread of its own
   */
  void serve(MessageHandler handler, WorkspacePool workspaces, Executor tasks) {
    try {
      if (settle()) {
        serveMessages(handler, workspaces, tasks);
      }
    } catch (IOException e) {
      // The client is gone, or we have closed: nobody is left to be told.
    } catch (Throwable e) {
      events.failed(e);
    } finally {
      end();
    }
  }

  private boolean settle() {
    try {
      stream.begin();
      begin(Phase.WAITING, limits.firstByte());
      return true;
    } catch (IOException e) {
      events.unsettled();
      return false;
    }
  }

  private void serveMessages(MessageHandler handler, WorkspacePool workspaces, Executor tasks)
      throws IOException {
    boolean goesOn = fill(1);
    while (goesOn) {
      begin(Phase.READING, limits.partialMessage());
      goesOn = fill(LENGTH_OCTETS) && fillMessage();
      if (goesOn) {
        goesOn = answerAll(handler, workspaces, tasks);
      }
      if (goesOn && !input.hasRemaining()) {
        begin(Phase.WAITING, limits.idle());
        goesOn = fill(1);
      }
    }
    // Clients may end their side once they have asked (RFC 7766 6.2.4).
    phase = Phase.HANDLING;
    laterRoom.acquireUninterruptibly(Reply.Later.IN_FLIGHT_MAX);
  }

  private boolean fillMessage() throws IOException {
    int length = Short.toUnsignedInt(input.getShort(input.position()));
    return length >= HEADER_OCTETS && fill(LENGTH_OCTETS + length); // else not DNS, or cut off
  }

  /** Octets of the message that the input begins with, which may not have come yet. */
  private int nextLength() {
    if (input.remaining() < LENGTH_OCTETS) {
      return INCOMPLETE;
    }
    int length = Short.toUnsignedInt(input.getShort(input.position()));
    return input.remaining() < LENGTH_OCTETS + length ? INCOMPLETE : length;
  }

  /** Answers all complete messages of the input; false if the connection is to end. */
  private boolean answerAll(MessageHandler handler, WorkspacePool workspaces, Executor tasks)
      throws IOException {
    phase = Phase.HANDLING;
    Workspace workspace = workspaces.take();
    try {
      workspace.batchStarts();
      boolean goesOn = true;
      for (int length = nextLength(); goesOn && length != INCOMPLETE; length = nextLength()) {
        goesOn = length >= HEADER_OCTETS && answer(length, workspace, handler, tasks);
      }
      flush(workspace);
      return goesOn;
    } catch (RuntimeException | Error e) {
      flush(workspace); // those before it have their answers
      throw e;
    } finally {
      workspaces.give(workspace);
    }
  }

  private boolean answer(int length, Workspace workspace, MessageHandler handler, Executor tasks)
      throws IOException {
    received++;
    input.position(input.position() + LENGTH_OCTETS);
    if (workspace.isNearlyFull()) {
      flush(workspace);
    }
    if (workspace.answerInPlace(input.array(), input.position(), length)) {
      input.position(input.position() + length);
      answered++;
      return true;
    }
    byte[] request = new byte[length];
    input.get(request);
    return switch (handler.handle(request, client, stream.protection())) {
      case Reply.Now(byte[] answer) -> {
        gather(answer, workspace);
        yield true;
      }
      case Reply.Close _ -> false;
      case Reply.Later(Reply.Task task) -> {
        answerLater(task, workspace, tasks);
        yield true;
      }
    };
  }

  private void gather(byte[] answer, Workspace workspace) throws IOException {
    if (!workspace.add(answer)) {
      flush(workspace);
      if (!workspace.add(answer)) {
        output.write(answer);
      }
    }
    answered++;
  }

  private void flush(Workspace workspace) throws IOException {
    int complete = received;
    int written = answered;
    received = 0;
    answered = 0;
    if (!workspace.isEmpty()) {
      output.write(workspace.gathered());
      workspace.clear();
    }
    events.messages(complete, written);
  }

  private void answerLater(Reply.Task task, Workspace workspace, Executor tasks)
      throws IOException {
    if (!laterRoom.tryAcquire()) {
      flush(workspace);
      laterRoom.acquireUninterruptibly();
    }
    try {
      tasks.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      laterRoom.release();
      throw new IOException("the listener is closing", e);
    }
  }

  private void run(Reply.Task task) {
    try {
      task.run(message -> {
        output.write(message);
        events.messages(0, 1);
      });
    } catch (IOException e) {
      close();
    } catch (Throwable e) {
      events.failed(e);
      close();
    } finally {
      laterEndedNanos = nanoTime.getAsLong();
      laterRoom.release();
    }
  }

  /**
   * Reads until the input holds as many octets, or more.
   *
   * @return false if the client has ended the connection before
   */
  private boolean fill(int octets) throws IOException {
    if (input.remaining() >= octets) {
      return true;
    }
    int capacity = Math.max(octets, filled ? BUSY_BUFFER_OCTETS : BUFFER_OCTETS);
    if (input.capacity() == capacity) {
      input.compact();
    } else {
      input = ByteBuffer.allocate(Math.max(capacity, input.remaining())).put(input);
    }
    boolean ended = false;
    while (!ended && input.position() < octets) {
      ended = stream.read(input) < 0;
    }
    filled = !input.hasRemaining();
    input.flip();
    return !ended;
  }

  // The time first: whoever sees the phase sees its time.
  private void begin(Phase next, Duration limit) {
    deadlineNanos = nanoTime.getAsLong() + limit.toNanos();
    phase = next;
  }

  ClientNetwork network() {
    return network;
  }

  private boolean isAnsweringLater() {
    return laterRoom.availablePermits() < Reply.Later.IN_FLIGHT_MAX;
  }

  /** Whether nothing of a query is lost by closing it. From any thread. */
  boolean waits() {
    return switch (phase) {
      case SETTLING -> true;
      case WAITING -> !isAnsweringLater() && !output.isWriting();
      case READING, HANDLING -> false;
    };
  }

  /** Time until the present phase is overdue, negative afterwards. From any thread. */
  long nanosLeft() {
    long now = nanoTime.getAsLong();
    long left = deadlineNanos - now;
    return phase == Phase.WAITING
        ? Math.max(left, laterEndedNanos + limits.idle().toNanos() - now)
        : left;
  }

  /** Whether the client has overstayed a time limit, or was told to leave. From any thread. */
  boolean overdue() {
    if (expired || output.overdue()) {
      return true;
    }
    return switch (phase) {
      case SETTLING, READING -> nanosLeft() < 0;
      case WAITING -> !isAnsweringLater() && nanosLeft() < 0;
      case HANDLING -> false;
    };
  }

  /**
   * Ends the connection of a client which has overstayed, or has to make room. Its own thread says
   * goodbye; if that has not happened by the second call, the connection is cut off. Does not
   * block. From any thread.
   *
   * @return whether this is the first call
   */
  boolean expire() {
    boolean first = !expired;
    expired = true;
    try {
      if (first && !output.overdue()) {
        channel.shutdownInput(); // ends the read
        return true;
      }
      // The client does not read; without this the system would keep the answers for minutes.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // closed just now
    }
    close();
    return first;
  }

  /** Says goodbye, within the time limit of writing, and closes. */
  private void end() {
    try {
      if (channel.isOpen()) {
        output.end();
      }
    } catch (IOException | RuntimeException e) {
      // the client is gone
    } finally {
      close();
    }
  }

  /** Cuts the connection off. From any thread; further calls do nothing. */
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
