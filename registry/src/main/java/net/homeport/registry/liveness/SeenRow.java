package net.homeport.registry.liveness;

import java.time.Instant;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What the store keeps of a host that was heard.
 *
 * @param at when it was last heard
 * @param client what kind of client it was
 * @param gaps between its last reports, in seconds, the latest first; 0 where there is none
 * @param acted the last state whose action was done
 */
public record SeenRow(
    Name host, Instant at, ClientKind client, List<Integer> gaps, LivenessState acted) {
  public SeenRow {
    gaps = List.copyOf(gaps);
  }
}
