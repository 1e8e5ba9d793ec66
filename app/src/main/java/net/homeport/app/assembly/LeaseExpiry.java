package net.homeport.app.assembly;

import java.time.Duration;
import java.time.InstantSource;
import net.homeport.zone.writer.ZoneWriter;

/** Looks each second whether records are to leave their zone because their lease is over. */
final class LeaseExpiry implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** While we were down nobody could renew: time to do so, before the first record goes. */
  private static final Duration GRACE_AT_START = Duration.ofMinutes(2);

  private final ZoneWriter writer;
  private final InstantSource clock;
  private final Thread thread;

  LeaseExpiry(ZoneWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("lease-expiry").start(this::run);
  }

  private void run() {
    try {
      Thread.sleep(GRACE_AT_START);
      while (true) {
        writer.expireLeases(clock.instant()).join();
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
