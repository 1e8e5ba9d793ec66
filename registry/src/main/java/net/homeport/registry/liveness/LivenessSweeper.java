package net.homeport.registry.liveness;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.liveness.LivenessListener.Event;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Does what the policies say about hosts that fall silent. {@link #tick} is called again and again
 * by one thread, and looks only at those hosts that are due.
 */
public final class LivenessSweeper {
  /** What changes of ours are attributed to. */
  public static final String FRONT_DOOR = "liveness";

  /** How many hosts are acted on in one tick; more wait for the next. */
  static final int HOSTS_PER_TICK = 1_000;

  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

  private final LivenessBook book;
  private final HostRegistry registry;
  private final HostUpdates updates;
  private final Supplier<ZoneSnapshot> zones;
  private final LivenessListener listener;
  private @Nullable Instant lastTick;

  public LivenessSweeper(
      LivenessBook book,
      HostRegistry registry,
      HostUpdates updates,
      Supplier<ZoneSnapshot> zones,
      LivenessListener listener) {
    this.book = book;
    this.registry = registry;
    this.updates = updates;
    this.zones = zones;
    this.listener = listener;
  }

  /** A host that has addresses and was never heard can fall silent from now on. */
  public void adopt(Host host, Instant now) {
    ZoneSnapshot snapshot = zones.get();
    if (!HostAddresses.of(snapshot, host, Type.A).isEmpty()
        || !HostAddresses.of(snapshot, host, Type.AAAA).isEmpty()) {
      book.adopt(host, now);
    }
  }

  /**
   * Acts on the hosts that are due. When more than {@link Listening#BREAK_MAX} lies between two
   * calls, the clock was set or the machine stood still, and silence counts anew.
   */
  public void tick(Instant now) {
    Instant last = lastTick;
    lastTick = now;
    if (last != null && Duration.between(last, now).abs().compareTo(Listening.BREAK_MAX) > 0) {
      book.interrupted(now);
    }
    book.takeReturned().forEach(this::welcome);
    Map<Group, List<DueHost>> groups = new LinkedHashMap<>();
    for (DueHost one : book.takeDue(now, HOSTS_PER_TICK)) {
      groups
          .computeIfAbsent(
              new Group(one.host().zone(), one.state(), one.action()), _ -> new ArrayList<>())
          .add(one);
    }
    groups.forEach((group, hosts) -> act(group, hosts, now));
  }

  /** Hosts with which the same is done, in one commit. */
  private record Group(Name zone, LivenessState state, LivenessAction action) {
    Attribution actor(Instant now) {
      String rule = "%s: %s".formatted(state.name().toLowerCase(Locale.ROOT), action);
      return new Attribution(FRONT_DOOR, FRONT_DOOR, null, now, rule);
    }
  }

  private void act(Group group, List<DueHost> due, Instant now) {
    List<DueHost> hosts = due.stream().filter(book::begin).toList();
    if (hosts.isEmpty()) {
      return;
    }
    List<PlannedRrset> planned =
        hosts.stream().flatMap(one -> planned(one.host(), group.action()).stream()).toList();
    UpdateOutcome together = updates.publish(planned, group.actor(now));
    boolean refused = together instanceof UpdateOutcome.Rejected;
    for (DueHost one : hosts) {
      // One host whose name is taken must not hold the others back.
      UpdateOutcome outcome =
          refused
              ? updates.publish(planned(one.host(), group.action()), group.actor(now))
              : together;
      finish(one, outcome, now);
    }
  }

  private void finish(DueHost one, UpdateOutcome outcome, Instant now) {
    String words = words(outcome);
    if (outcome instanceof UpdateOutcome.Failed) {
      book.failed(one, now.plus(TRY_AGAIN));
    } else if (one.action() instanceof LivenessAction.Delete) {
      try {
        registry.remove(one.host().name());
      } catch (RegistryStoreException e) {
        words = String.valueOf(e.getMessage());
        book.failed(one, now.plus(TRY_AGAIN));
      }
    } else {
      book.done(one, now);
    }
    listener.changed(new Event(one.host(), one.state(), one.action(), one.lastSeen(), words));
  }

  private List<PlannedRrset> planned(Host host, LivenessAction action) {
    ZoneSnapshot snapshot = zones.get();
    var planned = new ArrayList<PlannedRrset>(2);
    for (int type : new int[] {Type.A, Type.AAAA}) {
      List<InetAddress> present = HostAddresses.of(snapshot, host, type);
      if (present.isEmpty()) {
        continue; // a family that it does not have is not given to it
      }
      switch (action) {
        case LivenessAction.None _, LivenessAction.Tell _ -> {}
        case LivenessAction.ShortenTtl shorten ->
            planned.add(
                new PlannedRrset(host, type, present, Math.min(host.ttl(), shorten.seconds())));
        case LivenessAction.Withdraw _, LivenessAction.Delete _ ->
            planned.add(new PlannedRrset(host, type, List.of()));
        case LivenessAction.Park park -> {
          InetAddress neutral = type == Type.A ? park.ipv4() : park.ipv6();
          planned.add(new PlannedRrset(host, type, neutral == null ? List.of() : List.of(neutral)));
        }
      }
    }
    return planned;
  }

  /**
   * A host is heard again. If its report was found unchanged, it was judged before our commit and
   * heard after: then what it reports is not there any more, and is judged and published once more.
   */
  private void welcome(Observation observation) {
    String words = "";
    ZoneSnapshot before = zones.get();
    if (observation.outcome() instanceof UpdateOutcome.Unchanged && book.isLatest(observation)) {
      words = words(updates.again(EarlierReport.of(observation), before));
    }
    listener.changed(
        new Event(
            observation.host(), LivenessState.FRESH, LivenessAction.NONE, observation.at(), words));
  }

  /** Why it was not done; empty if it was. */
  private static String words(UpdateOutcome outcome) {
    return switch (outcome) {
      case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _ -> "";
      case UpdateOutcome.Withheld withheld -> withheld.why();
      case UpdateOutcome.Rejected rejected -> rejected.why();
      case UpdateOutcome.Postponed postponed -> postponed.why();
      case UpdateOutcome.Failed failed -> failed.incident();
    };
  }
}
