package net.homeport.web.dyndns2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.dialect.DoorReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invariant 9: our own failure is 911 with 503, never a word that makes a device give up. */
final class Dyndns2WordsTest {
  private static final List<String> GIVE_UP =
      List.of("badauth", "nohost", "notfqdn", "numhost", "abuse", "badagent", "!donator");

  private static DoorReply of(UpdateAnswer answer) {
    return Dyndns2Words.of(answer, "good 192.0.2.1", "nochg 192.0.2.1");
  }

  @Test
  void ourFailureIsWorthAnotherTry() {
    var reply = of(new UpdateAnswer.PerHost(List.of(new UpdateOutcome.Failed("the disk is full"))));
    assertThat(reply).isEqualTo(new DoorReply(503, "911\n"));
    assertThat(GIVE_UP).noneMatch(reply.body()::contains);
  }

  @Test
  void aThrottleTellsWhenToComeBack() {
    var hour = Duration.ofHours(1);
    assertThat(of(new UpdateAnswer.Postponed("too many failures", hour)))
        .isEqualTo(new DoorReply(503, "911\n", hour));
    assertThat(of(new UpdateAnswer.PerHost(List.of(new UpdateOutcome.Postponed("too many", hour)))))
        .isEqualTo(new DoorReply(503, "911\n", hour));
  }

  @ParameterizedTest
  @EnumSource
  void aRejectionNeverLooksLikeSuccess(UpdateOutcome.Reason reason) {
    var reply = of(new UpdateAnswer.Rejected(reason));
    assertThat(reply.status()).isGreaterThanOrEqualTo(400);
    assertThat(reply.body()).doesNotContain("good", "nochg", "OK");
    // inadyn ends its process at 429.
    assertThat(reply.status()).isNotEqualTo(429);
  }

  @Test
  void oneSuccessAmongFailuresIsReadAsLines() {
    var reply =
        of(
            new UpdateAnswer.PerHost(
                List.of(
                    new UpdateOutcome.Rejected(UpdateOutcome.Reason.NO_SUCH_HOST),
                    new UpdateOutcome.Updated())));
    assertThat(reply).isEqualTo(new DoorReply(200, "nohost\ngood 192.0.2.1\n"));
  }

  /** OPNsense takes any 2xx for success: the host that was put off would never be sent again. */
  @Test
  void oneThatIsPutOffMakesAllBeSentAgain() {
    var hour = Duration.ofHours(1);
    var good = new UpdateOutcome.Updated();
    var later = new UpdateOutcome.Postponed("too many", hour);
    assertThat(of(new UpdateAnswer.PerHost(List.of(good, later))))
        .isEqualTo(new DoorReply(503, "good 192.0.2.1\n911\n", hour));
    assertThat(of(new UpdateAnswer.PerHost(List.of(later, good))))
        .isEqualTo(new DoorReply(503, "911\ngood 192.0.2.1\n", hour));
    assertThat(of(new UpdateAnswer.PerHost(List.of(good, new UpdateOutcome.Failed("x")))).status())
        .isEqualTo(503);
  }
}
