package net.homeport.registry.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.Host;
import net.homeport.registry.liveness.HostLiveness.IntervalSource;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * When hosts were heard, how often they should be, and so in which state they are. Not thread safe.
 */
final class SilenceJudge {
  /** When a host is to be looked at whose leader is about to be heard. */
  static final long SOON = 1;

  static final Duration FOLLOWER_RECHECK = Duration.ofHours(1);

  private final SeenTable table;
  private final LivenessPolicies policies;
  private final AddressLeaders leaders;
  private Listening listening;

  SilenceJudge(
      SeenTable table, LivenessPolicies policies, AddressLeaders leaders, Listening listening) {
    this.table = table;
    this.leaders = leaders;
    this.policies = policies;
    this.listening = listening;
  }

  Listening listening() {
    return listening;
  }

  void listening(Listening changed) {
    listening = changed;
  }

  /** Whether its addresses are an administrator's alone: nobody can fall silent then. */
  boolean isFixed(Host host) {
    List<Name> leading = leaders.of(host);
    return leading != null && leading.isEmpty();
  }

  /** When it was last heard, itself or through a host that it follows; 0 for never. */
  long seen(int row, Host host) {
    long last = table.seen(row);
    List<Name> leading = leaders.of(host);
    if (leading != null) {
      for (Name leader : leading) {
        int other = table.find(leader);
        last = other == SeenTable.NONE ? last : Math.max(last, table.seen(other));
      }
    }
    return last < host.createdAt().toEpochMilli() ? 0 : last;
  }

  /** The host it follows that was heard last; null if it follows none. */
  @Nullable Name leader(Host host) {
    List<Name> leading = leaders.of(host);
    Name latest = null;
    long last = -1;
    for (Name leader : leading == null ? List.<Name>of() : leading) {
      int row = table.find(leader);
      long seen = row == SeenTable.NONE ? 0 : table.seen(row);
      if (seen > last) {
        latest = leader;
        last = seen;
      }
    }
    return latest;
  }

  /** The row that tells how often this one is heard: the leader's if there is one. */
  int teacher(int row, Host host) {
    Name leader = leader(host);
    int leading = leader == null ? SeenTable.NONE : table.find(leader);
    return leading == SeenTable.NONE ? row : leading;
  }

  Duration interval(int row, Host host, LivenessPolicy policy) {
    Duration stated = policy.stated();
    if (stated != null) {
      return stated;
    }
    int teacher = teacher(row, host);
    int learned = table.learned(teacher);
    return learned == 0 ? table.client(teacher).interval() : Duration.ofSeconds(learned);
  }

  /** When the next state with an action begins, in seconds since 1970; 0 for never. */
  long dueSecond(int row, Host host) {
    long seen = seen(row, host);
    if (isFixed(host)) {
      return 0;
    }
    if (seen == 0) {
      return leaders.of(host) == null ? 0 : SOON;
    }
    LivenessPolicy policy = policies.policy(host);
    Duration interval = interval(row, host, policy);
    LivenessState acted = table.acted(row);
    for (LivenessState next : LivenessState.values()) {
      if (next.compareTo(acted) > 0 && !policy.action(next).equals(LivenessAction.NONE)) {
        Instant begins = listening.begins(seen, interval, policy.grace(), next);
        return begins.getEpochSecond() + 1;
      }
    }
    boolean follows = leaders.of(host) != null;
    return acted == LivenessState.FRESH || !follows
        ? 0
        : seen / 1000 + policy.grace().until(acted, interval).plus(FOLLOWER_RECHECK).toSeconds();
  }

  /** In which state it is; fresh if it was never heard. */
  LivenessState state(int row, Host host, Instant now) {
    long seen = seen(row, host);
    LivenessPolicy policy = policies.policy(host);
    return seen == 0 || isFixed(host)
        ? LivenessState.FRESH
        : listening.state(seen, interval(row, host, policy), policy.grace(), now);
  }

  /** Whether no other host's reports are its own. */
  boolean isHeardItself(Host host) {
    return leaders.of(host) == null;
  }

  /** Whether its addresses were changed for its silence. */
  boolean isKeptOut(int row, Host host) {
    LivenessState acted = table.acted(row);
    LivenessPolicy policy = policies.policy(host);
    for (LivenessState each : LivenessState.values()) {
      boolean changes =
          switch (policy.action(each)) {
            case LivenessAction.None _, LivenessAction.Tell _ -> false;
            case LivenessAction.ShortenTtl _,
                LivenessAction.Withdraw _,
                LivenessAction.Park _,
                LivenessAction.Delete _ ->
                true;
          };
      if (changes && each.compareTo(acted) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** What is to be done about a host now. */
  DueHost due(int row, Host host, Instant now) {
    long seen = seen(row, host);
    LivenessPolicy policy = policies.policy(host);
    LivenessState acted = table.acted(row);
    LivenessState state = state(row, host, now);
    LivenessAction action = LivenessAction.NONE;
    for (LivenessState each : LivenessState.values()) {
      boolean entered = each.compareTo(acted) > 0 && each.compareTo(state) <= 0;
      LivenessAction one = policy.action(each);
      // Of several states at once, the action of the last one that has any.
      if (entered && !one.equals(LivenessAction.NONE)) {
        action = one;
      }
    }
    return new DueHost(host, state, acted, action, Instant.ofEpochMilli(seen));
  }

  /**
   * How it stands with a host.
   *
   * @param row its row, or {@link SeenTable#NONE}
   */
  HostLiveness liveness(int row, Host host, Instant now) {
    LivenessPolicy policy = policies.policy(host);
    long seen = row == SeenTable.NONE ? 0 : seen(row, host);
    if (seen == 0) {
      Duration stated = policy.stated();
      return new HostLiveness(
          host,
          null,
          null,
          stated == null ? ClientKind.UNKNOWN.interval() : stated,
          stated == null ? IntervalSource.CLIENT : IntervalSource.STATED,
          ClientKind.UNKNOWN,
          null,
          LivenessState.FRESH,
          policy,
          Map.of());
    }
    int teacher = teacher(row, host);
    IntervalSource taught =
        table.learned(teacher) == 0 ? IntervalSource.CLIENT : IntervalSource.LEARNED;
    Duration interval = interval(row, host, policy);
    return new HostLiveness(
        host,
        Instant.ofEpochMilli(seen),
        state(row, host, now),
        interval,
        policy.stated() == null ? taught : IntervalSource.STATED,
        table.client(teacher),
        leader(host),
        table.acted(row),
        policy,
        isFixed(host) ? Map.of() : begins(seen, interval, policy.grace()));
  }

  /** When each state that is worse than fresh begins. */
  private Map<LivenessState, Instant> begins(long seen, Duration interval, Grace grace) {
    Map<LivenessState, Instant> begins = new EnumMap<>(LivenessState.class);
    for (LivenessState state : LivenessState.values()) {
      if (state != LivenessState.FRESH) {
        begins.put(state, listening.begins(seen, interval, grace, state));
      }
    }
    return begins;
  }
}
