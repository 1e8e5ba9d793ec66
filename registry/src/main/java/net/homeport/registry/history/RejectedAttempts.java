package net.homeport.registry.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps some of the newest attempts that were rejected. Thread safe. */
public interface RejectedAttempts {
  /** Keeps none. */
  RejectedAttempts NONE =
      new RejectedAttempts() {
        @Override
        public void record(RejectedAttempt attempt) {}

        @Override
        public List<RejectedAttempt> latest(
            @Nullable String name, @Nullable Instant since, int limit) {
          return List.of();
        }

        @Override
        public long dropped() {
          return 0;
        }
      };

  /** Keeps it, soon; or counts it as dropped if there are too many. Never waits. */
  void record(RejectedAttempt attempt);

  /**
   * The newest first.
   *
   * @param name only those that wanted to change this name, without a dot at its end; null for all
   * @param since none before this time; null for all
   * @param limit how many at most
   */
  List<RejectedAttempt> latest(@Nullable String name, @Nullable Instant since, int limit);

  /** How many were not kept since the start because there were too many, or the disk refused. */
  long dropped();
}
