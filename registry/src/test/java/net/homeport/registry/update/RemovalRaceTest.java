package net.homeport.registry.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.RestrictionChecks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** A host is removed or blocked while an update of it is under way: nothing of it stays in DNS. */
@Timeout(60)
final class RemovalRaceTest {
  private static final int ROUNDS = 300;
  private static final AddressWish IPV4 =
      new AddressWish.Publish(List.of(InetAddress.ofLiteral("192.0.2.1")));
  private static final AddressWish IPV6 =
      new AddressWish.Publish(List.of(InetAddress.ofLiteral("2001:db8::1")));

  private final House house = new House("home.test.");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
    house.close();
  }

  /** Holds updates between their judgement and their commit. */
  private static final class Gate implements UpdateCheck {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public String name() {
      return "gate";
    }

    @Override
    public Verdict check(ProposedChange change) {
      reached.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Verdict.PASS;
    }
  }

  private HostUpdates updates(AddressPlanner planner, UpdateCheck... checks) {
    return new HostUpdates(
        house.hosts,
        house.writer,
        house.clock,
        new UpdateStages(
            new HostAuthenticator(house.hosts, house.hasher),
            HostAccess.OWN_CREDENTIAL,
            planner,
            List.of(checks),
            List.of(),
            RejectedAttempts.NONE));
  }

  private HostUpdates updates(UpdateCheck... checks) {
    return updates(new DirectPlanner(house.writer::snapshot), checks);
  }

  private HostAddition.Added host(String name) {
    return (HostAddition.Added) house.hosts.add(name(name), 60);
  }

  private static UpdateRequest request(HostAddition.Added added) {
    return new UpdateRequest(
        new Presented.Token(Objects.requireNonNull(added.secret())),
        new RequestOrigin(InetAddress.ofLiteral("198.51.100.7"), "test"),
        List.of(new HostWish(added.host().name().toString(true), IPV4, IPV6)));
  }

  private void remove(HostUpdates updates, Host host) {
    assertThat(updates.withdraw(host, House.ADMINISTRATOR))
        .isNotInstanceOf(UpdateOutcome.Failed.class);
    house.hosts.remove(host.name());
  }

  private List<InetAddress> published(Host host) {
    var all = new ArrayList<InetAddress>();
    all.addAll(HostAddresses.of(house.writer.snapshot(), host, Type.A));
    all.addAll(HostAddresses.of(house.writer.snapshot(), host, Type.AAAA));
    return all;
  }

  @Test
  void whatIsCommittedBehindTheRemovalIsTakenOutAgain() throws Exception {
    HostAddition.Added cam = host("cam.home.test.");
    var gate = new Gate();
    HostUpdates updates = updates(gate);
    Future<UpdateAnswer> late = threads.submit(() -> updates.update(request(cam)));
    gate.reached.await();
    remove(updates, cam.host());
    gate.open.countDown();
    assertThat(late.get())
        .isEqualTo(new UpdateAnswer.PerHost(List.of(new UpdateOutcome.Updated())));
    assertThat(published(cam.host())).isEmpty();
  }

  @Test
  void soIsWhatIsCommittedBehindABlock() throws Exception {
    HostAddition.Added cam = host("cam.home.test.");
    var store = new MemoryPolicyStore();
    var standings = new HostStandings(store);
    var checks =
        new ArrayList<>(RestrictionChecks.all(new HostPolicies(store), standings, house.clock));
    var gate = new Gate();
    checks.add(gate);
    HostUpdates updates = updates(checks.toArray(UpdateCheck[]::new));
    Future<UpdateAnswer> late = threads.submit(() -> updates.update(request(cam)));
    gate.reached.await();
    standings.block(new HostBlock(cam.host().name(), "abuse", "ann", house.clock.instant()));
    updates.withdraw(cam.host(), House.ADMINISTRATOR);
    gate.open.countDown();
    late.get();
    assertThat(published(cam.host())).isEmpty();
  }

  /** Of signed updates, which others commit: told on the thread of the writer. */
  @Test
  void soIsWhatOthersCommit() throws Exception {
    HostAddition.Added cam = host("cam.home.test.");
    var store = new MemoryPolicyStore();
    var standings = new HostStandings(store);
    HostUpdates updates =
        updates(
            RestrictionChecks.all(new HostPolicies(store), standings, house.clock)
                .toArray(UpdateCheck[]::new));
    standings.block(new HostBlock(cam.host().name(), "abuse", "ann", house.clock.instant()));
    var planned = new PlannedRrset(cam.host(), Type.A, List.of(InetAddress.ofLiteral("192.0.2.1")));
    house.updates.publish(List.of(planned), House.ADMINISTRATOR);
    assertThat(published(cam.host())).isNotEmpty();
    var wish = new HostWish("cam.home.test", IPV4, AddressWish.KEEP);
    updates
        .late()
        .made(
            new ProposedChange(
                cam.credential(),
                new RequestOrigin(InetAddress.ofLiteral("198.51.100.7"), "dns"),
                cam.host(),
                cam.host(),
                wish,
                List.of(planned),
                List.of(planned)),
            house.clock.instant());
    while (!published(cam.host()).isEmpty()) {
      Thread.sleep(1); // bounded by the time of the test
    }
  }

  @Test
  void soAreAddressesOfAHostThatFollows() throws Exception {
    HostAddition.Added router = host("router.home.test.");
    HostAddition.Added tv = host("tv.home.test.");
    var gate = new Gate();
    var direct = new DirectPlanner(house.writer::snapshot);
    AddressPlanner following =
        (host, wish, credential) -> {
          var planned = new ArrayList<>(direct.plan(host, wish, credential));
          planned.add(
              new PlannedRrset(tv.host(), Type.A, List.of(InetAddress.ofLiteral("192.0.2.9"))));
          return planned;
        };
    HostUpdates updates = updates(following, gate);
    Future<UpdateAnswer> late = threads.submit(() -> updates.update(request(router)));
    gate.reached.await();
    remove(updates, tv.host());
    gate.open.countDown();
    late.get();
    assertThat(published(tv.host())).isEmpty();
    assertThat(published(router.host())).hasSize(2);
  }

  @Test
  void whatTheServerPublishesByItselfBehindTheRemovalIsTakenOutToo() {
    HostAddition.Added cam = host("cam.home.test.");
    HostUpdates updates = updates();
    remove(updates, cam.host());
    var planned = new PlannedRrset(cam.host(), Type.A, List.of(InetAddress.ofLiteral("192.0.2.1")));
    updates.publish(List.of(planned), House.ADMINISTRATOR);
    assertThat(published(cam.host())).isEmpty();
  }

  @Test
  void anotherHostOfThatNameHasNoneOfItsAddresses() throws Exception {
    HostAddition.Added cam = host("cam.home.test.");
    var gate = new Gate();
    HostUpdates updates = updates(gate);
    Future<UpdateAnswer> late = threads.submit(() -> updates.update(request(cam)));
    gate.reached.await();
    remove(updates, cam.host());
    house.clock.advance(Duration.ofSeconds(1));
    HostAddition.Added another = host("cam.home.test.");
    gate.open.countDown();
    late.get();
    assertThat(published(another.host())).isEmpty();
    updates.update(request(another));
    assertThat(published(another.host())).hasSize(2);
  }

  @Test
  void whoeverComesFirstNothingIsLeft() throws Exception {
    HostUpdates updates = updates();
    for (int round = 0; round < ROUNDS; round++) {
      HostAddition.Added added = host("h%d.home.test.".formatted(round));
      var start = new CyclicBarrier(2);
      Future<?> late =
          threads.submit(() -> {
            start.await();
            return updates.update(request(added));
          });
      start.await();
      remove(updates, added.host());
      late.get();
      assertThat(published(added.host())).as("round %d", round).isEmpty();
    }
  }
}
