package net.homeport.web.console;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The signal that something the console shows may have changed. Thread safe. */
public final class ConsoleChanges {
  private final AtomicLong count = new AtomicLong();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Wakes the viewers. Takes no lock and never waits, so the zone writer calls it after each
   * commit; a viewer is woken at most a few times a second however often this is called.
   */
  public void changed() {
    count.incrementAndGet();
    waiting.forEach(LockSupport::unpark);
  }

  /** How many changes were signalled so far. */
  long count() {
    return count.get();
  }

  /**
   * Waits until there are more changes than were seen.
   *
   * @return whether there are; false when the time is over
   */
  boolean await(long seen, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Thread viewer = Thread.currentThread();
    // First enlisted, then looked: a change in between is seen, a later one unparks.
    waiting.add(viewer);
    try {
      while (count.get() == seen) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return true;
    } finally {
      waiting.remove(viewer);
    }
  }
}
