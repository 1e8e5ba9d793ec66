package net.homeport.zone.writer;

import static net.homeport.zone.writer.Writers.address;
import static net.homeport.zone.writer.Writers.result;
import static net.homeport.zone.writer.Writers.writer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The end of a writer: what waits is committed, what comes later is told so, nobody waits forever.
 */
@Timeout(120)
final class ZoneWriterCloseTest {
  private static final ZoneSnapshot INITIAL = Zones.snapshot(Zones.zone("dyn.test."));

  private static final ZoneUpdate NOTHING = Updates.of("dyn.test.").asStatic();
  private static final CommitResult OVERLOADED = new CommitResult.Overloaded();

  private static Thread closing(ZoneWriter writer) {
    Thread closer = Thread.ofPlatform().start(writer::close);
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return closer;
  }

  @Test
  void whatWaitsIsCommittedAndTheDiskIsNotDisturbed() throws Exception {
    var journal = new BlockedJournal();
    ZoneWriter writer = writer(INITIAL, journal);
    List<CompletableFuture<CommitResult>> waiting = new ArrayList<>();
    waiting.add(writer.submit(address("dyn.test.", 0)));
    journal.awaitAppend();
    for (int i = 1; i <= 3000; i++) {
      waiting.add(writer.submit(address("dyn.test.", i)));
    }
    Thread closer = closing(writer);
    assertThat(writer.submit(address("dyn.test.", 9999)))
        .isCompletedWithValue(new CommitResult.Overloaded());
    journal.release();
    closer.join();
    assertThat(waiting)
        .allSatisfy(future ->
            assertThat(future.getNow(new CommitResult.Overloaded()))
                .isInstanceOf(CommitResult.Committed.class));
    assertThat(Zones.content(writer.snapshot())).hasSize(2 + 3001);
  }

  @Test
  void closingWithAFullQueueWorks() throws Exception {
    var journal = new BlockedJournal();
    ZoneWriter writer = writer(INITIAL, journal);
    List<CompletableFuture<CommitResult>> waiting = new ArrayList<>();
    waiting.add(writer.submit(address("dyn.test.", 0)));
    journal.awaitAppend();
    for (int i = 0; i < ZoneWriter.QUEUE_MAX; i++) {
      waiting.add(writer.submit(address("dyn.test.", i % 50)));
    }
    Thread closer = closing(writer);
    journal.release();
    closer.join();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
  }

  @Test
  void anIdleWriterClosesAndClosesTwice() {
    ZoneWriter writer = writer(INITIAL, _ -> {});
    writer.close();
    writer.close();
    assertThat(writer.submit(address("dyn.test.", 1)))
        .isCompletedWithValue(new CommitResult.Overloaded());
    assertThat(writer.snapshot()).isSameAs(INITIAL);
  }

  @Test
  void aSubmissionDuringTheCloseIsCommittedOrRefusedAndNeverForgotten() throws Exception {
    for (int round = 0; round < 1500; round++) {
      ZoneWriter writer = writer(INITIAL, _ -> {});
      List<CompletableFuture<CommitResult>> submitted = new ArrayList<>();
      Thread submitter =
          Thread.ofPlatform()
              .start(() -> {
                CompletableFuture<CommitResult> last;
                do {
                  last = writer.submit(NOTHING);
                  submitted.add(last);
                } while (!OVERLOADED.equals(last.getNow(null)));
              });
      writer.close();
      submitter.join();
      for (CompletableFuture<CommitResult> future : submitted) {
        assertThat(result(future))
            .as("round %d", round)
            .isInstanceOfAny(CommitResult.Unchanged.class, CommitResult.Overloaded.class);
      }
    }
  }
}
