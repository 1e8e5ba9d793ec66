package net.homeport.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import net.homeport.agent.address.AddressChange;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressSource;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.Confirmation;
import net.homeport.agent.publish.Publication;
import net.homeport.agent.publish.PublishOutcome;
import net.homeport.agent.publish.PublishReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps host names pointing at this machine: waits for a hint, reads all addresses, tells the
 * server what changed, confirms it in DNS.
 *
 * <pre>{@code
 * try (var agent = UpdateAgent.ofThisMachine(configuration, events)) {
 *   agent.run();
 * }
 * }</pre>
 *
 * <p>One thread calls {@link #run} or {@link #runOnce}, of either kind; {@link #close} comes from
 * any.
 */
public final class UpdateAgent implements AutoCloseable {
  // Hints may be missed, refresh periods end, and a machine that slept wakes without word of it.
  private static final Duration TICK = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(UpdateAgent.class);

  private final AgentEvents events;
  private final AddressSource source;
  private final Publication publication;
  private final Confirmation confirmation;
  private final InstantSource clock;

  private final Map<AddressFamily, InetAddress> known = new EnumMap<>(AddressFamily.class);
  private String toldWhy = "";
  private @Nullable Thread confirming;
  private @Nullable Thread runner;
  private volatile boolean closed;

  UpdateAgent(
      AgentEvents events,
      AddressSource source,
      Publication publication,
      Confirmation confirmation,
      InstantSource clock) {
    this.events = new IsolatedEvents(events);
    this.source = source;
    this.publication = publication;
    this.confirmation = confirmation;
    this.clock = clock;
    publication.lastSent().list().forEach(sent -> known.put(AddressFamily.of(sent), sent));
  }

  /**
   * An agent with this machine's interfaces, network, disk, clock and randomness. From now on it
   * listens for changes, so it has to be closed.
   *
   * @param events told what happens; {@link AgentEvents#NONE} if nobody cares
   * @throws IOException when the state directory cannot be written
   */
  public static UpdateAgent ofThisMachine(AgentConfiguration configuration, AgentEvents events)
      throws IOException {
    return of(configuration, events, InstantSource.system(), AgentAssembly.systemRandom());
  }

  /**
   * As {@link #ofThisMachine}, with time and chance of the caller's choice.
   *
   * @param clock tells ages and when a retry is due; waits themselves take real time
   * @param random for back-off and salts
   */
  public static UpdateAgent of(
      AgentConfiguration configuration,
      AgentEvents events,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    return AgentAssembly.assemble(configuration, events, clock, random);
  }

  /**
   * Publishes the present addresses if needed and then every change, until the thread is
   * interrupted (its flag is then set) or {@link #close} is called. Refusals of earlier runs are
   * forgotten, since a person may have solved them. No failure ends it.
   *
   * @throws IllegalStateException when it runs already
   */
  public void run() {
    begin();
    try {
      publication.forgetRefusals();
      AddressChange.Why why = AddressChange.Why.STARTED;
      while (!closed) {
        why = turn(why);
      }
    } catch (InterruptedException e) {
      if (!closed) {
        Thread.currentThread().interrupt();
      }
    } finally {
      end();
    }
  }

  /**
   * Publishes the present addresses if needed, in at most one request, and waits for their
   * confirmation. For timers: a refusal of an earlier call holds back the next ones for six hours,
   * or until the address or the password changes.
   *
   * @throws InterruptedException when interrupted or closed meanwhile
   * @throws IllegalStateException when it runs already
   */
  public AgentResult runOnce() throws InterruptedException {
    begin();
    try {
      CurrentAddresses present = look(AddressChange.Why.STARTED);
      if (present.isEmpty()) {
        return new AgentResult.NoAddress(toldWhy);
      }
      if (publication.due(present).isEmpty()) {
        SequencedMap<String, PublishOutcome.Stop> refused = publication.refused(present);
        return refused.isEmpty()
            ? new AgentResult.UpToDate(present)
            : new AgentResult.Refused(present, refused);
      }
      PublishReport report = publish(present);
      List<String> accepted = report.accepted();
      if (accepted.isEmpty()) {
        return new AgentResult.Published(report, Optional.empty());
      }
      var result = confirmation.await(accepted, report.addresses());
      events.confirmed(result);
      return new AgentResult.Published(report, Optional.of(result));
    } finally {
      end();
    }
  }

  /** Ends {@link #run} or {@link #runOnce}, also in the middle of a request. May be repeated. */
  @Override
  public synchronized void close() {
    closed = true;
    source.close();
    if (runner != null) {
      runner.interrupt();
    }
  }

  /** Looks, publishes if due, waits; returns the reason for the next turn. */
  private AddressChange.Why turn(AddressChange.Why why) throws InterruptedException {
    Duration wait = TICK;
    try {
      CurrentAddresses present = look(why);
      if (!publication.due(present).isEmpty()) {
        PublishReport report = publish(present);
        confirmInBackground(report);
      }
      Duration untilDue = publication.untilDue(present);
      wait = untilDue.compareTo(TICK) < 0 ? untilDue : TICK;
    } catch (RuntimeException e) {
      // A bug; the name would go stale if the agent died of it.
      LOG.error("this turn failed, the next one follows", e);
    }
    AddressChange.Why next = source.await(wait);
    if (next == AddressChange.Why.KERNEL_EVENT) {
      publication.networkMayBeBack();
    }
    return next;
  }

  /** The present addresses; tells what changed, or why there are none. */
  private CurrentAddresses look(AddressChange.Why why) throws InterruptedException {
    CurrentAddresses present = CurrentAddresses.NONE;
    String trouble = "";
    try {
      present = source.read();
      trouble = present.isEmpty() ? source.explain() : "";
    } catch (IOException e) {
      trouble = "the addresses cannot be learnt: " + e.getMessage();
    }
    if (!trouble.isEmpty() && !trouble.equals(toldWhy)) {
      events.noAddress(trouble);
    }
    toldWhy = trouble;
    for (InetAddress address : present.list()) {
      AddressFamily family = AddressFamily.of(address);
      @Nullable InetAddress before = known.put(family, address);
      if (!address.equals(before)) {
        events.addressChanged(
            new AddressChange(Optional.ofNullable(before), address, family, why, clock.instant()));
      }
    }
    return present;
  }

  private PublishReport publish(CurrentAddresses present) throws InterruptedException {
    events.publishing(publication.due(present), present);
    PublishReport report = publication.publish(present);
    report
        .hostsByOutcome()
        .forEach((outcome, hosts) -> {
          switch (outcome) {
            case PublishOutcome.Accepted accepted ->
                events.accepted(hosts, report.addresses(), accepted);
            case PublishOutcome.Retry retry ->
                events.retrying(hosts, retry, publication.retryWait());
            case PublishOutcome.Stop stop -> events.stopped(hosts, stop);
          }
        });
    return report;
  }

  // In the background, because the next change must not wait for a slow secondary. What is newer
  // replaces what is still waited for, so there is one such thread at most.
  private void confirmInBackground(PublishReport report) {
    List<String> accepted = report.accepted();
    if (accepted.isEmpty()) {
      return;
    }
    stopConfirming();
    confirming =
        Thread.ofVirtual()
            .name("agent-confirmation")
            .start(() -> {
              try {
                events.confirmed(confirmation.await(accepted, report.addresses()));
              } catch (InterruptedException e) {
                LOG.debug("confirmation of {} given up", report.addresses());
              }
            });
  }

  private void stopConfirming() {
    if (confirming != null) {
      confirming.interrupt();
      confirming = null;
    }
  }

  private synchronized void begin() {
    if (runner != null) {
      throw new IllegalStateException("the agent runs already");
    }
    runner = Thread.currentThread();
  }

  private synchronized void end() {
    stopConfirming();
    runner = null;
    if (closed) {
      // Closing interrupted this thread; the flag was for us and must not reach the caller.
      boolean _ = Thread.interrupted();
    }
  }
}
