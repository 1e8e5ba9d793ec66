package net.homeport.registry.peer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a secondary knows of one zone, as far as we know.
 *
 * @param acknowledged the last serial that it said to have heard of; null if none since our start
 * @param notifyResult what became of telling it, in words
 * @param notifiedAt when that was; null if it was not told yet
 * @param transferred the serial of the last zone it took; null if none since our start
 * @param transferKind how: {@code AXFR}, {@code IXFR}
 * @param transferredAt when that was
 */
public record SecondaryStatus(
    @Nullable Long acknowledged,
    String notifyResult,
    @Nullable Instant notifiedAt,
    @Nullable Long transferred,
    @Nullable String transferKind,
    @Nullable Instant transferredAt) {

  /** Those who watch the secondaries. */
  @FunctionalInterface
  public interface Reader {
    /** The status of this secondary and zone. */
    SecondaryStatus status(Secondary secondary, org.xbill.DNS.Name zone);
  }
}
