package net.homeport.registry.restriction;

import java.time.Instant;
import java.util.LinkedHashMap;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Why the last request for a host was not followed, for the {@link #KEPT_MAX} hosts of which that
 * is true most lately; since the start. Thread safe.
 */
public final class LastObstacles implements UpdateObserver {
  /** For how many hosts. */
  public static final int KEPT_MAX = 10_000;

  private final LinkedHashMap<Name, Obstacle> kept = new LinkedHashMap<>(); // guarded by this

  /**
   * Why a request was not followed.
   *
   * @param outcome what became of it: withheld, postponed, rejected or failed
   */
  public record Obstacle(Observation request, String outcome, String why, Instant at) {}

  @Override
  public synchronized void observed(Observation observation) {
    Name host = observation.host().name();
    Obstacle obstacle =
        switch (observation.outcome()) {
          case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _ -> null;
          case UpdateOutcome.Withheld held -> obstacle(observation, "withheld", held.why());
          case UpdateOutcome.Rejected no ->
              obstacle(
                  observation,
                  no.reason() == UpdateOutcome.Reason.BLOCKED ? "blocked" : "rejected",
                  no.why());
          case UpdateOutcome.Postponed later ->
              obstacle(
                  observation,
                  "postponed",
                  "%s; again in %d s".formatted(later.why(), later.retryAfter().toSeconds()));
          case UpdateOutcome.Failed failed -> obstacle(observation, "failed", failed.incident());
        };
    kept.remove(host);
    if (obstacle != null) {
      kept.put(host, obstacle);
      if (kept.size() > KEPT_MAX) {
        kept.pollFirstEntry();
      }
    }
  }

  private static Obstacle obstacle(Observation observation, String outcome, String why) {
    return new Obstacle(observation, outcome, why, observation.at());
  }

  /** Why the last request for this host was not followed; null if it was, or is not known. */
  public synchronized @Nullable Obstacle of(Name host) {
    return kept.get(host);
  }
}
