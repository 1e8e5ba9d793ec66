package net.homeport.registry.alarm;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/**
 * The newest alarms, {@link #KEPT_MAX} at most, in memory and in a store. Thread safe. Whoever
 * raises one never waits for the disk: a thread of its own writes; what it cannot write is in the
 * log.
 */
public final class AddressAlarms implements AutoCloseable {
  /** How many are kept. */
  public static final int KEPT_MAX = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(AddressAlarms.class);

  private final AlarmStore store;
  private final Deque<AddressAlarm> alarms = new ArrayDeque<>(); // guarded by this, as the next
  private long lastId;
  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(2 * KEPT_MAX);
  private final Thread thread;

  /** Loads what the store holds. */
  public AddressAlarms(AlarmStore store) {
    this.store = store;
    alarms.addAll(store.alarms());
    alarms.forEach(alarm -> lastId = Math.max(lastId, alarm.id()));
    this.thread = Thread.ofVirtual().name("address-alarms").start(this::run);
  }

  /** What was raised, to be kept. */
  record Raised(
      InetAddress address, Name host, long accountId, Name reportedBy, long reporterAccountId) {}

  /**
   * Raises an alarm, unless the same is known.
   *
   * @return whether it is new
   */
  synchronized boolean raise(Raised raised, Instant now) {
    boolean known =
        alarms.stream()
            .anyMatch(alarm -> alarm.isAbout(raised.address(), raised.host(), raised.reportedBy()));
    if (known) {
      return false;
    }
    var alarm =
        new AddressAlarm(
            ++lastId,
            raised.address(),
            raised.host(),
            raised.accountId(),
            raised.reportedBy(),
            raised.reporterAccountId(),
            now,
            false);
    LOG.warn(
        "ALARM {}: the address {} is published for {} (account {}), and {} (account {}) reports it now; is the first host still there?",
        alarm.id(),
        AddressText.of(alarm.address()),
        alarm.host(),
        alarm.accountId(),
        alarm.reportedBy(),
        alarm.reporterAccountId());
    alarms.addLast(alarm);
    // Not in place of one: a person may have dismissed it before this is written.
    write(() -> store.add(alarm));
    while (alarms.size() > KEPT_MAX) {
      long oldest = alarms.removeFirst().id();
      write(() -> store.removeAlarm(oldest));
    }
    return true;
  }

  private void write(Runnable change) {
    if (!waiting.offer(change)) {
      LOG.warn("More alarms than can be written; some are in this log only");
    }
  }

  private void run() {
    try {
      while (true) {
        runOne(waiting.take());
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the last ones.
    }
  }

  private static void runOne(Runnable change) {
    try {
      change.run();
    } catch (RegistryStoreException e) {
      LOG.warn("An alarm could not be stored: {}", e.getMessage());
    }
  }

  /**
   * The alarms, the newest first.
   *
   * @param dismissed whether those that a person has seen to as well
   */
  public synchronized List<AddressAlarm> alarms(boolean dismissed) {
    return new ArrayList<>(
        alarms.reversed().stream().filter(alarm -> dismissed || !alarm.dismissed()).toList());
  }

  /**
   * A person has seen to it: it is not shown any more, and not raised again while it is kept.
   *
   * @return the alarm; null if there is none of that number
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized @Nullable AddressAlarm dismiss(long id) {
    for (Iterator<AddressAlarm> each = alarms.iterator(); each.hasNext(); ) {
      AddressAlarm alarm = each.next();
      if (alarm.id() == id) {
        AddressAlarm dismissed = alarm.dismiss();
        store.put(dismissed);
        replace(alarm, dismissed);
        return dismissed;
      }
    }
    return null;
  }

  private void replace(AddressAlarm old, AddressAlarm now) {
    var copy = new ArrayList<AddressAlarm>(alarms);
    copy.set(copy.indexOf(old), now);
    alarms.clear();
    alarms.addAll(copy);
  }

  /** Writes what waits. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var rest = new ArrayList<Runnable>();
    waiting.drainTo(rest);
    rest.forEach(AddressAlarms::runOne);
  }
}
