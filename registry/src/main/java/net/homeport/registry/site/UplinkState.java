package net.homeport.registry.site;

import java.time.Instant;

/**
 * What is known of one uplink.
 *
 * @param up whether it was heard within its interval
 * @param heardAt when it was heard last
 * @param stableFrom when it will have been up for long enough to be used by choice
 * @param penalty of its failures, as of {@code penaltyAt}
 * @param suppressed whether it is kept out for its failures
 */
public record UplinkState(
    boolean up,
    Instant heardAt,
    Instant stableFrom,
    double penalty,
    Instant penaltyAt,
    boolean suppressed) {
  /** Heard for the first time: it has no failures to wait for. */
  static UplinkState first(Instant now) {
    return new UplinkState(true, now, now, 0, now, false);
  }

  /** After a start, of an uplink that was not in use: it must be heard, and be stable. */
  static UplinkState unheard(Instant start) {
    return new UplinkState(false, start, start, 0, start, false);
  }

  /** Whether it may be used. */
  public boolean isHealthy() {
    return up && !suppressed;
  }

  UplinkState heard(Uplink uplink, UplinkPolicy policy, Instant now) {
    UplinkState present = at(uplink, policy, now);
    Instant stable = present.up ? present.stableFrom : now.plus(policy.failBackDelay());
    Instant heard = present.heardAt.isAfter(now) ? present.heardAt : now;
    return new UplinkState(
        true, heard, stable, present.penalty, present.penaltyAt, present.suppressed);
  }

  /** What has become of it by this time; the same however often it is asked. */
  UplinkState at(Uplink uplink, UplinkPolicy policy, Instant now) {
    FlapDamping damping = policy.damping();
    UplinkState state = this;
    Instant downAt = heardAt.plus(uplink.interval());
    if (up && !downAt.isAfter(now)) {
      state = state.reused(damping, downAt);
      double sum = damping.added(damping.decayed(state.penalty, state.penaltyAt, downAt));
      boolean out = state.suppressed || sum >= damping.suppress();
      state = new UplinkState(false, heardAt, stableFrom, sum, downAt, out);
    }
    return state.reused(damping, now);
  }

  private UplinkState reused(FlapDamping damping, Instant now) {
    boolean over = suppressed && damping.decayed(penalty, penaltyAt, now) < damping.reuse();
    return over ? new UplinkState(up, heardAt, stableFrom, penalty, penaltyAt, false) : this;
  }

  /** Whether it failed lately, or waits to be used again. */
  boolean isUnstable(FlapDamping damping, Instant now) {
    return suppressed
        || damping.decayed(penalty, penaltyAt, now) >= damping.reuse()
        || (up && stableFrom.isAfter(now));
  }

  /** When it changes by itself next; {@link Instant#MAX} if it does not. */
  Instant nextEvent(Uplink uplink, FlapDamping damping, Instant now) {
    Instant next = up ? heardAt.plus(uplink.interval()) : Instant.MAX;
    if (up && stableFrom.isAfter(now) && stableFrom.isBefore(next)) {
      next = stableFrom;
    }
    double left = damping.decayed(penalty, penaltyAt, now);
    if (left >= damping.reuse() || suppressed) {
      Instant reuse = now.plus(damping.untilReuse(left));
      next = reuse.isBefore(next) ? reuse : next;
    }
    return next;
  }
}
