package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.nameserver.socket.ListenException;
import net.homeport.nameserver.socket.ListenFailure;
import net.homeport.nameserver.socket.Transport;
import net.homeport.nameserver.tcp.ConnectionTable.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves DNS in streams, plain or within TLS, on one address: a virtual thread for each connection,
 * within {@link TcpLimits}. Two platform threads of its own accept connections and watch their
 * time.
 *
 * <p>All methods may be called from any thread.
 */
public final class TcpListener implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(TcpListener.class);

  /** How many connections the system holds for us until they are accepted; it may hold fewer. */
  private static final int BACKLOG = 1024;

  /** How long {@link #close} waits for handlers which do not come back. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  // After accepting has failed, as a rule for lack of file descriptors: the pause doubles.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration SHORTEST_WATCH = Duration.ofMillis(5);
  private static final Duration LONGEST_WATCH = Duration.ofMillis(500);

  /** Where new connections come from; a test can make it fail. */
  interface Acceptor extends AutoCloseable {
    SocketChannel accept() throws IOException;

    @Override
    void close() throws IOException;
  }

  private final InetSocketAddress localAddress;
  private final String name;
  private final Acceptor acceptor;
  private final ByteStream.Opener streams;
  private final MessageHandler handler;
  private final WorkspacePool workspaces;
  private final TcpLimits limits;
  private final LongSupplier nanoTime;
  private final ConnectionTable table;
  private final FailureLog failureLog;
  private final ExecutorService connections;
  private final Thread accepting;
  private final Thread watching;
  private final TcpEvents events = new Events();
  private volatile boolean closed;

  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder displaced = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder unsettled = new LongAdder();

  private TcpListener(
      Endpoint local,
      Acceptor acceptor,
      ByteStream.Opener streams,
      MessageHandler handler,
      TcpLimits limits,
      LongSupplier nanoTime) {
    this.localAddress = local.address();
    this.name =
        local.transport().name().toLowerCase(Locale.ROOT) + "-" + Endpoint.text(localAddress);
    this.acceptor = acceptor;
    this.streams = streams;
    this.handler = handler;
    this.workspaces = new WorkspacePool(handler::newInPlaceAnswers);
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.table = new ConnectionTable(limits);
    this.failureLog = new FailureLog(LOGGER, name);
    this.connections =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
    this.accepting = Thread.ofPlatform().daemon().name(name + "-accept").unstarted(this::acceptAll);
    this.watching = Thread.ofPlatform().daemon().name(name + "-time").unstarted(this::watchTime);
  }

  /**
   * Binds the address and begins to serve plain TCP.
   *
   * @param address where to listen; port 0 picks a free port. {@code ::} takes connections over
   *     IPv4 as well, {@code 0.0.0.0} does not take those over IPv6
   * @param handler answers the messages
   * @param limits what clients may take
   * @throws ListenException if the port cannot be had; its message tells the user what to do
   */
  public static TcpListener open(
      InetSocketAddress address, MessageHandler handler, TcpLimits limits) {
    return open(address, handler, limits, System::nanoTime);
  }

  static TcpListener open(
      InetSocketAddress address, MessageHandler handler, TcpLimits limits, LongSupplier nanoTime) {
    var endpoint = new Endpoint(Transport.TCP, address);
    return open(endpoint, ByteStream::plain, handler, limits, nanoTime);
  }

  /**
   * Binds the address and begins to serve.
   *
   * @param endpoint where to listen, and what for, which errors name
   * @param streams makes the stream of each connection
   * @param nanoTime clock of the time limits, as {@link System#nanoTime}
   * @throws ListenException if the port cannot be had; its message tells the user what to do
   */
  public static TcpListener open(
      Endpoint endpoint,
      ByteStream.Opener streams,
      MessageHandler handler,
      TcpLimits limits,
      LongSupplier nanoTime) {
    try {
      ServerSocketChannel channel = bind(endpoint);
      var local = new Endpoint(endpoint.transport(), (InetSocketAddress) channel.getLocalAddress());
      return start(local, new ChannelAcceptor(channel), streams, handler, limits, nanoTime);
    } catch (IOException | UnsupportedOperationException e) {
      throw ListenFailure.of(endpoint, e).toException(endpoint, e);
    }
  }

  /** Serves what an acceptor of any kind brings, by a clock of any kind. */
  static TcpListener start(
      Endpoint local,
      Acceptor acceptor,
      ByteStream.Opener streams,
      MessageHandler handler,
      TcpLimits limits,
      LongSupplier nanoTime) {
    var listener = new TcpListener(local, acceptor, streams, handler, limits, nanoTime);
    listener.accepting.start();
    listener.watching.start();
    return listener;
  }

  // Without a family, the JDK takes 0.0.0.0 for :: and would hold the port for both.
  private static ServerSocketChannel bind(Endpoint endpoint) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(endpoint.family());
    try {
      return channel.bind(endpoint.address(), BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The address and port it is bound to, the port being the real one if 0 was asked for. */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /** What it has done, a moment ago. */
  public TcpCounts counts() {
    return new TcpCounts(
        table.size(),
        accepted.sum(),
        refused.sum(),
        displaced.sum(),
        timedOut.sum(),
        received.sum(),
        answered.sum(),
        unsettled.sum(),
        failureLog.total());
  }

  /** How many connections wait for a query now. */
  long waiting() {
    return table.snapshot().stream().filter(TcpConnection::waits).count();
  }

  /**
   * Stops listening, closes all connections, also those which are being answered, and waits until
   * their handlers have returned, at most five seconds. What is being answered is answered first,
   * and the clients are told, if there are words for it. Further calls do nothing.
   */
  @Override
  public void close() {
    closed = true;
    try {
      acceptor.close();
    } catch (IOException e) {
      LOGGER.debug("closing {}", name, e); // it is gone anyway
    }
    accepting.interrupt(); // it may be pausing
    watching.interrupt();
    table.close();
    table.snapshot().forEach(TcpConnection::expire);
    connections.shutdown();
    try {
      accepting.join();
      watching.join();
      if (!connections.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        LOGGER.warn("{}: a handler does not return", name);
      }
      table.snapshot().forEach(TcpConnection::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try {
        begin(acceptor.accept());
        pause = FIRST_PAUSE;
      } catch (ClosedChannelException e) {
        if (!closed) {
          LOGGER.error("{} was closed from outside", name, e);
        }
        return;
      } catch (Throwable e) { // no file descriptors, no memory: the next one may fare better
        failureLog.record(e);
        sleep(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private void begin(SocketChannel channel) throws IOException {
    TcpConnection connection;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      InetSocketAddress client = (InetSocketAddress) channel.getRemoteAddress();
      ByteStream stream = streams.open(channel);
      connection = new TcpConnection(channel, stream, client, limits, events, nanoTime);
    } catch (IOException e) {
      channel.close(); // the client left before we came to it
      return;
    } catch (RuntimeException | Error e) {
      channel.close();
      throw e;
    }
    boolean admitted =
        switch (table.admit(connection)) {
          case Admission.Admitted _ -> true;
          case Admission.Displaced(TcpConnection waiting) -> {
            displaced.increment();
            waiting.expire();
            yield true;
          }
          case Admission.Refused _ -> false;
        };
    if (!admitted) {
      refused.increment();
      connection.close();
      return;
    }
    accepted.increment();
    try {
      connections.execute(() -> connection.serve(handler, workspaces, connections));
    } catch (RejectedExecutionException e) {
      connection.close(); // we are closing
    }
  }

  private void watchTime() {
    Duration interval = shorter(limits.shortest().dividedBy(4), LONGEST_WATCH);
    while (!closed) {
      sleep(interval.compareTo(SHORTEST_WATCH) < 0 ? SHORTEST_WATCH : interval);
      if (closed) {
        return; // All are told to leave; to tell them again would cut them off in their goodbye.
      }
      for (TcpConnection connection : table.snapshot()) {
        if (connection.overdue() && connection.expire()) {
          timedOut.increment();
        }
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      // by close(), which the caller's loop sees
    }
  }

  private final class Events implements TcpEvents {

    @Override
    public void messages(int complete, int written) {
      received.add(complete);
      answered.add(written);
    }

    @Override
    public void unsettled() {
      unsettled.increment();
    }

    @Override
    public void failed(Throwable failure) {
      failureLog.record(failure);
    }

    @Override
    public void closed(TcpConnection connection) {
      table.leave(connection);
    }
  }

  private record ChannelAcceptor(ServerSocketChannel channel) implements Acceptor {

    @Override
    public SocketChannel accept() throws IOException {
      return channel.accept();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
