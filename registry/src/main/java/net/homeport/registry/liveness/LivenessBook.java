package net.homeport.registry.liveness;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.Verdict;
import net.homeport.zone.update.Attribution;
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
  private static final Verdict KEPT_OUT =
      new Verdict.Withhold("it is silent itself: its next report publishes it again");

  private final LivenessStore store;
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
   * @param leaders whom hosts follow
   * @param now when the server starts
   */
  public LivenessBook(
      LivenessStore store,
      LivenessPolicies policies,
      Function<Name, @Nullable Host> hosts,
      AddressLeaders leaders,
      Instant now) {
    this.store = store;
    this.hosts = hosts;
    this.isHost = name -> hosts.apply(name) != null;
    this.judge =
        new SilenceJudge(table, policies, leaders, Listening.resumed(store.listened(), now));
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
    table.acted(added, row.acted());
  }

  @Override
  public String name() {
    return "liveness";
  }

  /**
   * A host that reports an address itself comes back by its own report only, and not with those
   * that it follows besides.
   */
  @Override
  public synchronized Verdict check(ProposedChange change) {
    Host host = change.host();
    int row = table.find(host.name());
    boolean waits =
        row != SeenTable.NONE
            && !host.equals(change.asked())
            && judge.isKeptOut(row, host)
            && judge.isHeardItself(host);
    return waits ? KEPT_OUT : Verdict.PASS;
  }

  /**
   * For changes that no report asks for: what silence took out of DNS stays out until the host is
   * heard, itself or through one that it follows.
   */
  public UpdateCheck untilHeard(InstantSource clock) {
    return new SilenceCheck(host -> isSilent(host, clock.instant()) ? KEPT_OUT : Verdict.PASS);
  }

  /** Whether silence took its addresses out of DNS, and it was not heard since. */
  public synchronized boolean isSilent(Host host, Instant now) {
    int row = table.find(host.name());
    return row != SeenTable.NONE
        && judge.isKeptOut(row, host)
        && judge.state(row, host, now).compareTo(table.acted(row)) >= 0;
  }

  /** A host that follows another one is alive while that one is. */
  @Override
  public synchronized void made(ProposedChange change) {
    Host host = change.host();
    if (host.equals(change.asked())) {
      return;
    }
    boolean isNew = table.find(host.name()) == SeenTable.NONE;
    int row = rowOf(host);
    if (isNew || table.acted(row) != LivenessState.FRESH) {
      table.acted(row, LivenessState.FRESH);
      table.dirty().set(row);
    }
    queue(row, host);
  }

  /** Hosts whose addresses somebody else published can fall silent from now on. */
  @Override
  public void published(List<PlannedRrset> planned, Attribution actor) {
    if (!actor.frontDoor().equals(LivenessSweeper.FRONT_DOOR)) {
      for (PlannedRrset rrset : planned) {
        if (!rrset.addresses().isEmpty()) {
          adopt(rrset.host(), actor.at());
        }
      }
    }
  }

  /**
   * A host was heard through a door of which nothing else is known: a signed update.
   *
   * @param name of anything; names of no host are of no account
   */
  public void heard(Name name, Instant at) {
    Host host = hosts.apply(name);
    if (host != null) {
      synchronized (this) {
        int row = rowOf(host);
        heard(row, host, at, table.client(row));
        table.acted(row, LivenessState.FRESH);
      }
    }
  }

  private void addGap(int row, long before, long now) {
    long gap = (now - before) / 1000;
    if (before != 0 && gap >= LearnedInterval.GAP_MIN_SECONDS) {
      table.addGaps(row, (int) Math.min(gap, LearnedInterval.SECONDS_MAX));
    }
  }

  private void heard(int row, Host host, Instant at, ClientKind client) {
    table.seen(row, at.toEpochMilli());
    table.client(row, client);
    table.dirty().set(row);
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
    if (observation.outcome() instanceof UpdateOutcome.Unchanged) {
      addGap(row, table.seen(row), observation.at().toEpochMilli());
    }
    if (table.acted(row) != LivenessState.FRESH) {
      table.acted(row, LivenessState.FRESH);
      if (returned.size() < RETURNED_MAX) {
        returned.add(observation);
      }
    }
    heard(row, host, observation.at(), ClientKind.of(observation.origin().userAgent()));
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
    int row = rowOf(host);
    if (judge.seen(row, host) == 0) {
      table.seen(row, now.toEpochMilli());
      table.dirty().set(row);
    }
    queue(row, host);
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
      // Whom nobody speaks for still is looked at now and then.
      long first = second == SilenceJudge.SOON ? SilenceJudge.FOLLOWER_RECHECK.toSeconds() : 1;
      long later = Math.max(second, now.getEpochSecond() + first);
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
    return judge.liveness(table.find(host.name()), host, now);
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
    return table.takeDirty(ROWS_PER_WRITE);
  }
}
