package net.homeport.nameserver.secondary;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import net.homeport.zone.Zone;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one zone as its primaries have it: refresh, retry, expire (RFC 1034 4.3.5), and at once
 * when asked to. One virtual thread; the methods are safe for any.
 */
final class SecondaryZone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecondaryZone.class);

  /** While there is nothing yet, and so no SOA that says when to ask again. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY_MAX = Duration.ofMinutes(10);

  /** Shortest time between two checks because of a NOTIFY: anybody may feign one. */
  private static final Duration NOTIFY_GAP = Duration.ofSeconds(1);

  /** The clock is looked at so often, for it may be set, and a machine may sleep. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final SecondarySettings settings;
  private final ZoneFetch fetch;
  private final ZoneWriter writer;
  private final RefreshBounds bounds;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore transfers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  private @Nullable Instant heard;
  private @Nullable Instant transferred;
  private Instant nextCheck;
  private Instant earliestByNotify = Instant.MIN;
  private @Nullable String lastError;
  private @Nullable InetAddress notifier;
  private boolean wanted;
  private boolean allWanted;
  private List<CompletableFuture<SecondaryStatus>> waiting = new ArrayList<>();
  private int failures;

  /**
   * @param heard when a primary was last heard, before this process too; null if never
   * @param transfers one permit each for as many as may run at a time
   */
  SecondaryZone(
      SecondarySettings settings,
      @Nullable Instant heard,
      ZoneFetch fetch,
      ZoneWriter writer,
      RefreshBounds bounds,
      InstantSource clock,
      RandomGenerator random,
      Semaphore transfers) {
    this.settings = settings;
    this.fetch = fetch;
    this.writer = writer;
    this.bounds = bounds;
    this.clock = clock;
    this.random = random;
    this.transfers = transfers;
    Instant now = clock.instant();
    // A clock that was set back does not make old news new.
    this.heard = heard != null && heard.isAfter(now) ? now : heard;
    this.nextCheck = now;
    expireIfDue();
    this.thread = Thread.ofVirtual().name("secondary-" + settings.zone()).unstarted(this::run);
  }

  SecondarySettings settings() {
    return settings;
  }

  void start() {
    thread.start();
  }

  SecondaryStatus status() {
    Zone zone = zone();
    lock.lock();
    try {
      return new SecondaryStatus(
          heard, transferred, nextCheck, lastError, zone != null && zone.isExpired());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks the primaries at once.
   *
   * @param all whether to take the whole zone
   * @return how it stands afterwards
   */
  CompletableFuture<SecondaryStatus> check(boolean all) {
    var future = new CompletableFuture<SecondaryStatus>();
    lock.lock();
    try {
      wanted = true;
      allWanted |= all;
      nextCheck = clock.instant();
      waiting.add(future);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return future;
  }

  /** A primary says that its zone has changed. */
  void notified(InetAddress from) {
    lock.lock();
    try {
      wanted = true;
      notifier = from;
      Instant now = clock.instant();
      Instant at = now.isBefore(earliestByNotify) ? earliestByNotify : now;
      if (at.isBefore(nextCheck)) {
        nextCheck = at;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Has the thread look at the clock. */
  void lookAtTheClock() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Zone zone() {
    return writer.snapshot().zone(settings.zone());
  }

  private void run() {
    try {
      while (true) {
        await();
        transfers.acquire();
        try {
          attempt();
        } finally {
          transfers.release();
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    } finally {
      complete(
          new SecondaryStatus(null, null, clock.instant(), "the zone is not kept any more", false));
    }
  }

  /** Waits until it is time to ask; meanwhile the zone may expire. */
  private void await() throws InterruptedException {
    while (true) {
      expireIfDue();
      lock.lock();
      try {
        Instant now = clock.instant();
        if (!nextCheck.isAfter(now)) {
          return;
        }
        Duration wait = Duration.between(now, nextCheck);
        Instant expiry = expiry();
        if (expiry != null && expiry.isAfter(now) && expiry.isBefore(nextCheck)) {
          wait = Duration.between(now, expiry);
        }
        long millis = Math.min(wait.plusMillis(1).toMillis(), LOOK.toMillis());
        boolean _ = changed.await(millis, TimeUnit.MILLISECONDS);
      } finally {
        lock.unlock();
      }
    }
  }

  /** When the zone is too old to be answered; null if there is none. */
  private @Nullable Instant expiry() {
    Zone zone = zone();
    Instant last = heard;
    if (zone == null) {
      return null;
    }
    return last == null ? Instant.MIN : last.plus(bounds.expire(zone.soa()));
  }

  private void expireIfDue() {
    Instant expiry = expiry();
    Zone zone = zone();
    if (expiry != null && zone != null && !zone.isExpired() && !expiry.isAfter(clock.instant())) {
      LOG.error(
          "the zone {} has expired: none of its primaries was heard for the {} s its SOA allows; it answers SERVFAIL until one is. {}",
          settings.zone(),
          bounds.expire(zone.soa()).toSeconds(),
          lastError == null ? "" : lastError);
      var _ = writer.setExpired(settings.zone(), true).join();
    }
  }

  private void attempt() {
    boolean all;
    InetAddress from;
    List<CompletableFuture<SecondaryStatus>> askers;
    lock.lock();
    try {
      all = allWanted;
      from = notifier;
      askers = waiting;
      wanted = false;
      allWanted = false;
      notifier = null;
      waiting = new ArrayList<>();
      // While this check runs, what is noticed makes another one.
      nextCheck = Instant.MAX;
      earliestByNotify = clock.instant().plus(NOTIFY_GAP);
    } finally {
      lock.unlock();
    }
    try {
      succeeded(fetch.run(settings, from, all));
    } catch (TransferException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("the check of the zone {} failed", settings.zone(), e);
      failed("internal error: " + e);
    }
    SecondaryStatus status = status();
    askers.forEach(asker -> asker.complete(status));
  }

  private void succeeded(boolean something) {
    Zone zone = zone();
    if (zone != null && zone.isExpired()) {
      var _ = writer.setExpired(settings.zone(), false).join();
    }
    Instant now = clock.instant();
    lock.lock();
    try {
      heard = now;
      transferred = something ? now : transferred;
      if (lastError != null) {
        LOG.info("the zone {} is had from its primary again", settings.zone());
      }
      lastError = null;
      failures = 0;
      next(zone == null ? FIRST_RETRY : bounds.refresh(zone.soa()));
    } finally {
      lock.unlock();
    }
  }

  private void failed(String why) {
    Zone zone = zone();
    lock.lock();
    try {
      if (!why.equals(lastError)) {
        LOG.warn("the zone {} cannot be had: {}", settings.zone(), why);
      }
      lastError = why;
      failures++;
      next(zone == null ? firstRetry() : bounds.retry(zone.soa()));
    } finally {
      lock.unlock();
    }
  }

  private Duration firstRetry() {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(FIRST_RETRY_MAX) > 0 ? FIRST_RETRY_MAX : doubled;
  }

  /** Up to a tenth earlier, so that many zones do not stay in step; or at once if asked to. */
  private void next(Duration after) {
    Instant now = clock.instant();
    long tenth = after.toMillis() / 10;
    Instant regular = now.plus(after).minusMillis(tenth == 0 ? 0 : random.nextLong(tenth));
    // Whoever asks and waits for it is a person; a NOTIFY may be anybody's.
    Instant soon = waiting.isEmpty() && earliestByNotify.isAfter(now) ? earliestByNotify : now;
    nextCheck = wanted && soon.isBefore(regular) ? soon : regular;
  }

  private void complete(SecondaryStatus status) {
    lock.lock();
    try {
      waiting.forEach(asker -> asker.complete(status));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Stops: when this returns, it changes nothing any more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
