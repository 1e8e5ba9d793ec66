package net.homeport.registry.liveness;

import java.time.Duration;
import java.time.Instant;
import net.homeport.registry.host.Host;
import org.xbill.DNS.Name;

/**
 * When hosts were heard, how often they should be, and so in which state they are. Not thread safe.
 */
final class SilenceJudge {
  private static final Duration FOLLOWER_RECHECK = Duration.ofHours(1);

  private final SeenTable table;
  private final LivenessPolicies policies;
  private Listening listening;

  SilenceJudge(SeenTable table, LivenessPolicies policies, Listening listening) {
    this.table = table;
    this.policies = policies;
    this.listening = listening;
  }

  Listening listening() {
    return listening;
  }

  void listening(Listening changed) {
    listening = changed;
  }

  /** When it was last heard, itself or through the host it follows; 0 for never. */
  long seen(int row, Host host) {
    long own = table.seen(row);
    Name leader = table.leader(row);
    int leading = leader == null ? SeenTable.NONE : table.find(leader);
    long last = leading == SeenTable.NONE ? own : Math.max(own, table.seen(leading));
    return last < host.createdAt().toEpochMilli() ? 0 : last;
  }

  /** The row that tells how often this one is heard: the leader's if there is one. */
  int teacher(int row) {
    Name leader = table.leader(row);
    int leading = leader == null ? SeenTable.NONE : table.find(leader);
    return leading == SeenTable.NONE ? row : leading;
  }

  Duration interval(int row, LivenessPolicy policy) {
    Duration stated = policy.stated();
    if (stated != null) {
      return stated;
    }
    int teacher = teacher(row);
    int learned = table.learned(teacher);
    return learned == 0 ? table.client(teacher).interval() : Duration.ofSeconds(learned);
  }

  /** When the next state with an action begins, in seconds since 1970; 0 for never. */
  long dueSecond(int row, Host host) {
    long seen = seen(row, host);
    if (seen == 0) {
      return 0;
    }
    LivenessPolicy policy = policies.policy(host);
    Duration interval = interval(row, policy);
    LivenessState acted = table.acted(row);
    for (LivenessState next : LivenessState.values()) {
      if (next.compareTo(acted) > 0 && !policy.action(next).equals(LivenessAction.NONE)) {
        Instant begins = listening.begins(seen, interval, policy.grace(), next);
        return begins.getEpochSecond() + 1;
      }
    }
    boolean follows = table.leader(row) != null;
    return acted == LivenessState.FRESH || !follows
        ? 0
        : seen / 1000 + policy.grace().until(acted, interval).plus(FOLLOWER_RECHECK).toSeconds();
  }

  /** What is to be done about a host now. */
  DueHost due(int row, Host host, Instant now) {
    long seen = seen(row, host);
    LivenessPolicy policy = policies.policy(host);
    LivenessState acted = table.acted(row);
    LivenessState state =
        seen == 0
            ? LivenessState.FRESH
            : listening.state(seen, interval(row, policy), policy.grace(), now);
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
}
