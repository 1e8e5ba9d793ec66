package net.homeport.agent;

import static net.homeport.agent.fake.Addresses.address;
import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressSelection;
import net.homeport.agent.address.CandidateAddress;
import net.homeport.agent.address.InterfaceSource;
import net.homeport.agent.fake.HandMonitor;
import net.homeport.agent.fake.MovableClock;
import net.homeport.agent.fake.UpdateEndpoint;
import net.homeport.agent.fake.ZoneResponder;
import net.homeport.agent.http.BoundedGet;
import net.homeport.agent.publish.Backoff;
import net.homeport.agent.publish.Confirmation;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.Credentials;
import net.homeport.agent.publish.Dyndns2Requester;
import net.homeport.agent.publish.IntentFile;
import net.homeport.agent.publish.Publication;
import net.homeport.agent.publish.PublishOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent against a real HTTP server and a real DNS server; only the kernel is played. */
@Timeout(120)
final class UpdateAgentTest {
  private static final String HOME = "home.example.org";

  private final Path directory;
  private final ZoneResponder zone = new ZoneResponder("example.org");
  private final UpdateEndpoint server = new UpdateEndpoint(zone, Set.of(HOME));
  private final MovableClock clock = new MovableClock();
  private final HandMonitor kernel = new HandMonitor();
  private final RecordedEvents events = new RecordedEvents();
  private final List<UpdateAgent> agents = new ArrayList<>();
  private volatile List<CandidateAddress> interfaces = List.of();
  private volatile String password = "secret";

  UpdateAgentTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    agents.forEach(UpdateAgent::close);
    server.close();
    zone.close();
  }

  @Test
  void publishesThePresentAddressAndEveryChange() throws Exception {
    have("192.0.2.1", "2001:db8::1");
    Thread running = run(agent(HOME));
    assertThat(events.next()).isEqualTo("changed IPV4 from none to 192.0.2.1");
    assertThat(events.next()).isEqualTo("changed IPV6 from none to 2001:db8::1");
    assertThat(events.next()).isEqualTo("publishing [home.example.org] 192.0.2.1,2001:db8::1");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 192.0.2.1,2001:db8::1");
    assertThat(events.nextConfirmation()).isInstanceOf(ConfirmationResult.Confirmed.class);

    have("192.0.2.2", "2001:db8::1");
    kernel.hint();
    assertThat(events.next()).isEqualTo("changed IPV4 from 192.0.2.1 to 192.0.2.2");
    assertThat(events.next()).isEqualTo("publishing [home.example.org] 192.0.2.2,2001:db8::1");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 192.0.2.2,2001:db8::1");
    assertThat(events.nextConfirmation()).isInstanceOf(ConfirmationResult.Confirmed.class);
    assertThat(server.updates())
        .containsExactly(
            "hostname=home.example.org&myip=192.0.2.1,2001:db8::1",
            "hostname=home.example.org&myip=192.0.2.2,2001:db8::1");
    assertThat(running.isAlive()).isTrue();
  }

  @Test
  void losingEveryAddressPublishesAndDeletesNothing() throws Exception {
    have("192.0.2.1");
    run(agent(HOME));
    assertThat(events.next()).startsWith("changed");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).startsWith("accepted");

    have();
    kernel.hint();
    assertThat(events.next()).isEqualTo("no address: no address on any interface");
    have("192.0.2.1");
    kernel.hint();
    have("192.0.2.1", "2001:db8::1");
    kernel.hint();
    assertThat(events.next()).isEqualTo("changed IPV6 from none to 2001:db8::1");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).startsWith("accepted");
    assertThat(server.updates()).hasSize(2);
  }

  @Test
  void retriesWithTheNewestAddressUntilItSucceeds() throws Exception {
    server.fails(2);
    have("192.0.2.1");
    run(agent(HOME));
    assertThat(events.next()).startsWith("changed");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("retrying [home.example.org] SERVER_TROUBLE");
    have("192.0.2.2");
    kernel.hint();
    assertThat(events.next()).isEqualTo("changed IPV4 from 192.0.2.1 to 192.0.2.2");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("retrying [home.example.org] SERVER_TROUBLE");
    clock.move(Backoff.LIMIT);
    kernel.hint();
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 192.0.2.2");
  }

  @Test
  void stopsAtARefusalUntilThePasswordIsCorrected() throws Exception {
    password = "wrong";
    have("192.0.2.1");
    run(agent(HOME));
    assertThat(events.next()).startsWith("changed");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("stopped [home.example.org] BAD_CREDENTIALS");
    kernel.hint();
    clock.move(Duration.ofHours(1));
    kernel.hint();
    password = "secret";
    kernel.hint();
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 192.0.2.1");
    assertThat(server.updates()).hasSize(2);
  }

  @Test
  void aRestartWithTheSameAddressAsksNobody() throws Exception {
    have("192.0.2.1");
    assertThat(agent(HOME).runOnce()).isInstanceOf(AgentResult.Published.class);
    assertThat(agent(HOME).runOnce()).isEqualTo(new AgentResult.UpToDate(current("192.0.2.1")));
    assertThat(server.updates()).hasSize(1);
    clock.move(Duration.ofDays(1));
    assertThat(agent(HOME).runOnce())
        .isInstanceOfSatisfying(
            AgentResult.Published.class,
            published ->
                assertThat(published.report().outcomes())
                    .containsEntry(HOME, new PublishOutcome.Accepted(false)));
  }

  @Test
  void onceTellsWhatCameOfIt() throws Exception {
    assertThat(agent(HOME).runOnce())
        .isEqualTo(new AgentResult.NoAddress("no address on any interface"));
    have("192.0.2.1");
    assertThat(agent(HOME, "nobody.example.org").runOnce())
        .isInstanceOfSatisfying(
            AgentResult.Published.class,
            published -> {
              assertThat(published.isAccepted()).isFalse();
              assertThat(published.report().accepted()).containsExactly(HOME);
              assertThat(published.confirmation())
                  .get()
                  .isInstanceOf(ConfirmationResult.Confirmed.class);
            });
    assertThat(agent(HOME, "nobody.example.org").runOnce())
        .isInstanceOfSatisfying(
            AgentResult.Refused.class,
            refused -> assertThat(refused.refusals()).containsOnlyKeys("nobody.example.org"));
    assertThat(server.updates()).hasSize(1);
  }

  @Test
  void aPersonWhoStartsItMayTryAgain() throws Exception {
    password = "wrong";
    have("192.0.2.1");
    assertThat(agent(HOME).runOnce()).isInstanceOf(AgentResult.Published.class);
    assertThat(agent(HOME).runOnce()).isInstanceOf(AgentResult.Refused.class);
    server.password("wrong");
    drain();
    run(agent(HOME));
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 192.0.2.1");
  }

  @Test
  void checkipPublishesWhatTheServerSees() throws Exception {
    server.seesFrom("Current IP Address: 203.0.113.9");
    AgentConfiguration configuration =
        AgentConfiguration.builder(
                server.address(), List.of(HOME), "alice", () -> password, directory)
            .source(AgentConfiguration.Source.CHECKIP)
            .checkipInterval(Duration.ofSeconds(1))
            .allowPrivate(true)
            .dnsServers(List.of(zone.address()))
            .build();
    UpdateAgent agent =
        UpdateAgent.of(configuration, events, InstantSource.system(), new Random(1));
    agents.add(agent);
    run(agent);
    assertThat(events.next()).isEqualTo("changed IPV4 from none to 203.0.113.9");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 203.0.113.9");
    assertThat(events.nextConfirmation()).isInstanceOf(ConfirmationResult.Confirmed.class);
    server.seesFrom("<html>garbled</html>");
    assertThat(events.next()).startsWith("no address: the addresses cannot be learnt");
    server.seesFrom("203.0.113.10");
    assertThat(events.next()).isEqualTo("changed IPV4 from 203.0.113.9 to 203.0.113.10");
    assertThat(events.next()).startsWith("publishing");
    assertThat(events.next()).isEqualTo("accepted [home.example.org] 203.0.113.10");
  }

  @Test
  void endsWhenClosedOrInterrupted() throws Exception {
    have("192.0.2.1");
    UpdateAgent closed = agent(HOME);
    Thread running = run(closed);
    assertThat(events.next()).startsWith("changed");
    closed.close();
    running.join();
    UpdateAgent interrupted = agent(HOME);
    var flag = new AtomicBoolean();
    var begun = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              begun.countDown();
              interrupted.run();
              flag.set(Thread.currentThread().isInterrupted());
            });
    begun.await();
    other.interrupt();
    other.join();
    assertThat(flag).isTrue();
    closed.run();
  }

  @Test
  void runsOnlyOnce() throws Exception {
    have("192.0.2.1");
    UpdateAgent agent = agent(HOME);
    run(agent);
    assertThat(events.next()).startsWith("changed");
    assertThatThrownBy(agent::run).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(agent::runOnce).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void assemblesOnThisMachine(@TempDir Path other) throws Exception {
    AgentConfiguration configuration =
        AgentConfiguration.builder(server.address(), List.of(HOME), "alice", () -> password, other)
            .interfaceName("no-such-interface")
            .build();
    try (UpdateAgent agent = UpdateAgent.ofThisMachine(configuration, AgentEvents.NONE)) {
      assertThat(agent.runOnce())
          .isEqualTo(new AgentResult.NoAddress("no address on interface no-such-interface"));
    }
  }

  private UpdateAgent agent(String... hosts) throws IOException {
    var credentials = new Credentials("alice", () -> password);
    var http = new BoundedGet(BoundedGet::newClient);
    var publication =
        new Publication(
            server.address(),
            credentials,
            List.of(hosts),
            Duration.ofDays(1),
            new IntentFile(directory),
            new Dyndns2Requester(server.address(), credentials, http, clock),
            new Backoff(Backoff.FIRST, Backoff.LIMIT, new Random(1)),
            clock,
            new Random(1));
    var selection = new AddressSelection(Optional.empty(), Set.of(AddressFamily.values()), true);
    var source = new InterfaceSource(kernel, () -> interfaces, selection);
    var confirmation = new Confirmation(List.of(zone.address()), clock);
    var agent = new UpdateAgent(events, source, publication, confirmation, clock);
    agents.add(agent);
    return agent;
  }

  private static Thread run(UpdateAgent agent) {
    return Thread.ofVirtual().name("agent").start(agent::run);
  }

  private void have(String... texts) {
    interfaces =
        Arrays.stream(texts)
            .map(text -> new CandidateAddress("eth0", address(text), Set.of(), true, 0))
            .toList();
  }

  private void drain() throws InterruptedException {
    while (!events.isEmpty()) {
      assertThat(events.next()).isNotEmpty();
    }
  }
}
