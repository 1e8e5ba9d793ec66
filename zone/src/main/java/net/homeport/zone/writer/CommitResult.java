package net.homeport.zone.writer;

import net.homeport.zone.update.Refusal;

/** What became of a submitted change. */
public sealed interface CommitResult {
  /** Durable and visible since before this result existed. */
  record Committed(long serial) implements CommitResult {}

  /** Valid, and the zone was like that already. */
  record Unchanged(long serial) implements CommitResult {}

  /** It must not take effect; nothing changed. */
  record Refused(Refusal why) implements CommitResult {}

  /** It could not be made durable; nothing changed. The log says more under this incident. */
  record Failed(String incident) implements CommitResult {}

  /** Too many changes are waiting, or the writer is closed: nothing changed, try again later. */
  record Overloaded() implements CommitResult {}
}
