package net.homeport.zone.writer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.lease.LeaseBook;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneMirror;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The zones as a batch edits them, and what it has changed so far. */
final class PendingCommit {
  /** How many leases end in one batch; a burst of them must not hold up what people wait for. */
  private static final int EXPIRIES_MAX = 500;

  private static final String EXPIRY_ACTOR = "lease";

  private final List<ZoneChange> whole = new ArrayList<>();
  private final Map<Name, List<RrsetChange>> changes = new LinkedHashMap<>();
  private final Map<Name, Zone> edited = new HashMap<>();
  private final Map<Name, Long> nextSerial = new HashMap<>();
  private final PendingLeases leases;
  private final SerialSequence serials;
  private final Function<RuntimeException, CommitResult> onDefect;
  private ZoneSnapshot snapshot;

  PendingCommit(
      ZoneSnapshot snapshot,
      LeaseBook leases,
      SerialSequence serials,
      Function<RuntimeException, CommitResult> onDefect) {
    this.snapshot = snapshot;
    this.serials = serials;
    this.leases = new PendingLeases(leases);
    this.onDefect = onDefect;
  }

  CommitResult take(SubmittedChange change) {
    return switch (change) {
      case SubmittedChange.Update update -> update(update.update());
      case SubmittedChange.Replacement wanted -> {
        Name apex = wanted.replacement().zone();
        yield change(
            apex, wanted.replacement()::evaluate, changes -> leases.replaced(apex, changes));
      }
      case SubmittedChange.Rollback wanted -> {
        Name apex = wanted.rollback().zone();
        yield change(apex, wanted.rollback()::evaluate, changes -> leases.replaced(apex, changes));
      }
      case SubmittedChange.Expiry expiry -> expire(expiry.now());
      case SubmittedChange.Mirror wanted -> mirror(wanted.mirror());
      case SubmittedChange.Expiration wanted -> setExpired(wanted.zone(), wanted.expired());
      case SubmittedChange.Awaiting wanted -> setAwaited(wanted.zone(), wanted.awaited());
      case SubmittedChange.Whole whole -> whole(whole.change());
      case SubmittedChange.WakeUp _ -> new CommitResult.Unchanged(0);
    };
  }

  private CommitResult update(ZoneUpdate update) {
    if (leases.exceed(update)) {
      return new CommitResult.Refused(Refusal.TOO_MANY_LEASES);
    }
    return change(
        update.zone(),
        zone -> UpdateEvaluation.evaluate(zone, update),
        changes -> leases.update(update, changes));
  }

  /** Some of the records whose lease is over; those left come with the next look at the clock. */
  private CommitResult expire(Instant now) {
    CommitResult result = new CommitResult.Unchanged(0);
    for (Lease lease : leases.expired(now, EXPIRIES_MAX)) {
      // Whose record it was is decided: it may leave, whatever manages its RRset now.
      var update =
          new ZoneUpdate(
              lease.zone(),
              List.of(),
              List.of(new UpdateOperation.DeleteRecord(lease.record())),
              Management.STATIC,
              new Attribution(EXPIRY_ACTOR, EXPIRY_ACTOR, null, now));
      result = update(update);
      leases.end(lease);
    }
    return result;
  }

  private CommitResult change(
      Name apex, Function<Zone, UpdateResult> evaluation, Consumer<List<RrsetChange>> onLeases) {
    Zone zone = zone(apex);
    if (zone == null) {
      return new CommitResult.Refused(Refusal.NO_SUCH_ZONE);
    }
    UpdateResult result;
    try {
      result = evaluation.apply(zone);
    } catch (RuntimeException e) {
      // A defect that this update meets: nothing of it is pending, and the others go on.
      return onDefect.apply(e);
    }
    return switch (result) {
      case UpdateResult.Refused refused -> new CommitResult.Refused(refused.why());
      case UpdateResult.Unchanged _ -> {
        onLeases.accept(List.of());
        yield new CommitResult.Unchanged(nextSerial.getOrDefault(zone.apex(), zone.serial()));
      }
      case UpdateResult.Changed changed -> {
        edited.put(zone.apex(), changed.next());
        changes.computeIfAbsent(zone.apex(), _ -> new ArrayList<>()).addAll(changed.changes());
        onLeases.accept(changed.changes());
        yield new CommitResult.Committed(serialAfter(zone.apex(), changed.next()));
      }
    };
  }

