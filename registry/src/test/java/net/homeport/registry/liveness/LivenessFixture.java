package net.homeport.registry.liveness;

import static net.homeport.testkit.DnsText.name;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.liveness.LivenessListener.Event;
import net.homeport.registry.update.AddressPlanner;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Hosts, a clock that is moved in steps of five minutes, and who watches their silence. */
abstract class LivenessFixture {
  static final Duration STEP = Duration.ofMinutes(5);
  static final Duration HOURLY = Duration.ofHours(1);

  final House house = new House("home.test.");
  final Host cam = house.host("cam.home.test.").host();
  final MemoryLivenessStore store = new MemoryLivenessStore();
  final List<Event> events = new ArrayList<>();
  final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  final AtomicReference<NameVeto> veto = new AtomicReference<>(NameVeto.NONE);
  final AddressPlanner planner = new DirectPlanner(house.writer::snapshot);
  LivenessPolicies policies = new LivenessPolicies(store, house.hosts::host);
  LivenessBook book = newBook();
  HostUpdates updates = newUpdates();
  LivenessSweeper sweeper = newSweeper();

  LivenessBook newBook() {
    return new LivenessBook(
        store, policies, house.hosts::host, AddressLeaders.NONE, house.clock.instant());
  }

  HostUpdates newUpdates() {
    return new HostUpdates(
        house.hosts,
        house.writer,
        house.clock,
        new UpdateStages(
            new HostAuthenticator(house.hosts, house.hasher),
            HostAccess.OWN_CREDENTIAL,
            planner,
            List.of(new Blocked(), book),
            List.of(
                observation -> {
                  // Between the judgement and the word of it.
                  Runnable crossing = beforeCommit.getAndSet(null);
                  if (crossing != null) {
                    crossing.run();
                  }
                },
                book),
            RejectedAttempts.NONE));
  }

  /** As a block is. */
  private final class Blocked implements UpdateCheck {
    @Override
    public String name() {
      return "block";
    }

    @Override
    public Verdict check(ProposedChange change) {
      String why = veto.get().against(change.host().name());
      return why == null ? Verdict.PASS : new Verdict.Reject(UpdateOutcome.Reason.BLOCKED, why);
    }
  }

  LivenessSweeper newSweeper() {
    return new LivenessSweeper(book, house.hosts, updates, house.writer::snapshot, events::add);
  }

  @AfterEach
  void close() {
    house.close();
  }

  final Map<String, String> secrets = new java.util.HashMap<>();

  UpdateOutcome report(Host host, String address, String userAgent) {
    String secret =
        secrets.computeIfAbsent(
            host.name().toString(),
            _ -> {
              house.hosts.remove(host.name());
              return Objects.requireNonNull(house.host(host.name().toString()).secret());
            });
    var request =
        new UpdateRequest(
            new Presented.Token(secret),
            new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test", null, userAgent),
            List.of(
                new HostWish(
                    host.name().toString(),
                    new AddressWish.Publish(InetAddress.ofLiteral(address)),
                    AddressWish.KEEP)));
    return ((UpdateAnswer.PerHost) updates.update(request)).outcomes().getFirst();
  }

  UpdateOutcome report(Host host, String address) {
    return report(host, address, "");
  }

  Host now(Host host) {
    return Objects.requireNonNull(house.hosts.host(host.name()));
  }

  HostLiveness liveness() {
    return book.liveness(now(cam), house.clock.instant());
  }

  void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      house.clock.advance(left.compareTo(STEP) < 0 ? left : STEP);
      sweeper.tick(house.clock.instant());
    }
  }

  /** The same device, on a server that stops and starts again. */
  void restart(Duration down) {
    book.flush(house.clock.instant());
    house.clock.advance(down);
    policies = new LivenessPolicies(store, house.hosts::host);
    book = newBook();
    updates = newUpdates();
    sweeper = newSweeper();
    sweeper.tick(house.clock.instant());
  }

  void say(@Nullable Duration interval, String silent, String dead) {
    policies.sayOfZone(
        name("home.test."),
        new LivenessSettings(
            interval,
            null,
            Map.of(
                LivenessState.SILENT, LivenessAction.parse(silent),
                LivenessState.DEAD, LivenessAction.parse(dead))));
    book.policyChanged(null);
  }
}
