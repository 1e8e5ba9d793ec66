package net.homeport.nameserver.notify;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Tells targets at once when zones have changed. Changes that come while a target is being told of
 * the same zone are told together, when it has answered. Safe for any thread; no method waits for
 * the network.
 *
 * <p>What waits is bounded by the number of zones for each target, for a zone waits once; and a
 * target that does not answer keeps no other waiting.
 */
public final class Notifier implements AutoCloseable {
  /** How many zones one target is told of at the same time. */
  public static final int OUTSTANDING_MAX = 16;

  private final Supplier<ZoneSnapshot> zones;
  private final NotifyTargets targets;
  private final TsigKeys keys;
  private final List<InetAddress> sources;
  private final NotifyTiming timing;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final NotifyExchange.LongNanos nanoTime = System::nanoTime;
  private final Map<NotifyTarget, NotifyQueue> queues = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notify-", 0).factory());

  /**
   * @param zones the present snapshot
   * @param keys the newest key of a target's name signs
   * @param sources addresses that messages are sent from, where one can reach the target; else the
   *     system chooses
   * @param random makes the IDs of messages; hard to guess
   */
  public Notifier(
      Supplier<ZoneSnapshot> zones,
      NotifyTargets targets,
      TsigKeys keys,
      List<InetAddress> sources,
      NotifyTiming timing,
      RandomGenerator random,
      InstantSource clock) {
    this.zones = zones;
    this.targets = targets;
    this.keys = keys;
    this.sources = List.copyOf(sources);
    this.timing = timing;
    this.random = random;
    this.clock = clock;
  }

  /** Tells all targets of these zones; of those that do not exist any more, nobody. */
  public void changed(Collection<Name> changed) {
    for (Name zone : changed) {
      for (NotifyTarget target : targets.of(zone)) {
        queue(target).add(zone);
      }
    }
  }

  /** Tells all targets of all zones: at the start, for nobody knows what they missed. */
  public void tellAll() {
    changed(zones.get().zones().stream().map(Zone::apex).toList());
  }

  /** Forgets the targets that are none any more; to be called when targets have changed. */
  public void forget(Collection<NotifyTarget> gone) {
    queues.keySet().removeAll(gone);
  }

  private NotifyQueue queue(NotifyTarget target) {
    return queues.computeIfAbsent(
        target,
        _ ->
            new NotifyQueue(
                OUTSTANDING_MAX,
                timing.interval(),
                zone -> tell(target, zone),
                this::serial,
                this::start));
  }

  /** What became of telling a target of a zone. */
  public NotifyStatus status(NotifyTarget target, Name zone) {
    NotifyQueue queue = queues.get(target);
    return queue == null ? NotifyStatus.NONE : queue.status(zone);
  }

  private void start(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException _) {
      // We are closing.
    }
  }

  /** Tells until it is acknowledged, or given up. */
  private NotifyQueue.Outcome tell(NotifyTarget target, Name apex) throws InterruptedException {
    TsigKey key = null;
    if (target.key() != null) {
      key = keys.find(target.key()).stream().findFirst().orElse(null);
      if (key == null) {
        return NotifyQueue.Outcome.givenUp(
            clock.instant(), "there is no key %s to sign with".formatted(target.key()), 0);
      }
    }
    InetAddress source = source(target);
    NotifyExchange.Result last = new NotifyExchange.Result.Silent("nothing sent");
    for (int attempt = 0; attempt <= timing.datagrams(); attempt++) {
      Zone zone = zones.get().zone(apex);
      if (zone == null) {
        return NotifyQueue.Outcome.givenUp(clock.instant(), "the zone is gone", attempt);
      }
      var exchange = new NotifyExchange(target, zone, random.nextInt(1 << 16), key, clock);
      last = attempt(exchange, source, attempt);
      switch (last) {
        case NotifyExchange.Result.Acknowledged _ -> {
          return NotifyQueue.Outcome.acknowledged(clock.instant(), zone.serial(), attempt + 1);
        }
        case NotifyExchange.Result.Refused refused -> {
          return NotifyQueue.Outcome.givenUp(
              clock.instant(), "refused: " + refused.why(), attempt + 1);
        }
        case NotifyExchange.Result.Silent _ -> {}
      }
    }
    String why = last instanceof NotifyExchange.Result.Silent silent ? silent.why() : "no answer";
    return NotifyQueue.Outcome.givenUp(clock.instant(), why, timing.datagrams() + 1);
  }

  private NotifyExchange.Result attempt(
      NotifyExchange exchange, @Nullable InetAddress source, int attempt)
      throws InterruptedException {
    if (attempt == timing.datagrams()) {
      return exchange.byStream(source, timing.streamTimeout());
    }
    long start = nanoTime.now();
    var timeout = timing.firstTimeout().multipliedBy(1L << attempt);
    NotifyExchange.Result result = exchange.byDatagram(source, timeout, nanoTime);
    if (result instanceof NotifyExchange.Result.Silent) {
      // The system may have said at once that nobody is there; who restarts is there soon.
      long left = timeout.toNanos() - (nanoTime.now() - start);
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    }
    return result;
  }

  private @Nullable InetAddress source(NotifyTarget target) {
    InetAddress to = target.address().getAddress();
    return sources.stream()
        .filter(address ->
            address.getAddress().length == to.getAddress().length
                && address.isLoopbackAddress() == to.isLoopbackAddress())
        .findFirst()
        .orElse(null);
  }

  /** The serial of a zone now; null if it does not exist. */
  private @Nullable Long serial(Name apex) {
    Zone zone = zones.get().zone(apex);
    return zone == null ? null : zone.serial();
  }

  /** Ends at once; who was being told hears at the next start. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
