package net.homeport.nameserver.socket;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Logs failures which a stranger's packets can cause, without letting them flood the log: each
 * distinct class and message is logged with its stack trace when first seen, and again in one line
 * with its count when that reaches 10, 100, 1000 and so on.
 *
 * <p>At most {@value #DISTINCT} different ones are told apart; later ones are counted together as
 * "other failures". Safe for use from any thread.
 */
public final class FailureLog {

  private static final int DISTINCT = 64;
  // A message may repeat what the packet said.
  private static final int KIND_LENGTH = 200;
  private static final String OTHERS = "other failures";

  private final Logger logger;
  private final String where;
  private final LongAdder total = new LongAdder();
  private final Map<String, Long> counts = new HashMap<>();

  /**
   * A log with nothing seen yet.
   *
   * @param logger where to write, at level WARN
   * @param where how each line begins, for example {@code udp-127.0.0.1:53}
   */
  public FailureLog(Logger logger, String where) {
    this.logger = logger;
    this.where = where;
  }

  /** Counts the failure, and logs it if it is new or its count has become a power of ten. */
  public void record(Throwable failure) {
    total.increment();
    String kind = kindOf(failure);
    long count;
    synchronized (counts) {
      if (!counts.containsKey(kind) && counts.size() >= DISTINCT) {
        kind = OTHERS;
      }
      count = counts.merge(kind, 1L, Long::sum);
    }
    if (count == 1 && failure instanceof IOException) {
      // Of the system, not of ours: where in our code tells nothing, what to do does.
      logger.warn("{}: {}{}", where, failure.getMessage(), advice(failure));
    } else if (count == 1) {
      logger.warn("{}: {}", where, kind, failure);
    } else if (isPowerOfTen(count)) {
      logger.warn("{}: {} (seen {} times)", where, kind, count);
    }
  }

  /** How many failures were recorded. */
  public long total() {
    return total.sum();
  }

  private static String advice(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("Too many open files")
        ? "; raise the limit of open files (ulimit -n, or LimitNOFILE of the service)"
        : "";
  }

  private static String kindOf(Throwable failure) {
    String kind = failure.getClass().getName() + ": " + failure.getMessage();
    return kind.length() <= KIND_LENGTH ? kind : kind.substring(0, KIND_LENGTH);
  }

  private static boolean isPowerOfTen(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
