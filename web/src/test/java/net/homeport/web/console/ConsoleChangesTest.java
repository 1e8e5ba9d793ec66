package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ConsoleChangesTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ConsoleChanges changes = new ConsoleChanges();

  @Test
  void everyChangeIsSeenByEverybody() throws Exception {
    int rounds = 2_000;
    try (var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new CompletableFuture<?>[8];
      for (int i = 0; i < all.length; i++) {
        all[i] = CompletableFuture.supplyAsync(() -> lastSeen(rounds), viewers);
      }
      for (int i = 0; i < rounds; i++) {
        changes.changed();
      }
      for (CompletableFuture<?> viewer : all) {
        assertThat(viewer.get()).isEqualTo((long) rounds);
      }
    }
  }

  private long lastSeen(int rounds) {
    try {
      long seen = 0;
      while (seen < rounds) {
        assertThat(changes.await(seen, LONG)).isTrue();
        seen = changes.count();
      }
      return seen;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatHappenedBeforeIsNotWaitedFor() throws Exception {
    changes.changed();
    assertThat(changes.await(0, LONG)).isTrue();
    assertThat(changes.await(1, Duration.ofMillis(1))).isFalse();
  }

  @Test
  void waitingCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> changes.await(0, LONG));
  }
}
