package net.homeport.registry.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * How it stands with a host now.
 *
 * @param lastSeen when it was last heard, itself or through the host it follows; null if never
 * @param state null if it was never heard
 * @param interval how often it is expected
 * @param source where the interval is from
 * @param client what kind of client it was last
 * @param leader the host whose reports its addresses follow; null if it reports them itself
 * @param acted the last state whose action was done
 * @param begins when each worse state begins, or began, unless it is heard before; empty if it was
 *     never heard, or if nobody reports its addresses, so that it cannot fall silent
 */
public record HostLiveness(
    Host host,
    @Nullable Instant lastSeen,
    @Nullable LivenessState state,
    Duration interval,
    IntervalSource source,
    ClientKind client,
    @Nullable Name leader,
    LivenessState acted,
    LivenessPolicy policy,
    Map<LivenessState, Instant> begins) {
  public HostLiveness {
    begins = Map.copyOf(begins);
  }

  /** Where an interval is from; the first there is. */
  public enum IntervalSource {
    /** Somebody said so. */
    STATED,
    /** Its reports taught it. */
    LEARNED,
    /** What its client is known for. */
    CLIENT
  }
}
