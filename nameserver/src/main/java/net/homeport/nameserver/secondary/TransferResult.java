package net.homeport.nameserver.secondary;

import java.util.List;
import net.homeport.zone.Zone;
import net.homeport.zone.update.ZoneDifference;

/** What a primary has of a zone. */
public sealed interface TransferResult {
  /** What we have, or something older: this serial. */
  record UpToDate(long serial) implements TransferResult {}

  /** This content, all of it static. */
  record Whole(Zone content) implements TransferResult {}

  /** What leads from our version to its own, in this order; at least one. */
  record Differences(List<ZoneDifference> differences) implements TransferResult {
    public Differences {
      differences = List.copyOf(differences);
    }
  }
}
