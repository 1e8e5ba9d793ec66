package net.homeport.web.dyndns2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invariant 9: our own failure is 911 with 503, never a word that makes a device give up. */
final class Dyndns2ReplyTest {
  private static final List<String> GIVE_UP =
      List.of("badauth", "nohost", "notfqdn", "numhost", "abuse", "badagent", "!donator");

  @Test
  void ourFailureIsWorthAnotherTry() {
    var reply =
        Dyndns2Reply.of(
            new UpdateAnswer.PerHost(List.of(new UpdateOutcome.Failed("the disk is full"))),
            "192.0.2.1");
    assertThat(reply).isEqualTo(new Dyndns2Reply(503, "911\n"));
    assertThat(GIVE_UP).noneMatch(reply.body()::contains);
  }

  @ParameterizedTest
  @EnumSource
  void aRejectionNeverLooksLikeSuccess(UpdateOutcome.Reason reason) {
    var reply = Dyndns2Reply.of(new UpdateAnswer.Rejected(reason), "192.0.2.1");
    assertThat(reply.status()).isGreaterThanOrEqualTo(400);
    assertThat(reply.body()).doesNotContain("good", "nochg", "OK");
    // inadyn ends its process at 429.
    assertThat(reply.status()).isNotEqualTo(429);
  }

  @Test
  void oneSuccessAmongFailuresIsReadAsLines() {
    var reply =
        Dyndns2Reply.of(
            new UpdateAnswer.PerHost(
                List.of(
                    new UpdateOutcome.Rejected(UpdateOutcome.Reason.NO_SUCH_HOST),
                    new UpdateOutcome.Updated(),
                    new UpdateOutcome.Failed("x"))),
            "192.0.2.1");
    assertThat(reply).isEqualTo(new Dyndns2Reply(200, "nohost\ngood 192.0.2.1\n911\n"));
  }
}
