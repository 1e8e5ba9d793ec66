package net.homeport.interop.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Waits until it is so; fails after half a minute. */
  public static void until(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what);
      }
      pause(PAUSE);
    }
  }

  /** Waits until the assertion holds; fails as it does after half a minute. */
  public static void untilAsserted(Runnable assertion) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        pause(PAUSE);
      }
    }
  }

  /** Waits until it yields this; fails after half a minute. */
  public static <T> void untilEqual(T expected, Supplier<T> actual) {
    untilAsserted(() -> {
      T now = actual.get();
      if (!expected.equals(now)) {
        throw new AssertionError("expected " + expected + " but it is " + now);
      }
    });
  }

  /** Sleeps. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
