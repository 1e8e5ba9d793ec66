package net.homeport.zone.writer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneReplacement;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;

/**
 * The single writer: takes submitted changes from a bounded queue, evaluates them in order, appends
 * what they change to the {@link Journal}, publishes the next snapshot, and only then releases
 * those who wait.
 *
 * <p>{@link #submit} and {@link #snapshot} may be called from any thread.
 */
/*
 * Group commit. While one batch is being made durable, the next submissions gather in the queue; the
 * following batch takes all of them, up to BATCH_MAX. So the number of updates per sync of the disk
 * grows with the load by itself, without a timer: an idle server commits each update at once, a busy
 * one hundreds at a time.
 *
 * In a batch, updates of one zone build on each other, and become one Changeset with one new serial.
 * The order of all submissions is the order of the queue. When the journal refuses the batch, the
 * zones as edited are dropped, the published snapshot stays, and every submission of the batch has
 * failed, the refused ones too: what they were refused for may be a change that was lost just now. The
 * next batch starts from the published snapshot again.
 */
public final class ZoneWriter implements AutoCloseable {
  /** How many submissions may wait; one more is {@link CommitResult.Overloaded}. */
  public static final int QUEUE_MAX = 16_384;

  /** How many submissions share one commit at most. */
  public static final int BATCH_MAX = 2_048;

  private final Journal journal;
  private final Consumer<List<ZoneChange>> afterCommit;
  private final Consumer<JournalException> onFailure;
  private final BlockingQueue<Submission> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private volatile ZoneSnapshot snapshot;
  private volatile boolean closed;

  /**
   * Starts the writer's thread.
   *
   * @param initial what the journal already holds
   * @param afterCommit told of each batch after it is acknowledged, on the writer's thread: must be
   *     quick
   * @param onFailure told when the journal refused a batch, on the writer's thread
   */
  public ZoneWriter(
      ZoneSnapshot initial,
      Journal journal,
      Consumer<List<ZoneChange>> afterCommit,
      Consumer<JournalException> onFailure) {
    this.snapshot = initial;
    this.journal = journal;
    this.afterCommit = afterCommit;
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().daemon().name("zone-writer").start(this::run);
  }

  /** The zones as of the last commit. */
  public ZoneSnapshot snapshot() {
    return snapshot;
  }

  /** Submits an update; the result comes when it is decided, durable and visible. */
  public CompletableFuture<CommitResult> submit(ZoneUpdate update) {
    return submit(new Change.Update(update));
  }

  /** Submits a new zone; {@link Refusal#NAME_IN_USE} if there is one with that apex. */
  public CompletableFuture<CommitResult> create(ZoneChange.Created zone) {
    return submit(new Change.Whole(zone));
  }

  /**
   * Submits other static records for a whole zone; {@link Refusal#NO_SUCH_ZONE} if there is none.
   * Its summary is that of the evaluation which the result is about.
   */
  public CompletableFuture<CommitResult> replace(ZoneReplacement replacement) {
    return submit(new Change.Replacement(replacement));
  }

  /** Submits the removal of a zone; {@link Refusal#NO_SUCH_ZONE} if there is none. */
  public CompletableFuture<CommitResult> remove(ZoneChange.Removed zone) {
    return submit(new Change.Whole(zone));
  }

  private CompletableFuture<CommitResult> submit(Change change) {
    var submission = new Submission(change);
    // Closed after the offer: the thread may have looked into the queue for the last time.
    if (closed || !queue.offer(submission) || (closed && queue.remove(submission))) {
      submission.complete(new CommitResult.Overloaded());
    }
    return submission;
  }

