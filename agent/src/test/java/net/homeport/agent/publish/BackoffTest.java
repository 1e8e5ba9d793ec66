package net.homeport.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final long[] LEAST_SECONDS = {5, 10, 20, 40, 80, 160, 200, 200, 200};

  @Test
  void doublesWithChanceOnTopAndNeverExceedsTheLimit() {
    for (int seed = 0; seed < 200; seed++) {
      var backoff = new Backoff(Backoff.FIRST, Backoff.LIMIT, new Random(seed));
      for (long least : LEAST_SECONDS) {
        assertThat(backoff.next())
            .isBetween(Duration.ofSeconds(least), Duration.ofSeconds(least * 3 / 2 + 1))
            .isLessThanOrEqualTo(Backoff.LIMIT);
      }
    }
  }

  @Test
  void differsFromAgentToAgent() {
    var waits = new HashSet<Duration>();
    for (int seed = 0; seed < 50; seed++) {
      waits.add(new Backoff(Backoff.FIRST, Backoff.LIMIT, new Random(seed)).next());
    }
    assertThat(waits).hasSizeGreaterThan(40);
  }

  @Test
  void beginsAnewAfterASuccess() {
    var backoff = new Backoff(Backoff.FIRST, Backoff.LIMIT, new Random(1));
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.next()).isLessThanOrEqualTo(Backoff.LIMIT);
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void keepsTightBounds() {
    var constant = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
    assertThat(constant.next()).isEqualTo(Duration.ofMillis(1));
    assertThat(constant.next()).isEqualTo(Duration.ofMillis(1));
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Backoff.LIMIT, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Backoff.LIMIT, Backoff.FIRST, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
