package net.homeport.agent.publish;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.Intent.HostIntent;
import net.homeport.agent.publish.Intent.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each host whether the server has to be told, and tells it: intent to disk, one
 * request, result to disk.
 *
 * <p>Told are an address that was not acknowledged and one acknowledged longer than the refresh
 * period ago. Not told: what a back-off or a refusal holds back. A new address ends a refusal and
 * the agent's own back-off, never a wait the server asked for. One thread.
 */
public final class Publication {
  /** How long a refusal holds if neither the address nor the password changes. */
  static final Duration REFUSAL_PAUSE = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final List<String> hosts;
  private final Credentials credentials;
  private final Duration refresh;
  private final IntentFile file;
  private final UpdateRequester requester;
  private final Backoff backoff;
  private final InstantSource clock;
  private final RandomGenerator random;

  private Intent intent;
  private @Nullable RetryWait retryWait;
  private @Nullable PasswordCheck passwordCheck;
  private boolean diskFailed;

  /** Until when a failure holds back the next request for the same addresses. */
  private record RetryWait(
      Instant from,
      Duration length,
      boolean byServer,
      PublishOutcome.Retry.Cause cause,
      CurrentAddresses addresses) {
    Duration left(Instant now) {
      // A clock that was set back must not stretch the wait.
      Duration left = now.isBefore(from) ? Duration.ZERO : Duration.between(now, from.plus(length));
      return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether there is an address that did not fail yet. */
    boolean lacksOneOf(CurrentAddresses present) {
      return !addresses.list().containsAll(present.list());
    }
  }

  /** Remembers a comparison, because each costs a tenth of a second. */
  private record PasswordCheck(String password, CredentialMark mark, boolean same) {}

  /**
   * Continues where {@code file} says an earlier run stopped.
   *
   * @param hosts one request for all of them
   * @param refresh age at which an acknowledged address is sent again
   */
  public Publication(
      URI server,
      Credentials credentials,
      List<String> hosts,
      Duration refresh,
      IntentFile file,
      UpdateRequester requester,
      Backoff backoff,
      InstantSource clock,
      RandomGenerator random) {
    this.hosts = List.copyOf(hosts);
    this.credentials = credentials;
    this.refresh = refresh;
    this.file = file;
    this.requester = requester;
    this.backoff = backoff;
    this.clock = clock;
    this.random = random;
    String user = credentials.userName();
    intent =
        file.read()
            .filter(last -> last.server().equals(server.toString()) && last.userName().equals(user))
            .orElseGet(() -> Intent.nothing(server.toString(), user));
  }

  /** What was sent last, also by an earlier run. */
  public CurrentAddresses lastSent() {
    return intent.hosts().values().stream()
        .map(HostIntent::addresses)
        .filter(addresses -> !addresses.isEmpty())
        .findFirst()
        .orElse(CurrentAddresses.NONE);
  }

  /** The hosts for which a request has to be made now. */
  public List<String> due(CurrentAddresses present) {
    Instant now = clock.instant();
    return hosts.stream().filter(host -> untilDue(host, present, now).isZero()).toList();
  }

  /** How long until {@link #due} is not empty if nothing changes; zero when it is not empty now. */
  public Duration untilDue(CurrentAddresses present) {
    Instant now = clock.instant();
    return hosts.stream()
        .map(host -> untilDue(host, present, now))
        .min(Duration::compareTo)
        .orElse(refresh);
  }

  /** The hosts that wait because the server refused just this, with its words. */
  public SequencedMap<String, PublishOutcome.Stop> refused(CurrentAddresses present) {
    Instant now = clock.instant();
    var refused = new LinkedHashMap<String, PublishOutcome.Stop>();
    for (String name : hosts) {
      HostIntent host = intent.host(name);
      if (!refusalLeft(host, present, now).isZero()) {
        host.refusal().ifPresent(refusal -> refused.put(name, refusal.stop()));
      }
    }
    return refused;
  }

  /**
   * Makes one request for the hosts that are due, which there must be.
   *
   * @throws InterruptedException when interrupted; it is then unknown, and stays on disk as
   *     unknown, whether the server has the addresses
   */
  public PublishReport publish(CurrentAddresses present) throws InterruptedException {
    List<String> due = due(present);
    for (String name : due) {
      intent = intent.with(name, intent.host(name).sending(present));
    }
    remember();
    PublishReport report = requester.request(due, present);
    settle(report);
    remember();
    return report;
  }

  /** How long the failure last reported holds back the next try, from now; zero if none does. */
  public Duration retryWait() {
    return retryWait == null ? Duration.ZERO : retryWait.left(clock.instant());
  }

  /**
   * A hint that a network that was unreachable may be reachable: shortens the wait after such a
   * failure to the least one.
   */
  public void networkMayBeBack() {
    RetryWait wait = retryWait;
    if (wait != null
        && wait.cause() == PublishOutcome.Retry.Cause.NETWORK
        && wait.length().compareTo(backoff.first()) > 0) {
      retryWait =
          new RetryWait(wait.from(), backoff.first(), false, wait.cause(), wait.addresses());
    }
  }

  /** Lets every refused host try once more; for a person who says so by starting the agent. */
  public void forgetRefusals() {
    for (String name : hosts) {
      intent = intent.with(name, intent.host(name).withoutRefusal());
    }
  }

  private Duration untilDue(String name, CurrentAddresses present, Instant now) {
    HostIntent host = intent.host(name);
    Duration settled = host.settledFor(present, now, refresh);
    if (present.isEmpty() || settled.isPositive()) {
      return settled.isPositive() ? settled : refresh;
    }
    Duration refusal = refusalLeft(host, present, now);
    Duration retry = retryLeft(present, now);
    return refusal.compareTo(retry) > 0 ? refusal : retry;
  }

  private Duration retryLeft(CurrentAddresses present, Instant now) {
    RetryWait wait = retryWait;
    if (wait == null || (!wait.byServer() && wait.lacksOneOf(present))) {
      return Duration.ZERO;
    }
    return wait.left(now);
  }

  private Duration refusalLeft(HostIntent host, CurrentAddresses present, Instant now) {
    if (host.refusal().isEmpty() || !host.wasSent(present)) {
      return Duration.ZERO;
    }
    Refusal refusal = host.refusal().get();
    Duration age = Duration.between(refusal.at(), now).abs();
    return age.compareTo(REFUSAL_PAUSE) < 0 && hasSamePassword(refusal.mark())
        ? REFUSAL_PAUSE.minus(age)
        : Duration.ZERO;
  }

  private boolean hasSamePassword(CredentialMark mark) {
    Optional<String> password = password();
    if (password.isEmpty()) {
      // Unreadable now; a request could not be made with it either.
      return true;
    }
    PasswordCheck last = passwordCheck;
    if (last == null || !last.mark().equals(mark) || !last.password().equals(password.get())) {
      last = new PasswordCheck(password.get(), mark, mark.matches(password.get()));
      passwordCheck = last;
    }
    return last.same();
  }

  private void settle(PublishReport report) {
    Instant now = clock.instant();
    @Nullable CredentialMark mark = null;
    PublishOutcome.@Nullable Retry longest = null;
    for (Map.Entry<String, PublishOutcome> entry : report.outcomes().entrySet()) {
      String name = entry.getKey();
      HostIntent host = intent.host(name);
      switch (entry.getValue()) {
        case PublishOutcome.Accepted _ ->
            intent = intent.with(name, host.acknowledged(report.addresses(), now));
        case PublishOutcome.Stop stop -> {
          mark = mark == null ? CredentialMark.of(password().orElse(""), random) : mark;
          intent = intent.with(name, host.refused(new Refusal(stop, now, mark)));
        }
        case PublishOutcome.Retry retry -> {
          if (longest == null || retry.after().compareTo(longest.after()) > 0) {
            longest = retry;
          }
        }
      }
    }
    if (longest == null) {
      retryWait = null;
      backoff.reset();
    } else {
      Duration own = backoff.next();
      boolean byServer = longest.after().isPositive();
      Duration wait = longest.after().compareTo(own) > 0 ? longest.after() : own;
      retryWait = new RetryWait(now, wait, byServer, longest.cause(), report.addresses());
    }
  }

  private Optional<String> password() {
    try {
      return Optional.of(credentials.password().get());
    } catch (RuntimeException e) {
      LOG.debug("the password cannot be read", e);
      return Optional.empty();
    }
  }

  // Keeping the name right matters more than remembering that it is: with a full or read-only disk
  // the agent goes on, and after a restart sends once more than needed.
  private void remember() {
    try {
      file.write(intent);
      diskFailed = false;
    } catch (IOException e) {
      if (!diskFailed) {
        LOG.warn("cannot keep the intent on disk; going on without", e);
      }
      diskFailed = true;
    }
  }
}
