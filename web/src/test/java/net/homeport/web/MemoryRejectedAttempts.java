package net.homeport.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import org.jspecify.annotations.Nullable;

/** Rejected attempts that are forgotten at the end of a test. */
final class MemoryRejectedAttempts implements RejectedAttempts {
  private final List<RejectedAttempt> attempts = new ArrayList<>();

  @Override
  public synchronized void record(RejectedAttempt attempt) {
    attempts.addFirst(attempt);
  }

  @Override
  public synchronized List<RejectedAttempt> latest(
      @Nullable String name, @Nullable Instant since, int limit) {
    return attempts.stream()
        .filter(attempt -> name == null || attempt.names().contains(name))
        .filter(attempt -> since == null || !attempt.at().isBefore(since))
        .limit(limit)
        .toList();
  }

  @Override
  public long dropped() {
    return 0;
  }
}