  /** Commits what waits, then stops; later submissions are refused as overload. */
  @Override
  public void close() {
    closed = true;
    // An interrupt could disturb the disk; this wakes the thread if it waits. A full queue does so
    // too.
    boolean _ = queue.offer(new Submission(new Change.WakeUp()));
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private sealed interface Change {
    record Update(ZoneUpdate update) implements Change {}

    record Replacement(ZoneReplacement replacement) implements Change {}

    record Whole(ZoneChange change) implements Change {}

    /** Changes nothing. */
    record WakeUp() implements Change {}
  }

  private static final class Submission extends CompletableFuture<CommitResult> {
    private final Change change;

    Submission(Change change) {
      this.change = change;
    }
  }

  private void run() {
    var batch = new ArrayList<Submission>(BATCH_MAX);
    while (!closed || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
      queue.drainTo(batch, BATCH_MAX - batch.size());
      try {
        commit(batch);
      } catch (RuntimeException | Error e) {
        // A defect of ours: nothing of this batch was published. Say so, and keep serving.
        fail(batch, internalError(e));
      }
      batch.clear();
    }
  }

  private void commit(List<Submission> batch) {
    var pending = new PendingCommit(snapshot, this::failed);
    var results = new ArrayList<CommitResult>(batch.size());
    for (Submission submission : batch) {
      results.add(pending.take(submission.change));
    }
    List<ZoneChange> changes = pending.changes();
    if (!changes.isEmpty()) {
      try {
        journal.append(changes);
      } catch (JournalException e) {
        fail(batch, e);
        return;
      }
      snapshot = pending.snapshot();
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).complete(results.get(i));
    }
    if (!changes.isEmpty()) {
      tell(afterCommit, changes);
    }
  }

  private static JournalException internalError(Throwable cause) {
    return new JournalException("internal error in the zone writer: " + cause, cause);
  }

  private CommitResult failed(Throwable defect) {
    return failed(internalError(defect));
  }

  private CommitResult failed(JournalException why) {
    tell(onFailure, why);
    return new CommitResult.Failed(String.valueOf(why.getMessage()));
  }

  private void fail(List<Submission> batch, JournalException why) {
    CommitResult failed = failed(why);
    for (Submission submission : batch) {
      submission.complete(failed);
    }
  }

  /**
   * Tells a listener; a defect of it must neither stop the writer nor look like a failed commit.
   */
  private static <T> void tell(Consumer<T> listener, T what) {
    try {
      listener.accept(what);
    } catch (RuntimeException | Error e) {
      Thread writer = Thread.currentThread();
      writer.getUncaughtExceptionHandler().uncaughtException(writer, e);
    }
  }

  /** The zones as a batch edits them, and what it has changed so far. */
  private static final class PendingCommit {
    private final List<ZoneChange> whole = new ArrayList<>();
    private final Map<Name, List<RrsetChange>> changes = new LinkedHashMap<>();
    private final Map<Name, Zone> edited = new HashMap<>();
    private final Map<Name, Long> nextSerial = new HashMap<>();
    private final Function<RuntimeException, CommitResult> onDefect;
    private ZoneSnapshot snapshot;

    PendingCommit(ZoneSnapshot snapshot, Function<RuntimeException, CommitResult> onDefect) {
      this.snapshot = snapshot;
      this.onDefect = onDefect;
    }

    CommitResult take(Change change) {
      return switch (change) {
        case Change.Update update ->
            change(
                update.update().zone(), zone -> UpdateEvaluation.evaluate(zone, update.update()));
        case Change.Replacement wanted ->
            change(wanted.replacement().zone(), wanted.replacement()::evaluate);
        case Change.Whole whole -> whole(whole.change());
        case Change.WakeUp _ -> new CommitResult.Unchanged(0);
      };
    }

    private CommitResult change(Name apex, Function<Zone, UpdateResult> evaluation) {
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
        case UpdateResult.Unchanged _ ->
            new CommitResult.Unchanged(nextSerial.getOrDefault(zone.apex(), zone.serial()));
        case UpdateResult.Changed changed -> {
          edited.put(zone.apex(), changed.next());
          changes.computeIfAbsent(zone.apex(), _ -> new ArrayList<>()).addAll(changed.changes());
          yield new CommitResult.Committed(serialAfter(zone.apex(), changed.next()));
        }
      };
    }

    /** One new serial a zone and batch; an update that set the SOA itself keeps its serial. */
    private long serialAfter(Name apex, Zone next) {
      Zone published = Objects.requireNonNull(snapshot.zone(apex));
      long serial =
          next.serial() == published.serial()
              ? Serial.increment(published.serial())
              : next.serial();
      nextSerial.put(apex, serial);
      return serial;
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
        case Changeset _ -> throw new IllegalArgumentException("a changeset is not submitted");
      };
    }

    private void apply(ZoneChange change) {
      closeChangesets();
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
}
