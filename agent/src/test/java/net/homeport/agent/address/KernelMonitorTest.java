package net.homeport.agent.address;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import net.homeport.agent.netlink.RouteMessage;
import net.homeport.agent.netlink.RouteMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KernelMonitorTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final RouteMessage ADDRESS =
      new RouteMessage.Address(true, 2, address("192.0.2.7"), 24, 0, 0);
  private static final RouteMessage OTHER_ROUTE = new RouteMessage.Route(true, false, 2);
  private static final RouteMessage DEFAULT_ROUTE = new RouteMessage.Route(true, true, 2);

  @Test
  void givesAHintAtOnceAndOneForAllThatFollow() throws Exception {
    var kernel = new ScriptedKernel();
    kernel.says(ADDRESS);
    kernel.says(ADDRESS);
    kernel.says(OTHER_ROUTE);
    kernel.says(ADDRESS);
    try (var monitor = new KernelMonitor(kernel, SHORT, LONG)) {
      assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.KERNEL);
      assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.KERNEL);
      kernel.awaitSilence();
      assertThat(monitor.await(SHORT)).isEqualTo(AddressMonitor.Hint.ELAPSED);
    }
    kernel.awaitClosed();
  }

  @Test
  void takesOverrunsAndDefaultRoutesForHints() throws Exception {
    for (RouteMessage message : List.of(DEFAULT_ROUTE, new RouteMessage.Overrun())) {
      var kernel = new ScriptedKernel();
      kernel.says(message);
      try (var monitor = new KernelMonitor(kernel, SHORT, LONG)) {
        assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.KERNEL);
      }
    }
  }

  @Test
  void ignoresOtherRoutes() throws Exception {
    var kernel = new ScriptedKernel();
    kernel.says(OTHER_ROUTE);
    kernel.says(new RouteMessage.Other(16));
    try (var monitor = new KernelMonitor(kernel, SHORT, LONG)) {
      kernel.awaitSilence();
      assertThat(monitor.await(SHORT)).isEqualTo(AddressMonitor.Hint.ELAPSED);
    }
  }

  @Test
  void pollsOnceTheKernelSaysNoMore() throws Exception {
    var kernel = new ScriptedKernel();
    kernel.breaks();
    try (var monitor = new KernelMonitor(kernel, SHORT, SHORT)) {
      kernel.awaitClosed();
      assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.KERNEL);
      assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.ELAPSED);
    }
  }

  @Test
  void endsAWaitWhenClosed() throws Exception {
    var monitor = new KernelMonitor(new ScriptedKernel(), SHORT, LONG);
    Thread closing = Thread.ofVirtual().start(monitor::close);
    assertThat(monitor.await(LONG)).isEqualTo(AddressMonitor.Hint.KERNEL);
    closing.join();
  }

  @Test
  void pollingEndsAtTheIntervalAndWhenClosed() throws Exception {
    var polling = new PollingMonitor(SHORT);
    assertThat(polling.await(LONG)).isEqualTo(AddressMonitor.Hint.ELAPSED);
    var slow = new PollingMonitor(LONG);
    slow.close();
    assertThat(slow.await(LONG)).isEqualTo(AddressMonitor.Hint.ELAPSED);
  }

  /** Says what it was told to, one message in a datagram, then is silent or breaks. */
  private static final class ScriptedKernel implements RouteMessages {
    private final Queue<RouteMessage> script = new ArrayDeque<>();
    private final CountDownLatch silent = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean broken;

    void says(RouteMessage message) {
      script.add(message);
    }

    void breaks() {
      broken = true;
    }

    void awaitSilence() throws InterruptedException {
      silent.await();
    }

    void awaitClosed() throws InterruptedException {
      closed.await();
    }

    @Override
    public List<RouteMessage> receive(Duration limit) throws IOException {
      RouteMessage next = script.poll();
      if (next != null) {
        return List.of(next);
      }
      if (broken) {
        throw new IOException("no more");
      }
      if (limit.isPositive()) {
        silent.countDown();
        try {
          woken.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return List.of();
    }

    @Override
    public void wake() {
      woken.countDown();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
