package net.homeport.nameserver.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.nameserver.socket.ListenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves DNS over UDP on one address with one or more workers. Each worker is a platform thread
 * with a socket and a handler of its own; the system spreads the senders over the sockets, and the
 * workers share nothing.
 *
 * <p>All methods may be called from any thread.
 */
public final class UdpListener implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(UdpListener.class);

  /** How long {@link #close} waits for a handler which does not come back. */
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final InetSocketAddress localAddress;
  private final List<UdpWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private UdpListener(
      InetSocketAddress localAddress, List<PacketIo> ios, List<DatagramHandler> handlers) {
    this.localAddress = localAddress;
    String name = "udp-" + Endpoint.text(localAddress);
    FailureLog failureLog = new FailureLog(LOGGER, name);
    for (int i = 0; i < ios.size(); i++) {
      UdpWorker worker = new UdpWorker(ios.get(i), handlers.get(i), failureLog);
      workers.add(worker);
      threads.add(Thread.ofPlatform().daemon().name(name + "-" + (i + 1)).unstarted(worker));
    }
  }

  /** As {@link #open(InetSocketAddress, int, Supplier, PacketIo.Kind)}, of the automatic kind. */
  public static UdpListener open(
      InetSocketAddress address, int workers, Supplier<DatagramHandler> handlers) {
    return open(address, workers, handlers, PacketIo.Kind.AUTOMATIC);
  }

  /**
   * Binds the address and begins to serve.
   *
   * @param address where to listen; port 0 picks a free port, the same for all workers
   * @param workers threads, at least 1; one is used where a port cannot be shared
   * @param handlers called here once for each worker
   * @param kind how to reach the network
   * @throws ListenException if the port cannot be had; its message tells the user what to do
   * @throws UnsupportedOperationException if this machine lacks the kind asked for
   */
  public static UdpListener open(
      InetSocketAddress address,
      int workers,
      Supplier<DatagramHandler> handlers,
      PacketIo.Kind kind) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, not " + workers);
    }
    int sockets = workers > 1 && PacketIos.canSharePort() ? workers : 1;
    List<PacketIo> ios = new ArrayList<>();
    try {
      openAll(address, sockets, kind, ios);
      List<DatagramHandler> each = new ArrayList<>();
      for (int i = 0; i < sockets; i++) {
        each.add(handlers.get());
      }
      UdpListener listener = new UdpListener(ios.getFirst().localAddress(), ios, each);
      listener.threads.forEach(Thread::start);
      return listener;
    } catch (RuntimeException | Error e) {
      ios.forEach(PacketIo::close);
      throw e;
    }
  }

  private static void openAll(
      InetSocketAddress address, int sockets, PacketIo.Kind kind, List<PacketIo> ios) {
    if (sockets == 1) {
      ios.add(PacketIo.open(address, false, kind));
      return;
    }
    // A shared bind would join another program of this user on the same port, and each would get
    // a part of the queries. A bind which does not share notices, and finds a free port for all.
    InetSocketAddress free;
    try (PacketIo alone = PacketIo.open(address, false, kind)) {
      free = new InetSocketAddress(address.getAddress(), alone.localAddress().getPort());
    }
    for (int i = 0; i < sockets; i++) {
      ios.add(PacketIo.open(free, true, kind));
    }
  }

  /** The address and port it is bound to, the port being the real one if 0 was asked for. */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /** What all workers have done together, a moment ago. */
  public UdpCounts counts() {
    return workers.stream().map(UdpWorker::counts).reduce(UdpCounts.NONE, UdpCounts::plus);
  }

  /**
   * Stops all workers and waits until they have ended, each at most five seconds. Further calls do
   * nothing.
   */
  @Override
  public void close() {
    workers.forEach(UdpWorker::close);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= !join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread) {
    if (thread.equals(Thread.currentThread())) {
      return true; // a handler closes its own listener
    }
    try {
      if (!thread.join(JOIN_LIMIT)) {
        LOGGER.warn("{}: a handler does not return; its thread is left behind", thread.getName());
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