  private CommitResult mirror(ZoneMirror mirror) {
    Name apex = mirror.zone();
    Zone present = zone(apex);
    ZoneMirror.Outcome outcome;
    try {
      outcome = mirror.evaluate(present);
    } catch (RuntimeException e) {
      return onDefect.apply(e);
    }
    return switch (outcome) {
      case ZoneMirror.Outcome.Anew anew -> {
        if (present != null) {
          apply(new ZoneChange.Removed(apex, mirror.attribution()));
        }
        apply(new ZoneChange.Created(anew.content(), mirror.attribution()));
        yield new CommitResult.Committed(anew.content().serial());
      }
      case ZoneMirror.Outcome.Inside inside -> change(apex, _ -> inside.result(), _ -> {});
    };
  }

  /** Not a change of the zone: it is not in the journal, and decided again after a restart. */
  private CommitResult setExpired(Name apex, boolean expired) {
    closeChangesets();
    Zone zone = snapshot.zone(apex);
    if (zone == null) {
      return new CommitResult.Refused(Refusal.NO_SUCH_ZONE);
    }
    if (zone.isExpired() != expired) {
      snapshot = snapshot.with(zone.expired(expired));
    }
    return new CommitResult.Unchanged(zone.serial());
  }

  /** Nor is this. */
  private CommitResult setAwaited(Name apex, boolean awaited) {
    closeChangesets();
    snapshot = awaited ? snapshot.awaiting(apex) : snapshot.notAwaiting(apex);
    return new CommitResult.Unchanged(0);
  }

  /** One new serial a zone and batch; an update that set the SOA itself keeps its serial. */
  private long serialAfter(Name apex, Zone next) {
    Zone published = Objects.requireNonNull(snapshot.zone(apex));
    if (next.serial() != published.serial()) {
      nextSerial.put(apex, next.serial());
      return next.serial();
    }
    // Asked once a batch: a clock that goes on in between would tell two waiters two serials.
    return nextSerial.computeIfAbsent(apex, _ -> serials.after(apex, published.serial()));
  }

  private @Nullable Zone zone(Name apex) {
    Zone zone = edited.get(apex);
    return zone == null ? snapshot.zone(apex) : zone;
  }

  private CommitResult whole(ZoneChange change) {
    boolean exists = zone(change.zone()) != null;
    return switch (change) {
      case ZoneChange.Created created -> {
        if (exists) {
          yield new CommitResult.Refused(Refusal.NAME_IN_USE);
        }
        apply(change);
        yield new CommitResult.Committed(created.content().serial());
      }
      case ZoneChange.Removed _ -> {
        if (!exists) {
          yield new CommitResult.Refused(Refusal.NO_SUCH_ZONE);
        }
        apply(change);
        yield new CommitResult.Committed(0);
      }
      case ZoneChange.Leased _, Changeset _ ->
          throw new IllegalArgumentException("a changeset is not submitted");
    };
  }

  private void apply(ZoneChange change) {
    closeChangesets();
    leases.forget(change.zone());
    whole.add(change);
    snapshot = change.applyTo(snapshot);
  }

  /** Turns the edits so far into changesets, and makes them part of the snapshot. */
  private void closeChangesets() {
    changes.forEach((apex, list) -> {
      Zone before = Objects.requireNonNull(snapshot.zone(apex));
      long after = Objects.requireNonNull(nextSerial.get(apex));
      whole.add(new Changeset(apex, before.serial(), after, list));
      // Evaluation has applied each change by the code that a restart runs; the serial is left.
      ZoneEditor editor = ZoneEditor.of(Objects.requireNonNull(edited.get(apex)));
      editor.setSerial(after);
      snapshot = snapshot.with(editor.build());
    });
    for (Name apex : leases.zones()) {
      Zone zone = snapshot.zone(apex);
      List<Lease> changed = leases.take(apex);
      if (zone != null && changed != null) {
        whole.add(new ZoneChange.Leased(zone.apex(), changed));
      }
    }
    changes.clear();
    edited.clear();
    nextSerial.clear();
  }

  List<ZoneChange> changes() {
    closeChangesets();
    return whole;
  }

  ZoneSnapshot snapshot() {
    return snapshot;
  }
}
