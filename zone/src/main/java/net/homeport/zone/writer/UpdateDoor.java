package net.homeport.zone.writer;

import java.util.concurrent.CompletableFuture;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;

/**
 * Takes proposed updates from the name server to those who decide: whether the requestor may, and
 * then the writer. Safe for any thread.
 */
@FunctionalInterface
public interface UpdateDoor {
  /**
   * Decides, and performs what is allowed. Returns at once; the future completes when the change is
   * durable and visible, or nothing has changed.
   */
  CompletableFuture<Decision> propose(ProposedUpdate update, Requestor requestor);

  /** What became of a proposed update. */
  sealed interface Decision {
    /** Its requestor may; this is what came of it. */
    record Decided(CommitResult result) implements Decision {}

    /**
     * Its requestor may not; nothing changed.
     *
     * @param why for the log and the history: which rule said so
     */
    record NotAllowed(String why) implements Decision {}

    /**
     * Its requestor may, but not now; nothing changed, and to ask again later is right.
     *
     * @param why for the log and the history: which rule said so
     */
    record NotNow(String why) implements Decision {}
  }
}
