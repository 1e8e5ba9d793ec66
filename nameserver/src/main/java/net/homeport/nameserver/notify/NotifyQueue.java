package net.homeport.nameserver.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The zones that one target is to be told of. Safe for any thread. */
final class NotifyQueue {
  private final int outstandingMax;
  private final Duration interval;
  private final Teller teller;
  private final Function<Name, @Nullable Long> serials;
  private final Executor threads;

  private final Set<Name> waiting = new LinkedHashSet<>();
  private final Set<Name> running = new HashSet<>();
  private final Set<Name> changedMeanwhile = new HashSet<>();
  private final Map<Name, NotifyStatus> statuses = new HashMap<>();
  private int workers;

  /** Tells of one zone. */
  @FunctionalInterface
  interface Teller {
    /** Returns when it is acknowledged, or given up. */
    Outcome tell(Name zone) throws InterruptedException;
  }

  /**
   * What became of it.
   *
   * @param serial what was acknowledged; null if it was given up
   */
  record Outcome(Instant at, @Nullable Long serial, String why, int messages) {
    static Outcome acknowledged(Instant at, long serial, int messages) {
      return new Outcome(at, serial, "acknowledged", messages);
    }

    static Outcome givenUp(Instant at, String why, int messages) {
      return new Outcome(at, null, why, messages);
    }
  }

  /**
   * @param interval least time between two messages of one zone
   * @param serials the present serial of a zone; null if it does not exist
   */
  NotifyQueue(
      int outstandingMax,
      Duration interval,
      Teller teller,
      Function<Name, @Nullable Long> serials,
      Executor threads) {
    this.outstandingMax = outstandingMax;
    this.interval = interval;
    this.teller = teller;
    this.serials = serials;
    this.threads = threads;
  }

  /** The zone has changed. */
  synchronized void add(Name zone) {
    if (running.contains(zone)) {
      changedMeanwhile.add(zone);
    } else {
      waiting.add(zone);
      if (workers < outstandingMax && workers < waiting.size() + running.size()) {
        workers++;
        threads.execute(this::work);
      }
    }
  }

  synchronized NotifyStatus status(Name zone) {
    NotifyStatus status = statuses.getOrDefault(zone, NotifyStatus.NONE);
    boolean isWaiting = waiting.contains(zone) || running.contains(zone);
    return new NotifyStatus(
        status.acknowledged(),
        isWaiting,
        status.sent(),
        status.answered(),
        status.failed(),
        status.at(),
        status.result());
  }

  private void work() {
    try {
      for (Name zone = next(); zone != null; zone = next()) {
        Outcome outcome = teller.tell(zone);
        note(zone, outcome);
        Thread.sleep(interval); // meanwhile the zone counts as being told
        end(zone, outcome);
      }
    } catch (InterruptedException _) {
      // We are closing.
    }
  }

  private synchronized @Nullable Name next() {
    if (waiting.isEmpty()) {
      workers--;
      return null;
    }
    Name zone = waiting.iterator().next();
    waiting.remove(zone);
    running.add(zone);
    return zone;
  }

  private synchronized void note(Name zone, Outcome outcome) {
    Long now = serials.apply(zone);
    if (now == null) {
      statuses.remove(zone);
      return;
    }
    NotifyStatus before = statuses.getOrDefault(zone, NotifyStatus.NONE);
    boolean done = outcome.serial() != null;
    statuses.put(
        zone,
        new NotifyStatus(
            done ? outcome.serial() : before.acknowledged(),
            false,
            before.sent() + outcome.messages(),
            before.answered() + (done ? 1 : 0),
            before.failed() + (done ? 0 : 1),
            outcome.at(),
            outcome.why()));
  }

  /** Whether the zone has another serial than was told: then it is told again. */
  private synchronized boolean isStale(Name zone, Outcome outcome) {
    Long now = serials.apply(zone);
    if (now == null) {
      return false;
    }
    return outcome.serial() == null
        ? changedMeanwhile.contains(zone)
        : !now.equals(outcome.serial());
  }

  private synchronized void end(Name zone, Outcome outcome) {
    boolean again = isStale(zone, outcome);
    running.remove(zone);
    changedMeanwhile.remove(zone);
    if (again) {
      waiting.add(zone);
    }
  }
}
