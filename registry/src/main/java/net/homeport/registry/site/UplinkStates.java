package net.homeport.registry.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which uplinks of a site are in use, and what leads to the next switch. A pure state machine: time
 * comes in as a parameter, and each step gives a new state.
 *
 * @param states of those that were heard, by name
 * @param chosen the uplinks in use, in their order; empty before the first report
 * @param switchedAt when they changed last; {@link Instant#MIN} if never
 */
public record UplinkStates(
    Map<String, UplinkState> states, List<String> chosen, Instant switchedAt) {
  /** Nothing was heard yet. */
  public static final UplinkStates NONE = new UplinkStates(Map.of(), List.of(), Instant.MIN);

  public UplinkStates {
    states = Map.copyOf(states);
    chosen = List.copyOf(chosen);
  }

  /**
   * After a start: those that were in use stay so for an interval, and all others must be heard and
   * be stable before they take over.
   */
  static UplinkStates restarted(Site site, List<String> chosen, Instant now) {
    var states = new HashMap<String, UplinkState>();
    for (Uplink uplink : site.uplinks()) {
      boolean used = chosen.contains(uplink.name());
      if (!chosen.isEmpty()) {
        states.put(uplink.name(), used ? UplinkState.first(now) : UplinkState.unheard(now));
      }
    }
    return new UplinkStates(
        states, chosen.stream().filter(states::containsKey).toList(), Instant.MIN);
  }

  /** An uplink of the site was heard. */
  UplinkStates heard(Site site, String name, Instant now) {
    Uplink uplink = site.uplink(name);
    if (uplink == null) {
      return this;
    }
    UplinkState before = states.get(name);
    var after = new HashMap<>(states);
    after.put(
        name, before == null ? UplinkState.first(now) : before.heard(uplink, site.policy(), now));
    return new UplinkStates(after, chosen, switchedAt).at(site, now);
  }

  /** What has become of it by this time. */
  UplinkStates at(Site site, Instant now) {
    var present = new HashMap<String, UplinkState>();
    for (Uplink uplink : site.uplinks()) {
      UplinkState state = states.get(uplink.name());
      if (state != null) {
        present.put(uplink.name(), state.at(uplink, site.policy(), now));
      }
    }
    List<String> target = target(site, present, now);
    if (target.equals(chosen)) {
      return new UplinkStates(present, chosen, switchedAt);
    }
    if (chosen.isEmpty()) {
      return new UplinkStates(present, target, Instant.MIN);
    }
    return mayNotSwitchBefore(site).isAfter(now)
        ? new UplinkStates(present, chosen, switchedAt)
        : new UplinkStates(present, target, now);
  }

  private Instant mayNotSwitchBefore(Site site) {
    return switchedAt.equals(Instant.MIN) ? Instant.MIN : switchedAt.plus(site.policy().holdDown());
  }

  /** What should be in use, were there no hold-down. */
  private List<String> target(Site site, Map<String, UplinkState> present, Instant now) {
    var healthy = new ArrayList<String>();
    var stable = new ArrayList<String>();
    var up = new ArrayList<String>();
    for (Uplink uplink : site.uplinks()) {
      UplinkState state = present.get(uplink.name());
      if (state == null || !state.up()) {
        continue;
      }
      up.add(uplink.name());
      if (state.isHealthy()) {
        healthy.add(uplink.name());
        if (chosen.contains(uplink.name()) || !state.stableFrom().isAfter(now)) {
          stable.add(uplink.name());
        }
      }
    }
    List<String> best =
        !stable.isEmpty()
            ? stable
            // A site without a stable uplink is better off with an unstable one than with none.
            : !healthy.isEmpty() ? healthy : upFirst(up);
    if (best.isEmpty()) {
      return known(site);
    }
    return site.policy().kind() == UplinkPolicy.Kind.PRIORITY ? best.subList(0, 1) : best;
  }

  /** Of those that are kept out, the one in use is as good as any: no switch for nothing. */
  private List<String> upFirst(List<String> up) {
    List<String> used = up.stream().filter(chosen::contains).toList();
    return used.isEmpty() ? up : used;
  }

  /** All silent: what was published last stays. */
  private List<String> known(Site site) {
    return chosen.stream().filter(name -> site.uplink(name) != null).toList();
  }

  /** Whether uplinks come and go, so that answers should not be kept for long. */
  boolean isUnstable(Site site, Instant now) {
    return states.values().stream()
        .anyMatch(state -> state.isUnstable(site.policy().damping(), now));
  }

  /** When something changes by itself next; {@link Instant#MAX} if nothing does. */
  Instant nextEvent(Site site, Instant now) {
    Instant next = Instant.MAX;
    for (Uplink uplink : site.uplinks()) {
      UplinkState state = states.get(uplink.name());
      if (state != null) {
        Instant one = state.nextEvent(uplink, site.policy().damping(), now);
        next = one.isBefore(next) ? one : next;
      }
    }
    Instant free = mayNotSwitchBefore(site);
    return free.isAfter(now) && free.isBefore(next) ? free : next;
  }

  /** The state of an uplink; null if it was never heard. */
  public @Nullable UplinkState state(String name) {
    return states.get(name);
  }
}
