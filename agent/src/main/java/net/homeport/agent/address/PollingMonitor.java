package net.homeport.agent.address;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears nothing, so it gives a hint of elapsed time at each interval. */
final class PollingMonitor implements AddressMonitor {
  /** A look costs under a millisecond, and a name should not lag by more than a few seconds. */
  static final Duration INTERVAL = Duration.ofSeconds(3);

  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);

  PollingMonitor(Duration interval) {
    this.interval = interval;
  }

  @Override
  public Hint await(Duration limit) throws InterruptedException {
    Duration wait = limit.compareTo(interval) < 0 ? limit : interval;
    boolean _ = closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    return Hint.ELAPSED;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
