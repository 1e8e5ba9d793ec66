package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.interop.kill.HostLedger.Verdict;
import org.junit.jupiter.api.Test;

/** The judge of the kill test is judged: it must see a loss when there is one. */
final class HostLedgerTest {
  private final HostLedger ledger = new HostLedger("h");

  private void updates(int acknowledged, int inFlight) {
    for (int i = 0; i < acknowledged; i++) {
      ledger.send();
      ledger.acknowledge();
    }
    for (int i = 0; i < inFlight; i++) {
      ledger.send();
    }
  }

  @Test
  void theLastAcknowledgedIsKept() {
    updates(5, 0);
    assertThat(ledger.judge(5, 5)).isEqualTo(Verdict.KEPT);
  }

  @Test
  void anyOlderOneOrNoneIsLost() {
    updates(5, 1);
    assertThat(ledger.judge(4, 4)).isEqualTo(Verdict.LOST);
    assertThat(ledger.judge(0, 0)).isEqualTo(Verdict.LOST);
    assertThat(ledger.judge(5, 4)).isEqualTo(Verdict.LOST);
  }

  @Test
  void oneInFlightMayBeThereOrNotButNotHalf() {
    updates(5, 1);
    assertThat(ledger.judge(5, 6)).isEqualTo(Verdict.TORN);
    assertThat(ledger.judge(5, 5)).isEqualTo(Verdict.KEPT);
    assertThat(ledger.judge(6, 6)).isEqualTo(Verdict.KEPT);
    assertThat(ledger.judge(5, 5)).as("it was there before").isEqualTo(Verdict.LOST);
  }

  @Test
  void oneNeverSentIsInvented() {
    updates(5, 1);
    assertThat(ledger.judge(7, 7)).isEqualTo(Verdict.INVENTED);
  }

  @Test
  void nothingSentNothingThere() {
    assertThat(ledger.judge(0, 0)).isEqualTo(Verdict.KEPT);
    assertThat(ledger.withOneMore().judge(0, 0)).isEqualTo(Verdict.LOST);
  }
}
