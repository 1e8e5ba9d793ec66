package net.homeport.zone.writer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.lease.LeaseBook;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneMirror;
import net.homeport.zone.update.ZoneReplacement;
import net.homeport.zone.update.ZoneRollback;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

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
  private final SerialSequence serials;
  private final Consumer<List<ZoneChange>> afterCommit;
  private final Consumer<JournalException> onFailure;
  private final BlockingQueue<Submission> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private volatile ZoneSnapshot snapshot;
  private final LeaseBook leases = new LeaseBook(); // of the writer's thread, once it runs
  private volatile @Nullable Instant nextExpiry;
  private volatile boolean closed;

  /** As the other one, without leases. */
  public ZoneWriter(
      ZoneSnapshot initial,
      Journal journal,
      Consumer<List<ZoneChange>> afterCommit,
      Consumer<JournalException> onFailure) {
    this(initial, List.of(), journal, afterCommit, onFailure);
  }

  /** As the other one; serials are incremented. */
  public ZoneWriter(
      ZoneSnapshot initial,
      List<Lease> leased,
      Journal journal,
      Consumer<List<ZoneChange>> afterCommit,
      Consumer<JournalException> onFailure) {
    this(initial, leased, journal, SerialSequence.INCREMENT, afterCommit, onFailure);
  }

  /**
   * Starts the writer's thread.
   *
   * @param initial what the journal already holds
   * @param leased the leases that it holds
   * @param serials which serial a zone has after a change that does not set it itself
   * @param afterCommit told of each batch after it is acknowledged, on the writer's thread: must be
   *     quick
   * @param onFailure told when the journal refused a batch, on the writer's thread
   */
  public ZoneWriter(
      ZoneSnapshot initial,
      List<Lease> leased,
      Journal journal,
      SerialSequence serials,
      Consumer<List<ZoneChange>> afterCommit,
      Consumer<JournalException> onFailure) {
    this.snapshot = initial;
    leases.apply(leased);
    nextExpiry = leases.nextExpiry();
    this.journal = journal;
    this.serials = serials;
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
    return submit(new SubmittedChange.Update(update));
  }

  /** Submits a new zone; {@link Refusal#NAME_IN_USE} if there is one with that apex. */
  public CompletableFuture<CommitResult> create(ZoneChange.Created zone) {
    return submit(new SubmittedChange.Whole(zone));
  }

  /**
   * Submits other static records for a whole zone; {@link Refusal#NO_SUCH_ZONE} if there is none.
   * Its summary is that of the evaluation which the result is about.
   */
  public CompletableFuture<CommitResult> replace(ZoneReplacement replacement) {
    return submit(new SubmittedChange.Replacement(replacement));
  }

  /**
   * Submits what another server, whose copy a zone is, has of it; makes the zone if there is none.
   * {@link Refusal#RRSET_MISSING} when differences do not continue what we have: take all of it.
   */
  public CompletableFuture<CommitResult> mirror(ZoneMirror mirror) {
    return submit(new SubmittedChange.Mirror(mirror));
  }

  /**
   * Has a zone answer SERVFAIL to all from now on, or answer again ({@link
   * net.homeport.zone.Zone#isExpired}). Visible when the result comes, but not durable: to be
   * decided again at each start.
   */
  public CompletableFuture<CommitResult> setExpired(Name zone, boolean expired) {
    return submit(new SubmittedChange.Expiration(zone, expired));
  }

  /**
   * Has a zone be awaited from now on, or not any more ({@link
   * net.homeport.zone.ZoneSnapshot#awaiting}). Visible when the result comes, but not durable: to
   * be said again at each start.
   */
  public CompletableFuture<CommitResult> setAwaited(Name zone, boolean awaited) {
    return submit(new SubmittedChange.Awaiting(zone, awaited));
  }

  /**
   * Submits the way back to what RRsets were; {@link Refusal#RRSET_MISSING} if the zone has moved
   * on since it was computed, {@link Refusal#NO_SUCH_ZONE} if it is gone.
   */
  public CompletableFuture<CommitResult> rollback(ZoneRollback rollback) {
    return submit(new SubmittedChange.Rollback(rollback));
  }

  /** Submits the removal of a zone; {@link Refusal#NO_SUCH_ZONE} if there is none. */
  public CompletableFuture<CommitResult> remove(ZoneChange.Removed zone) {
    return submit(new SubmittedChange.Whole(zone));
  }

  /**
   * Takes out records whose lease is over by then, if there are any; to be called now and then.
   *
   * @return what became of the last of them
   */
  public CompletableFuture<CommitResult> expireLeases(Instant now) {
    Instant next = nextExpiry;
    return next == null || next.isAfter(now)
        ? CompletableFuture.completedFuture(new CommitResult.Unchanged(0))
        : submit(new SubmittedChange.Expiry(now));
  }

  private CompletableFuture<CommitResult> submit(SubmittedChange change) {
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
    boolean _ = queue.offer(new Submission(new SubmittedChange.WakeUp()));
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Submission extends CompletableFuture<CommitResult> {
    private final SubmittedChange change;

    Submission(SubmittedChange change) {
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
    var pending = new PendingCommit(snapshot, leases, serials, this::failed);
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
      changes.forEach(this::noteLeases);
      nextExpiry = leases.nextExpiry();
    }
    snapshot = pending.snapshot();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).complete(results.get(i));
    }
    if (!changes.isEmpty()) {
      tell(afterCommit, changes);
    }
  }

  private void noteLeases(ZoneChange change) {
    switch (change) {
      case ZoneChange.Leased leased -> leases.apply(leased.leases());
      case ZoneChange.Removed removed -> leases.forget(removed.zone());
      case ZoneChange.Created _, Changeset _ -> {}
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
}
