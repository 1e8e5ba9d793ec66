package net.homeport.nameserver.tcp;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Workspaces for the connections that have something to do: as a rule as many as processors, while
 * thousands of connections wait without one. Safe for use from any thread.
 */
final class WorkspacePool {

  /** How many are kept; when slow readers hold more of them, further ones live for one use. */
  private static final int KEPT_MAX = 64;

  private final BlockingQueue<Workspace> kept = new ArrayBlockingQueue<>(KEPT_MAX);
  private final Supplier<InPlaceAnswers> answers;

  WorkspacePool(Supplier<InPlaceAnswers> answers) {
    this.answers = answers;
  }

  /** An empty workspace, which the caller gives back. */
  Workspace take() {
    Workspace workspace = kept.poll();
    return workspace == null ? new Workspace(answers.get()) : workspace;
  }

  /** Takes a workspace back. */
  void give(Workspace workspace) {
    workspace.clear();
    boolean ignored = kept.offer(workspace);
  }
}
