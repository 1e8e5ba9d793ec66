package net.homeport.nameserver.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.homeport.nameserver.update.RecentUpdates.Known;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** No signed update is performed twice, and each is told what became of it. */
final class RecentUpdatesTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));

  private static byte[] identity(long number) {
    return ByteBuffer.allocate(32).putLong(number).array();
  }

  private static void perform(RecentUpdates recent, long number, int rcode) {
    assertThat(recent.note(identity(number))).isInstanceOf(Known.First.class);
    recent.done(identity(number), rcode);
  }

  private static int again(RecentUpdates recent, long number) {
    return ((Known.Again) recent.note(identity(number))).rcode().join();
  }

  @Test
  void theSecondTimeItsOutcomeIsKnown() {
    var recent = new RecentUpdates(clock);
    perform(recent, 0, Rcode.NOERROR);
    perform(recent, 7, Rcode.REFUSED);
    assertThat(again(recent, 0)).isEqualTo(Rcode.NOERROR);
    assertThat(again(recent, 7)).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void whileTheFirstIsUnderWayTheSecondWaits() {
    var recent = new RecentUpdates(clock);
    assertThat(recent.note(identity(7))).isInstanceOf(Known.First.class);
    var second = (Known.Again) recent.note(identity(7));
    assertThat(second.rcode()).isNotDone();
    recent.done(identity(7), Rcode.NXRRSET);
    assertThat(second.rcode()).isCompletedWithValue(Rcode.NXRRSET);
  }

  @Test
  void itIsKnownForAsLongAsItsSignatureIsTaken() {
    var recent = new RecentUpdates(clock);
    perform(recent, 1, Rcode.NOERROR);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(1));
      perform(recent, 100 + i, Rcode.NOERROR);
      assertThat(again(recent, 1)).isEqualTo(Rcode.NOERROR);
    }
    clock.advance(Duration.ofMinutes(11));
    perform(recent, 2, Rcode.NOERROR);
    clock.advance(Duration.ofMinutes(11));
    assertThat(recent.note(identity(1))).isInstanceOf(Known.First.class);
  }

  @Test
  void aClockSetBackForgetsNothing() {
    var recent = new RecentUpdates(clock);
    perform(recent, 1, Rcode.NOERROR);
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofDays(-1));
      perform(recent, 10 + i, Rcode.NOERROR);
    }
    assertThat(again(recent, 1)).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void aFullSetMakesRoomForAnother() {
    var recent = new RecentUpdates(clock, 1000);
    var random = new Random(5);
    long[] numbers = random.longs(3500).toArray();
    for (long number : numbers) {
      perform(recent, number, Rcode.NOERROR);
    }
    for (int i = 2500; i < 3500; i++) {
      assertThat(again(recent, numbers[i])).isEqualTo(Rcode.NOERROR);
    }
    assertThat(recent.note(identity(numbers[0]))).isInstanceOf(Known.First.class);
  }
}
