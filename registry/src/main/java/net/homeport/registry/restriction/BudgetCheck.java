package net.homeport.registry.restriction;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Postpones changes of a host that come too fast. Each host has a bucket for A and one for AAAA; a
 * device that flaps in one family changes in the other still. Thread safe.
 *
 * <p>Only buckets that are not full are kept, at most {@link #BUCKETS_MAX} of them young and as
 * many old; when more are needed, the oldest are forgotten, which means full.
 */
/*
 * A bucket is one number: the time at which it will be full again. To take a token moves it one
 * interval on; there is a token while it is less than a burst of intervals ahead of now.
 */
final class BudgetCheck implements UpdateCheck {
  static final String NAME = "change budget";
  static final int BUCKETS_MAX = 100_000;

  private final HostPolicies policies;
  private final InstantSource clock;
  private final int bucketsMax;
  private Map<Key, Long> young = new HashMap<>(); // guarded by this, as the next
  private Map<Key, Long> old = new HashMap<>();

  private record Key(Name host, int type) {}

  BudgetCheck(HostPolicies policies, InstantSource clock) {
    this(policies, clock, BUCKETS_MAX);
  }

  BudgetCheck(HostPolicies policies, InstantSource clock, int bucketsMax) {
    this.policies = policies;
    this.clock = clock;
    this.bucketsMax = bucketsMax;
  }

  /** What is meant if nothing is set. */
  private static ChangeBudget budget(@Nullable SetValue<ChangeBudget> set) {
    return set == null ? ChangeBudget.USUAL : set.value();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(ProposedChange change) {
    if (!change.changes()) {
      return Verdict.PASS;
    }
    SetValue<ChangeBudget> set = policies.effective(change.host(), PolicySetting.CHANGE_BUDGET);
    ChangeBudget budget = budget(set);
    long wait = 0;
    List<String> empty = new ArrayList<>(2);
    for (PlannedRrset rrset : change.differing()) {
      long one = wait(new Key(change.host().name(), rrset.type()), budget);
      if (one > 0) {
        empty.add(Type.string(rrset.type()));
        wait = Math.max(wait, one);
      }
    }
    return empty.isEmpty()
        ? Verdict.PASS
        : new Verdict.Postpone(
            "%s changed too often: %s"
                .formatted(
                    String.join(" and ", empty),
                    set == null
                        ? "the change budget is %s unless a policy says otherwise".formatted(budget)
                        : set.words()),
            Duration.ofMillis(wait));
  }

  /** Milliseconds until there is a token; 0 if there is one. */
  private long wait(Key key, ChangeBudget budget) {
    if (budget.burst() == 0) {
      return 0;
    }
    long ahead = ahead(key, budget);
    return Math.max(0, ahead - (budget.burst() - 1) * budget.interval().toMillis());
  }

  /** Milliseconds until the bucket is full; not more than can be owed, for clocks are set back. */
  private long ahead(Key key, ChangeBudget budget) {
    long ahead = fullAt(key) - clock.millis();
    return ahead > 2L * budget.burst() * budget.interval().toMillis() ? 0 : Math.max(0, ahead);
  }

  private synchronized long fullAt(Key key) {
    Long fullAt = young.get(key);
    return fullAt == null ? old.getOrDefault(key, Long.MIN_VALUE / 2) : fullAt;
  }

  @Override
  public void made(ProposedChange change) {
    ChangeBudget budget = budget(policies.effective(change.host(), PolicySetting.CHANGE_BUDGET));
    if (budget.burst() == 0) {
      return;
    }
    for (PlannedRrset rrset : change.differing()) {
      take(new Key(change.host().name(), rrset.type()), budget);
    }
  }

  private synchronized void take(Key key, ChangeBudget budget) {
    long fullAt = clock.millis() + ahead(key, budget) + budget.interval().toMillis();
    if (young.size() >= bucketsMax) {
      old = young;
      young = new HashMap<>();
    }
    young.put(key, fullAt);
  }

  /** How many buckets are kept. */
  synchronized int buckets() {
    return young.size() + old.size();
  }
}
