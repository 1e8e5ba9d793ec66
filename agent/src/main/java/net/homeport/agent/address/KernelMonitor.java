package net.homeport.agent.address;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import net.homeport.agent.netlink.RouteMessage;
import net.homeport.agent.netlink.RouteMessages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the kernel's messages into hints, on a platform daemon thread of its own (a receive blocks
 * inside the kernel, which would hold a virtual thread's carrier).
 *
 * <p>The thread gives a hint at the first message, then sleeps for the quiet time while further
 * messages gather in the socket, then gives one hint for all of them. At most one hint waits to be
 * taken. If receiving fails for good, the monitor polls instead.
 */
final class KernelMonitor implements AddressMonitor {
  /**
   * Long enough to take the dozen messages of one reconnection together, short enough that a second
   * change (IPv6 after IPv4) is not felt.
   */
  static final Duration QUIET = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(KernelMonitor.class);
  private static final Duration UNTIL_WOKEN = Duration.ofHours(1);
  // Keeps a kernel that never falls silent from holding back the hint.
  private static final int DRAIN_MAX = 4096;

  private final RouteMessages messages;
  private final Duration quiet;
  private final Duration fallback;
  private final BlockingQueue<Hint> hints = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean deaf;

  KernelMonitor(RouteMessages messages, Duration quiet, Duration fallback) {
    this.messages = messages;
    this.quiet = quiet;
    this.fallback = fallback;
    thread = Thread.ofPlatform().daemon().name("agent-netlink").unstarted(this::listen);
    thread.start();
  }

  @Override
  public Hint await(Duration limit) throws InterruptedException {
    Duration wait = deaf && fallback.compareTo(limit) < 0 ? fallback : limit;
    @Nullable Hint hint = hints.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    return hint == null ? Hint.ELAPSED : hint;
  }

  @Override
  public void close() {
    closed = true;
    messages.wake();
    thread.interrupt();
    give();
  }

  private void listen() {
    try (messages) {
      while (!closed) {
        if (anyMatters(messages.receive(UNTIL_WOKEN))) {
          do {
            give();
            Thread.sleep(quiet);
          } while (drain());
        }
      }
    } catch (InterruptedException e) {
      // Closed while it slept; the thread ends here.
    } catch (IOException | RuntimeException e) {
      LOG.warn("no more word from the kernel, looking every {} s", fallback.toSeconds(), e);
      deaf = true;
      give();
    }
  }

  private boolean drain() throws IOException {
    boolean any = false;
    for (int i = 0; i < DRAIN_MAX; i++) {
      List<RouteMessage> next = messages.receive(Duration.ZERO);
      if (next.isEmpty()) {
        break;
      }
      any |= anyMatters(next);
    }
    return any;
  }

  private void give() {
    // Refused when a hint is waiting already, which says the same.
    boolean _ = hints.offer(Hint.KERNEL);
  }

  private static boolean anyMatters(List<RouteMessage> messages) {
    return messages.stream().anyMatch(KernelMonitor::matters);
  }

  private static boolean matters(RouteMessage message) {
    return switch (message) {
      case RouteMessage.Address _ -> true;
      // A machine that speaks BGP has a million others, and they change all day.
      case RouteMessage.Route route -> route.isDefault();
      case RouteMessage.Overrun _ -> true;
      case RouteMessage.Done _,
          RouteMessage.DumpInterrupted _,
          RouteMessage.Refused _,
          RouteMessage.Other _ ->
          false;
    };
  }
}
