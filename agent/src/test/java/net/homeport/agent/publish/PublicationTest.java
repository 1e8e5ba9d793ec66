package net.homeport.agent.publish;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.fake.MovableClock;
import net.homeport.agent.publish.PublishOutcome.Accepted;
import net.homeport.agent.publish.PublishOutcome.Retry;
import net.homeport.agent.publish.PublishOutcome.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicationTest {
  private static final URI SERVER = URI.create("https://dns.example");
  private static final CurrentAddresses OLD = current("192.0.2.1");
  private static final CurrentAddresses NEW = current("192.0.2.2");
  private static final Accepted GOOD = new Accepted(true);
  private static final Stop NO_HOST = new Stop(Stop.Reason.NO_SUCH_HOST, "nohost");
  private static final Stop BAD_AUTH = new Stop(Stop.Reason.BAD_CREDENTIALS, "badauth");
  private static final Retry OFFLINE = retry(Retry.Cause.NETWORK, Duration.ZERO);
  private static final Retry BUSY = retry(Retry.Cause.SERVER_TROUBLE, Duration.ZERO);
  private static final Duration REFRESH = Duration.ofDays(1);

  private final Path directory;
  private final MovableClock clock = new MovableClock();
  private final List<String> requests = new ArrayList<>();
  private final Queue<Runnable> beforeAnswer = new ArrayDeque<>();
  private final Queue<List<? extends PublishOutcome>> answers = new ArrayDeque<>();
  private String password = "secret";

  PublicationTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void publishesOnceAndIsThenQuiet() throws Exception {
    Publication publication = start("a.example", "b.example");
    assertThat(publication.due(NEW)).containsExactly("a.example", "b.example");
    answers.add(List.of(GOOD, GOOD));
    assertThat(publication.publish(NEW).accepted()).containsExactly("a.example", "b.example");
    assertThat(publication.due(NEW)).isEmpty();
    assertThat(publication.untilDue(NEW)).isEqualTo(REFRESH);
    assertThat(requests).containsExactly("a.example,b.example <- 192.0.2.2");
  }

  @Test
  void anAbsentFamilyIsNoReasonForAnything() throws Exception {
    Publication publication = start("a.example");
    assertThat(publication.due(CurrentAddresses.NONE)).isEmpty();
    succeed(publication, current("192.0.2.2", "2001:db8::2"));
    assertThat(publication.due(current("192.0.2.2"))).isEmpty();
    assertThat(publication.due(current("2001:db8::2"))).isEmpty();
    assertThat(publication.due(CurrentAddresses.NONE)).isEmpty();
    assertThat(publication.due(current("2001:db8::3"))).containsExactly("a.example");
  }

  @Test
  void doesNotRepeatItselfAfterARestart() throws Exception {
    succeed(start("a.example"), NEW);
    Publication restarted = start("a.example");
    assertThat(restarted.due(NEW)).isEmpty();
    assertThat(restarted.lastSent()).isEqualTo(NEW);
    assertThat(restarted.due(OLD)).containsExactly("a.example");
  }

  @Test
  void sendsAgainAsAHeartbeat() throws Exception {
    Publication publication = start("a.example");
    succeed(publication, NEW);
    clock.move(REFRESH.minusSeconds(1));
    assertThat(publication.due(NEW)).isEmpty();
    assertThat(publication.untilDue(NEW)).isEqualTo(Duration.ofSeconds(1));
    clock.move(Duration.ofSeconds(1));
    assertThat(start("a.example").due(NEW)).containsExactly("a.example");
    succeed(publication, NEW);
    assertThat(publication.due(NEW)).isEmpty();
  }

  @Test
  void toleratesAClockThatStartsInThePast() throws Exception {
    succeed(start("a.example"), NEW);
    clock.move(Duration.ofHours(-20));
    assertThat(start("a.example").due(NEW)).isEmpty();
    clock.move(Duration.ofDays(-2));
    assertThat(start("a.example").due(NEW)).containsExactly("a.example");
  }

  @Test
  void theIntentIsOnDiskBeforeTheRequest() throws Exception {
    succeed(start("a.example"), OLD);
    Publication publication = start("a.example");
    beforeAnswer.add(() -> {
      throw new PowerFailure();
    });
    assertThatThrownBy(() -> publication.publish(NEW)).isInstanceOf(PowerFailure.class);
    Publication restarted = start("a.example");
    assertThat(restarted.lastSent()).isEqualTo(NEW);
    assertThat(restarted.due(NEW)).containsExactly("a.example");
    // The machine has its old address back. The server may have the new one, so it must be told
    // although the old one is what it acknowledged last.
    assertThat(restarted.due(OLD)).containsExactly("a.example");
    succeed(restarted, OLD);
    assertThat(start("a.example").due(OLD)).isEmpty();
  }

  @Test
  void anUnknownResultStaysUnknownAlsoWithoutARestart() throws Exception {
    Publication publication = start("a.example");
    succeed(publication, OLD);
    fail(publication, NEW, OFFLINE);
    assertThat(publication.due(OLD)).containsExactly("a.example");
  }

  @Test
  void anUnacknowledgedFamilyIsSentWhenItReturns() throws Exception {
    Publication publication = start("a.example");
    fail(publication, current("192.0.2.1", "2001:db8::1"), BUSY);
    clock.move(Duration.ofMinutes(1));
    succeed(publication, current("192.0.2.1"));
    assertThat(publication.due(current("192.0.2.1"))).isEmpty();
    assertThat(publication.due(current("192.0.2.1", "2001:db8::1"))).containsExactly("a.example");
  }

  @Test
  void anotherServerOrUserKnowsNothing() throws Exception {
    succeed(start("a.example"), NEW);
    assertThat(start(URI.create("https://other.example"), "alice").due(NEW)).isNotEmpty();
    assertThat(start(SERVER, "bob").due(NEW)).isNotEmpty();
    assertThat(start(SERVER, "alice").due(NEW)).isEmpty();
  }

  @Test
  void aNewHostIsAskedForAlone() throws Exception {
    succeed(start("a.example"), NEW);
    Publication publication = start("a.example", "b.example");
    assertThat(publication.due(NEW)).containsExactly("b.example");
  }

  @Test
  void backsOffAndUsesTheNewestAddress() throws Exception {
    Publication publication = start("a.example");
    fail(publication, OLD, OFFLINE);
    assertThat(publication.due(OLD)).isEmpty();
    Duration wait = publication.retryWait();
    assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofMillis(7500));
    assertThat(publication.untilDue(OLD)).isEqualTo(wait);
    assertThat(publication.due(NEW)).containsExactly("a.example");
    clock.move(wait);
    assertThat(publication.due(OLD)).containsExactly("a.example");
    fail(publication, OLD, OFFLINE);
    assertThat(publication.retryWait()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    succeed(publication, NEW);
    assertThat(publication.retryWait()).isZero();
    assertThat(requests)
        .containsExactly(
            "a.example <- 192.0.2.1", "a.example <- 192.0.2.1", "a.example <- 192.0.2.2");
  }

  @Test
  void losingAFamilyDoesNotCutABackOffShort() throws Exception {
    Publication publication = start("a.example");
    fail(publication, current("192.0.2.1", "2001:db8::1"), BUSY);
    assertThat(publication.due(current("192.0.2.1"))).isEmpty();
  }

  @Test
  void aWaitTheServerNamedHoldsForEveryAddress() throws Exception {
    Publication publication = start("a.example");
    fail(publication, OLD, retry(Retry.Cause.SERVER_TROUBLE, Duration.ofMinutes(30)));
    assertThat(publication.retryWait()).isEqualTo(Duration.ofMinutes(30));
    assertThat(publication.due(NEW)).isEmpty();
    clock.move(Duration.ofMinutes(30));
    assertThat(publication.due(NEW)).containsExactly("a.example");
  }

  @Test
  void aClockSetBackDoesNotStretchAWait() throws Exception {
    Publication publication = start("a.example");
    fail(publication, OLD, BUSY);
    clock.move(Duration.ofDays(-1));
    assertThat(publication.due(OLD)).containsExactly("a.example");
  }

  @Test
  void aHintShortensTheWaitAfterANetworkFailureOnly() throws Exception {
    Publication publication = start("a.example");
    for (int i = 0; i < 5; i++) {
      clock.move(Duration.ofMinutes(5));
      fail(publication, OLD, OFFLINE);
    }
    assertThat(publication.retryWait()).isGreaterThanOrEqualTo(Duration.ofSeconds(80));
    publication.networkMayBeBack();
    assertThat(publication.retryWait()).isEqualTo(Duration.ofSeconds(5));
    clock.move(Duration.ofSeconds(5));
    fail(publication, OLD, BUSY);
    Duration wait = publication.retryWait();
    publication.networkMayBeBack();
    assertThat(publication.retryWait()).isEqualTo(wait);
  }

  @Test
  void aRefusalHoldsForHoursAlsoOverARestart() throws Exception {
    fail(start("a.example"), OLD, BAD_AUTH);
    Publication publication = start("a.example");
    assertThat(publication.due(OLD)).isEmpty();
    assertThat(publication.untilDue(OLD)).isEqualTo(Publication.REFUSAL_PAUSE);
    assertThat(publication.refused(OLD)).containsEntry("a.example", BAD_AUTH);
    clock.move(Publication.REFUSAL_PAUSE);
    assertThat(publication.due(OLD)).containsExactly("a.example");
    assertThat(publication.refused(OLD)).isEmpty();
  }

  @Test
  void aRefusalEndsWithANewAddressOrPasswordOrOnDemand() throws Exception {
    Publication publication = start("a.example");
    fail(publication, OLD, BAD_AUTH);
    assertThat(publication.due(NEW)).containsExactly("a.example");
    password = "corrected";
    assertThat(publication.due(OLD)).containsExactly("a.example");
    password = "secret";
    assertThat(publication.due(OLD)).isEmpty();
    publication.forgetRefusals();
    assertThat(publication.due(OLD)).containsExactly("a.example");
  }

  @Test
  void eachHostHasItsOwnFate() throws Exception {
    Publication publication = start("a.example", "b.example", "c.example");
    answers.add(List.of(GOOD, NO_HOST, BUSY));
    PublishReport report = publication.publish(OLD);
    assertThat(report.hostsByOutcome().keySet()).containsExactly(GOOD, NO_HOST, BUSY);
    assertThat(publication.due(OLD)).isEmpty();
    clock.move(Duration.ofMinutes(1));
    assertThat(publication.due(OLD)).containsExactly("c.example");
    assertThat(publication.due(NEW)).containsExactly("a.example", "b.example", "c.example");
  }

  @Test
  void aPasswordFileThatCannotBeReadIsNoReasonToAskAgain() throws Exception {
    Publication publication = start("a.example");
    fail(publication, OLD, BAD_AUTH);
    password = "";
    assertThat(publication.due(OLD)).isEmpty();
  }

  private Publication start(String... hosts) throws IOException {
    return start(SERVER, "alice", hosts);
  }

  private Publication start(URI server, String user, String... hosts) throws IOException {
    return new Publication(
        server,
        new Credentials(user, this::password),
        hosts.length == 0 ? List.of("a.example") : List.of(hosts),
        REFRESH,
        new IntentFile(directory),
        this::request,
        new Backoff(Backoff.FIRST, Backoff.LIMIT, new Random(1)),
        clock,
        new Random(1));
  }

  private String password() {
    if (password.isEmpty()) {
      throw new IllegalStateException("no such file");
    }
    return password;
  }

  private void succeed(Publication publication, CurrentAddresses addresses)
      throws InterruptedException {
    answers.add(List.of(GOOD));
    assertThat(publication.publish(addresses).accepted()).containsExactly("a.example");
  }

  private void fail(Publication publication, CurrentAddresses addresses, PublishOutcome failure)
      throws InterruptedException {
    answers.add(List.of(failure));
    assertThat(publication.publish(addresses).accepted()).isEmpty();
  }

  private PublishReport request(List<String> hosts, CurrentAddresses addresses) {
    Runnable fault = beforeAnswer.poll();
    if (fault != null) {
      fault.run();
    }
    requests.add(String.join(",", hosts) + " <- " + addresses);
    List<? extends PublishOutcome> next = answers.remove();
    var outcomes = new LinkedHashMap<String, PublishOutcome>();
    for (int i = 0; i < hosts.size(); i++) {
      outcomes.put(hosts.get(i), next.get(i));
    }
    return new PublishReport(addresses, outcomes);
  }

  private static Retry retry(Retry.Cause cause, Duration after) {
    return new Retry(cause, after, "test");
  }

  /** Ends the agent as suddenly as a test can. */
  private static final class PowerFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
