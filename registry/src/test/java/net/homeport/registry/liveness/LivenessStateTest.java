package net.homeport.registry.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The state of a host as a function of its silence. */
final class LivenessStateTest {
  private final SplittableRandom random = new SplittableRandom(13);

  private Grace grace() {
    double late = 1 + random.nextDouble() * 3;
    double silent = late + random.nextDouble() * 5;
    return new Grace(late, silent, silent + random.nextDouble() * 50);
  }

  private Duration span(int daysMax) {
    return Duration.ofMillis(random.nextLong(1, Duration.ofDays(daysMax).toMillis()));
  }

  @Test
  void aStateNeverGoesBackAsTheSilenceGrows() {
    for (int i = 0; i < 20_000; i++) {
      Duration interval = span(40);
      Grace grace = grace();
      Duration silence = span(400);
      Duration longer = silence.plus(span(400));
      assertThat(LivenessState.of(longer, interval, grace))
          .isGreaterThanOrEqualTo(LivenessState.of(silence, interval, grace));
    }
  }

  @Test
  void nobodyIsAnythingButFreshWithinOneInterval() {
    for (int i = 0; i < 20_000; i++) {
      Duration interval = span(40);
      Duration silence =
          Duration.ofMillis(random.nextLong(-interval.toMillis(), interval.toMillis()));
      assertThat(LivenessState.of(silence, interval, grace())).isEqualTo(LivenessState.FRESH);
    }
  }

  @Test
  void eachStateBeginsJustWhenItsGraceEnds() {
    for (int i = 0; i < 20_000; i++) {
      Duration interval = span(40);
      Grace grace = grace();
      for (LivenessState state : LivenessState.values()) {
        Duration until = grace.until(state, interval);
        assertThat(LivenessState.of(until, interval, grace)).isGreaterThanOrEqualTo(state);
        if (state != LivenessState.FRESH) {
          assertThat(LivenessState.of(until.minusMillis(1), interval, grace)).isLessThan(state);
        }
      }
    }
  }

  @Test
  void aLongerIntervalIsMorePatient() {
    for (int i = 0; i < 20_000; i++) {
      Duration interval = span(40);
      Grace grace = grace();
      Duration silence = span(400);
      assertThat(LivenessState.of(silence, interval.plus(span(10)), grace))
          .isLessThanOrEqualTo(LivenessState.of(silence, interval, grace));
    }
  }

  @Test
  void actionsAreReadAsTheyAreWritten() {
    for (String text :
        new String[] {
          "none",
          "tell",
          "ttl=30",
          "withdraw",
          "delete",
          "park=192.0.2.1",
          "park=192.0.2.1,2001:db8::1"
        }) {
      assertThat(LivenessAction.parse(text)).hasToString(text);
    }
    for (String text :
        new String[] {"", "ttl=", "ttl=x", "park=", "park=1.2.3.4,1.2.3.5", "drop"}) {
      assertThatThrownBy(() -> LivenessAction.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void graceMustGrow() {
    assertThatThrownBy(() -> new Grace(3, 2, 10)).hasMessageContaining("late after 3.0");
    assertThatThrownBy(() -> new Grace(0.5, 2, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Grace(1, Double.NaN, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
