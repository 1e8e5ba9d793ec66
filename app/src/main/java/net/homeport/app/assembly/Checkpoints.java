package net.homeport.app.assembly;

import java.time.Duration;
import java.util.function.Supplier;
import net.homeport.store.sqlite.SqliteJournal;
import net.homeport.zone.ZoneSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a checkpoint of the journal each minute, sooner after very many changes, and at the end.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_BETWEEN = 60;

  private final SqliteJournal journal;
  private final Supplier<ZoneSnapshot> zones;
  private final Thread thread;

  Checkpoints(SqliteJournal journal, Supplier<ZoneSnapshot> zones) {
    this.journal = journal;
    this.zones = zones;
    this.thread = Thread.ofPlatform().daemon().name("checkpoints").start(this::run);
  }

  private void run() {
    try {
      for (int looks = 0; ; looks++) {
        Thread.sleep(LOOK);
        if (looks >= LOOKS_BETWEEN || journal.wantsCheckpoint()) {
          write();
          looks = 0;
        }
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the last one.
    }
  }

  private void write() throws InterruptedException {
    try {
      journal.checkpoint(zones);
    } catch (RuntimeException e) {
      // Nothing is lost: the journal has it all, and the next checkpoint writes more.
      LOG.warn("a checkpoint could not be written: {}", e.getMessage());
    }
  }

  /** Stops, and writes the last checkpoint, so that the next start has nothing to replay. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      write();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
