package net.homeport.agent.publish;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.agent.publish.PublishOutcome.Accepted;
import net.homeport.agent.publish.PublishOutcome.Retry;
import net.homeport.agent.publish.PublishOutcome.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Dyndns2AnswerTest {
  private static final Duration NAMED = Duration.ofSeconds(7);
  private static final Accepted CHANGED = new Accepted(true);
  private static final Accepted UNCHANGED = new Accepted(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good 192.0.2.7",
        "good 192.0.2.7\n",
        "good 192.0.2.7,2001:db8::7\r\n",
        "good 192.0.2.7 2001:DB8:0::7",
        "good 2001:db8::7",
        "good",
        "GOOD",
        "<html><body>good 192.0.2.7</body></html>",
      })
  void changed(String body) {
    assertThat(one(200, body)).isEqualTo(CHANGED);
  }

  @Test
  void unchanged() {
    assertThat(one(200, "nochg 192.0.2.7")).isEqualTo(UNCHANGED);
  }

  @Test
  void aFamilyThatWasNotSentMayBeRepeated() {
    var answer = new Dyndns2Answer(List.of("a.example"), current("192.0.2.7"), Duration.ZERO);
    assertThat(answer.judge(200, "good 192.0.2.7 2001:db8::99").outcomes())
        .containsEntry("a.example", CHANGED);
  }

  @ParameterizedTest
  @CsvSource({
    "badauth, BAD_CREDENTIALS",
    "nohost, NO_SUCH_HOST",
    "!yours, NOT_YOURS",
    "notfqdn, NOT_A_NAME",
    "numhost, TOO_MANY_HOSTS",
    "abuse, BLOCKED",
    "badagent, BAD_AGENT",
    "!donator, NOT_PAID_FOR",
    "!active, NOT_ACTIVE",
    "badsys, BAD_REQUEST",
    "good 127.0.0.1, IGNORED",
    "nochg 127.0.0.1, IGNORED",
    "good 192.0.2.8, OTHER_ADDRESS",
    "good 192.0.2.7 2001:db8::8, OTHER_ADDRESS",
  })
  void refusals(String body, Stop.Reason reason) {
    assertThat(one(200, body)).isEqualTo(new Stop(reason, body));
  }

  @ParameterizedTest
  @CsvSource({
    "200, 911, SERVER_TROUBLE",
    "503, 911, SERVER_TROUBLE",
    "200, dnserr, DNS_TROUBLE",
    "500, dnserr, DNS_TROUBLE",
    "500, oops, SERVER_TROUBLE",
    "502, <html>Bad Gateway</html>, SERVER_TROUBLE",
    "429, slow down, SERVER_TROUBLE",
    "408, '', SERVER_TROUBLE",
    "503, good 192.0.2.7, SERVER_TROUBLE",
    "200, '', UNINTELLIGIBLE",
    "204, '', UNINTELLIGIBLE",
    "200, <html>Welcome to our hotel</html>, UNINTELLIGIBLE",
    "200, goodbye, UNINTELLIGIBLE",
  })
  void laterPerhaps(int status, String body, Retry.Cause cause) {
    assertThat(one(status, body))
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> {
              assertThat(retry.cause()).isEqualTo(cause);
              assertThat(retry.after()).isEqualTo(NAMED);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', BAD_CREDENTIALS",
    "401, badauth, BAD_CREDENTIALS",
    "403, '', BLOCKED",
    "403, !yours, NOT_YOURS",
    "404, nohost, NO_SUCH_HOST",
    "404, <html>Not Found</html>, BAD_REQUEST",
    "400, notfqdn, NOT_A_NAME",
    "400, '', BAD_REQUEST",
    "302, '', REDIRECTED",
    "404, good 192.0.2.7, BAD_REQUEST",
  })
  void theStatusSpeaksWhereNoWordDoes(int status, String body, Stop.Reason reason) {
    assertThat(one(status, body))
        .isInstanceOfSatisfying(Stop.class, stop -> assertThat(stop.reason()).isEqualTo(reason));
  }

  @Test
  void aLineForEachHostInOrder() {
    assertThat(three(200, "good 192.0.2.7\nnohost\nnochg 192.0.2.7\n").outcomes())
        .containsExactly(
            Map.entry("a.example", CHANGED),
            Map.entry("b.example", new Stop(Stop.Reason.NO_SUCH_HOST, "nohost")),
            Map.entry("c.example", UNCHANGED));
  }

  @Test
  void oneFailureIsForAll() {
    PublishReport report = three(200, "badauth");
    assertThat(report.hostsByOutcome())
        .containsExactly(
            Map.entry(
                new Stop(Stop.Reason.BAD_CREDENTIALS, "badauth"),
                List.of("a.example", "b.example", "c.example")));
    assertThat(report.accepted()).isEmpty();
  }

  @Test
  void oneSuccessIsForTheFirstOnly() {
    PublishReport report = three(200, "good 192.0.2.7");
    assertThat(report.accepted()).containsExactly("a.example");
    assertThat(report.outcomes().get("c.example"))
        .isEqualTo(new Retry(Retry.Cause.UNINTELLIGIBLE, NAMED, "no line for this host"));
  }

  @Test
  void surplusLinesAreIgnored() {
    assertThat(one(200, "good 192.0.2.7\nbadauth\n")).isEqualTo(CHANGED);
  }

  @Test
  void whatIsShownIsShortAndPrintable() {
    assertThat(one(200, "\u001b[31m" + "x".repeat(500)))
        .isInstanceOfSatisfying(
            Retry.class,
            retry ->
                assertThat(retry.detail()).isEqualTo("HTTP 200: ?[31m" + "x".repeat(75) + "..."));
  }

  private static PublishOutcome one(int status, String body) {
    var hosts = List.of("a.example");
    return Objects.requireNonNull(
        new Dyndns2Answer(hosts, current("192.0.2.7", "2001:db8::7"), NAMED)
            .judge(status, body)
            .outcomes()
            .get("a.example"));
  }

  private static PublishReport three(int status, String body) {
    var hosts = List.of("a.example", "b.example", "c.example");
    return new Dyndns2Answer(hosts, current("192.0.2.7"), NAMED).judge(status, body);
  }
}
