package net.homeport.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread safe. */
public final class FakeClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock at the start of 2026. */
  public FakeClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  public FakeClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock. */
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
