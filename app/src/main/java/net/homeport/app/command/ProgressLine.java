package net.homeport.app.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One line on a terminal that tells how far long work is, and is gone when it is done. */
final class ProgressLine implements LongConsumer, AutoCloseable {
  private static final long FIRST_NANOS = 400_000_000;
  private static final long EACH_NANOS = 100_000_000;
  private static final int BAR = 24;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean visible;
  private final String what;
  private final long total;
  private final long start = System.nanoTime();
  private long next = FIRST_NANOS;
  private boolean shown;

  /**
   * @param total octets in all; 0 if that is not known
   */
  ProgressLine(PrintWriter err, String what, long total) {
    this.err = err;
    this.what = what;
    this.total = total;
    this.visible = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Tells how many octets are done. */
  @Override
  public void accept(long done) {
    long elapsed = System.nanoTime() - start;
    if (visible && elapsed >= next) {
      next = elapsed + EACH_NANOS;
      shown = true;
      err.print(CLEAR + text(what, done, total, elapsed));
      err.flush();
    }
  }

  static String text(String what, long done, long total, long elapsedNanos) {
    double seconds = elapsedNanos / 1e9;
    double speed = seconds > 0 ? done / 1e6 / seconds : 0;
    if (total <= 0) {
      return String.format(Locale.ROOT, "%s  %.1f MB  %.1f MB/s", what, done / 1e6, speed);
    }
    int full = (int) Math.min(BAR, BAR * done / total);
    return String.format(
        Locale.ROOT,
        "%s  [%s%s] %3d%%  %.1f of %.1f MB  %.1f MB/s",
        what,
        "#".repeat(full),
        ".".repeat(BAR - full),
        Math.min(100, 100 * done / total),
        done / 1e6,
        total / 1e6,
        speed);
  }

  @Override
  public void close() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
    }
  }
}
