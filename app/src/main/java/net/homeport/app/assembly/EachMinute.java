package net.homeport.app.assembly;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each minute, and at the end, what may be a minute old after a crash. */
final class EachMinute implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EachMinute.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String what;
  private final Runnable some;
  private final Runnable all;
  private final Thread thread;

  /**
   * Begins.
   *
   * @param what for the log: what could not be written
   * @param some writes as much as it likes
   * @param all writes all that is left
   */
  EachMinute(String what, Runnable some, Runnable all) {
    this.what = what;
    this.some = some;
    this.all = all;
    this.thread = Thread.ofPlatform().daemon().name(what).start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(MINUTE);
        write(some);
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the rest.
    }
  }

  private void write(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      // The next time writes it.
      LOG.warn("{} could not be written: {}", what, e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      write(all);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
