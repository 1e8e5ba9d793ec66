package net.homeport.app.assembly;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import net.homeport.zone.writer.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that changes could not be stored: at once, then at most once a minute with a count. */
final class JournalFailures implements Consumer<JournalException> {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFailures.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private Instant said = Instant.EPOCH;
  private int kept;

  JournalFailures(InstantSource clock) {
    this.clock = clock;
  }

  /** Called on the writer's thread. */
  @Override
  public void accept(JournalException failure) {
    kept++;
    Instant now = clock.instant();
    // A clock that was put back must not silence this until it is there again.
    if (!now.isBefore(said) && now.isBefore(said.plus(PAUSE))) {
      return;
    }
    LOG.error(
        "{} batch(es) of updates refused, DNS goes on with what is stored: {}",
        kept,
        failure.getMessage());
    LOG.debug("the cause", failure);
    kept = 0;
    said = now;
  }
}
