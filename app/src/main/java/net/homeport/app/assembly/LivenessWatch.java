package net.homeport.app.assembly;

import java.time.Duration;
import java.time.InstantSource;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessListener;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.liveness.LivenessSweeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks each second which hosts have fallen silent, and keeps each half minute who was heard. */
final class LivenessWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivenessWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(30);

  private final LivenessBook book;
  private final LivenessSweeper sweeper;
  private final HostRegistry registry;
  private final InstantSource clock;
  private final Thread thread;

  LivenessWatch(
      LivenessBook book, LivenessSweeper sweeper, HostRegistry registry, InstantSource clock) {
    this.book = book;
    this.sweeper = sweeper;
    this.registry = registry;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("liveness").start(this::run);
  }

  private void run() {
    try {
      registry.forEachHost(host -> sweeper.adopt(host, clock.instant()));
      int looks = 0;
      while (true) {
        Thread.sleep(LOOK);
        look();
        looks++;
        if (looks >= BETWEEN_WRITES.toSeconds()) {
          looks = 0;
          flush();
        }
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the last ones.
    }
  }

  private void look() {
    try {
      sweeper.tick(clock.instant());
    } catch (RuntimeException e) {
      LOG.error("looking after silent hosts failed: a defect of Homeport; tried again soon", e);
    }
  }

  private void flush() {
    try {
      book.flush(clock.instant());
    } catch (RegistryStoreException e) {
      LOG.warn("When hosts were heard could not be kept; it is tried again: {}", e.getMessage());
    }
  }

  /** Puts what happens to hosts in the log. */
  static void log(LivenessListener.Event event) {
    String name = event.host().name().toString(true);
    if (event.state() == LivenessState.FRESH) {
      LOG.info("Host {} is heard again.", name);
    } else {
      LOG.warn(
          "Host {} is {}: last heard at {}; action: {}{}",
          name,
          event.state(),
          event.lastSeen(),
          event.action(),
          event.outcome().isEmpty() ? "" : "; " + event.outcome());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    flush();
  }
}
