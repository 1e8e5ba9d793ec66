package net.homeport.zone.writer;

import java.time.Instant;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneMirror;
import net.homeport.zone.update.ZoneReplacement;
import net.homeport.zone.update.ZoneRollback;
import net.homeport.zone.update.ZoneUpdate;
import org.xbill.DNS.Name;

/** What may be submitted to the writer. */
sealed interface SubmittedChange {
  record Update(ZoneUpdate update) implements SubmittedChange {}

  record Replacement(ZoneReplacement replacement) implements SubmittedChange {}

  record Mirror(ZoneMirror mirror) implements SubmittedChange {}

  /** Has a zone answer nothing, or again. */
  record Expiration(Name zone, boolean expired) implements SubmittedChange {}

  /** Has a zone be to come, or not any more. */
  record Awaiting(Name zone, boolean awaited) implements SubmittedChange {}

  record Rollback(ZoneRollback rollback) implements SubmittedChange {}

  record Whole(ZoneChange change) implements SubmittedChange {}

  /** Takes out the records whose lease is over by then. */
  record Expiry(Instant now) implements SubmittedChange {}

  /** Changes nothing. */
  record WakeUp() implements SubmittedChange {}
}
