package net.homeport.registry.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import net.homeport.registry.host.Host;
import net.homeport.registry.liveness.HostLiveness.IntervalSource;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * When each host was last heard. In memory; what changed is written by {@link #flush}. Thread safe:
 * a report costs a look-up and a few words, and never waits for the disk.
 */
public final class LivenessBook implements UpdateObserver, UpdateCheck {
  /** How many reports of hosts that were silent may wait; what crossed heals with the next one. */
  static final int RETURNED_MAX = 10_000;

  private static final int ROWS_PER_WRITE = 5_000;

  private final LivenessStore store;
  private final LivenessPolicies policies;
  private final Function<Name, @Nullable Host> hosts;
  private final Predicate<Name> isHost;
  private final SeenTable table = new SeenTable(); // guarded by this
  private final DueQueue due = new DueQueue(); // guarded by this
  private final Queue<Observation> returned = new ArrayDeque<>(); // guarded by this
  private final SilenceJudge judge; // guarded by this

  /**
   * Loads what the store holds.
   *
   * @param hosts the hosts there are
   * @param now when the server starts
   */
  public LivenessBook(
      LivenessStore store,
      LivenessPolicies policies,
      Function<Name, @Nullable Host> hosts,
      Instant now) {
    this.store = store;
    this.policies = policies;
    this.hosts = hosts;
    this.isHost = name -> hosts.apply(name) != null;
    this.judge = new SilenceJudge(table, policies, Listening.resumed(store.listened(), now));
    store.eachSeen(this::load);
    requeueAll();
  }

  private synchronized void load(SeenRow row) {
    Host host = hosts.apply(row.host());
    if (host == null) {
      return;
    }
    // The registry's own object of that name: no second one of it lies in memory.
    int added = table.add(host.name(), isHost);
    table.seen(added, row.at().toEpochMilli());
    table.client(added, row.client());
    table.addGaps(added, row.gaps().stream().mapToInt(Integer::intValue).toArray());
    table.leader(added, row.leader());
    table.acted(added, row.acted());
  }

  @Override
  public String name() {
    return "liveness";
  }

  @Override
  public Verdict check(ProposedChange change) {
    return Verdict.PASS;
  }

  /** A host that follows another one is alive while that one is. */
  @Override
  public synchronized void made(ProposedChange change) {
    Host host = change.host();
    if (host.equals(change.asked())) {
      return;
    }
    int row = rowOf(host);
    Name leader = change.asked().name();
    if (!leader.equals(table.leader(row))) {
      table.leader(row, leader);
      table.dirty().set(row);
    }
    if (table.acted(row) != LivenessState.FRESH) {
      table.acted(row, LivenessState.FRESH);
      table.dirty().set(row);
    }
    queue(row, host);
  }

  /** The row of this host, empty if it was never heard. */
  private int rowOf(Host host) {
    int row = table.add(host.name(), isHost);
    if (table.seen(row) != 0 && table.seen(row) < host.createdAt().toEpochMilli()) {
      table.reset(row); // of another host, that had this name before
    }
    return row;
  }

  @Override
  public synchronized void observed(Observation observation) {
    Host host = observation.host();
    int row = rowOf(host);
    long now = observation.at().toEpochMilli();
    long before = table.seen(row);
    boolean unchanged = observation.outcome() instanceof UpdateOutcome.Unchanged;
    long gap = (now - before) / 1000;
    if (before != 0 && unchanged && gap >= LearnedInterval.GAP_MIN_SECONDS) {
      table.addGaps(row, (int) Math.min(gap, LearnedInterval.SECONDS_MAX));
    }
    table.seen(row, now);
    table.client(row, ClientKind.of(observation.origin().userAgent()));
    if (table.acted(row) != LivenessState.FRESH) {
      table.acted(row, LivenessState.FRESH);
      if (returned.size() < RETURNED_MAX) {
        returned.add(observation);
      }
    }
    table.dirty().set(row);
    queue(row, host);
  }

  /** The reports of hosts that had been acted on. */
  synchronized List<Observation> takeReturned() {
    List<Observation> taken = List.copyOf(returned);
    returned.clear();
    return taken;
  }

  /** Whether the host was not heard again since. */
  synchronized boolean isLatest(Observation observation) {
    int row = table.find(observation.host().name());
    return row != SeenTable.NONE && table.seen(row) == observation.at().toEpochMilli();
  }

  /**
   * Counts a host whose addresses somebody published before anything was recorded from now on, so
   * that it can fall silent.
   */
  synchronized void adopt(Host host, Instant now) {
    int row = table.find(host.name());
    if (row == SeenTable.NONE) {
      row = table.add(host.name(), isHost);
      table.seen(row, now.toEpochMilli());
      table.dirty().set(row);
      queue(row, host);
    }
  }

  /** Puts a row where it is due, unless it stands before that already: then it is looked at. */
  private void queue(int row, Host host) {
    long second = judge.dueSecond(row, host);
    long present = table.queued(row);
    if (second != 0 && (present == 0 || second < present)) {
      table.queued(row, second);
      due.add(second, row);
      if (due.size() > 2 * table.rows() + 1_000) {
        requeueAll();
      }
    }
  }

  private synchronized void requeueAll() {
    due.clear();
    for (int row = 0; row < table.rows(); row++) {
      Name name = table.name(row);
      Host host = name == null ? null : hosts.apply(name);
      if (name != null && host == null) {
        table.remove(row);
      } else if (host != null) {
        long second = judge.dueSecond(row, host);
        table.queued(row, second);
        if (second != 0) {
          due.add(second, row);
        }
      }
    }
  }

  /**
   * A policy has changed: whoever is silent is judged anew by it.
   *
   * @param host the only host it is about; null for those of a zone, or all
   */
  public synchronized void policyChanged(@Nullable Host host) {
    if (host == null) {
      for (int row = 0; row < table.rows(); row++) {
        table.acted(row, LivenessState.FRESH);
      }
      requeueAll();
      return;
    }
    int row = table.find(host.name());
    if (row != SeenTable.NONE) {
      table.acted(row, LivenessState.FRESH);
      queue(row, host);
    }
  }

  /** The clock was set, or we stood still: silence counts from now on only. */
  synchronized void interrupted(Instant now) {
    judge.listening(new Listening(now, now));
    for (int row = 0; row < table.rows(); row++) {
      if (table.seen(row) > now.toEpochMilli()) {
        table.seen(row, now.toEpochMilli());
        table.dirty().set(row);
      }
    }
    requeueAll();
  }

  /**
   * What has become due: hosts in a state whose action is to be done.
   *
   * @param most how many
   */
  synchronized List<DueHost> takeDue(Instant now, int most) {
    var taken = new ArrayList<DueHost>();
    while (taken.size() < most && due.earliest() <= now.getEpochSecond()) {
      long second = due.earliest();
      int row = due.take();
      Name name = table.name(row);
      if (name == null || table.queued(row) != second) {
        continue; // was put elsewhere since
      }
      table.queued(row, 0);
      Host host = hosts.apply(name);
      if (host == null) {
        table.remove(row);
        continue;
      }
      DueHost one = judge.due(row, host, now);
      if (one.state().compareTo(table.acted(row)) < 0) {
        table.acted(row, LivenessState.FRESH);
        table.dirty().set(row);
      }
      if (!one.action().equals(LivenessAction.NONE)) {
        taken.add(one);
      } else {
        requeue(row, host, now);
      }
    }
    return taken;
  }

  private void requeue(int row, Host host, Instant now) {
    long second = judge.dueSecond(row, host);
    if (second != 0) {
      // Never in the past: what is judged again in this very second would go round and round.
      long later = Math.max(second, now.getEpochSecond() + 1);
      table.queued(row, later);
      due.add(later, row);
    }
  }

  /** Notes that a host is acted on now; false if it was heard since it became due. */
  synchronized boolean begin(DueHost one) {
    int row = table.find(one.host().name());
    if (row == SeenTable.NONE || judge.seen(row, one.host()) != one.lastSeen().toEpochMilli()) {
      return false;
    }
    table.acted(row, one.state());
    table.dirty().set(row);
    return true;
  }

  /** It is done; the next state comes in its time. */
  synchronized void done(DueHost one, Instant now) {
    int row = table.find(one.host().name());
    if (row != SeenTable.NONE && table.queued(row) == 0) {
      requeue(row, one.host(), now);
    }
  }

  /** It could not be done: to be tried again then. */
  synchronized void failed(DueHost one, Instant again) {
    int row = table.find(one.host().name());
    if (row != SeenTable.NONE && table.acted(row) == one.state()) {
      table.acted(row, one.acted());
      table.queued(row, again.getEpochSecond());
      due.add(again.getEpochSecond(), row);
    }
  }

  /** How it stands with a host. */
  public synchronized HostLiveness liveness(Host host, Instant now) {
    int row = table.find(host.name());
    LivenessPolicy policy = policies.policy(host);
    long seen = row == SeenTable.NONE ? 0 : judge.seen(row, host);
    int teacher = row == SeenTable.NONE ? row : judge.teacher(row);
    ClientKind client = seen == 0 ? ClientKind.UNKNOWN : table.client(teacher);
    Duration interval = policy.stated();
    IntervalSource source = IntervalSource.STATED;
    if (interval == null) {
      boolean hasLearned = seen != 0 && table.learned(teacher) != 0;
      source = hasLearned ? IntervalSource.LEARNED : IntervalSource.CLIENT;
      interval = seen == 0 ? client.interval() : judge.interval(row, policy);
    }
    return new HostLiveness(
        host,
        seen == 0 ? null : Instant.ofEpochMilli(seen),
        seen == 0 ? null : judge.listening().state(seen, interval, policy.grace(), now),
        interval,
        source,
        client,
        seen == 0 ? null : table.leader(row),
        seen == 0 ? LivenessState.FRESH : table.acted(row),
        policy);
  }

  /**
   * Writes what was heard since the last time, some thousand hosts a transaction, so that updates
   * get their turn in between.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not; the next one does
   */
  public void flush(Instant now) {
    List<SeenRow> rows = takeDirty();
    while (!rows.isEmpty()) {
      try {
        store.keepSeen(rows);
      } catch (RuntimeException e) {
        rows.forEach(row -> dirtyAgain(row.host()));
        throw e;
      }
      rows = rows.size() < ROWS_PER_WRITE ? List.of() : takeDirty();
    }
    Instant since;
    synchronized (this) {
      since = judge.listening().since();
    }
    store.keepListened(new LivenessStore.Listened(since, now));
  }

  private synchronized void dirtyAgain(Name name) {
    int row = table.find(name);
    if (row != SeenTable.NONE) {
      table.dirty().set(row);
    }
  }

  private synchronized List<SeenRow> takeDirty() {
    BitSet dirty = table.dirty();
    var rows = new ArrayList<SeenRow>();
    for (int row = dirty.nextSetBit(0);
        row >= 0 && rows.size() < ROWS_PER_WRITE;
        row = dirty.nextSetBit(row + 1)) {
      dirty.clear(row);
      Name name = table.name(row);
      if (name != null) {
        rows.add(
            new SeenRow(
                name,
                Instant.ofEpochMilli(table.seen(row)),
                table.client(row),
                Arrays.stream(table.gaps(row)).boxed().toList(),
                table.leader(row),
                table.acted(row)));
      }
    }
    return rows;
  }
}
