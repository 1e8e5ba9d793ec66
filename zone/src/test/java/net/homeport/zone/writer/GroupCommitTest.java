package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.writer.Writers.address;
import static net.homeport.zone.writer.Writers.result;
import static net.homeport.zone.writer.Writers.writer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Prerequisite;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;

/** While one batch is being made durable, the next one gathers. */
@Timeout(120)
final class GroupCommitTest {
  private static final ZoneSnapshot INITIAL =
      Zones.snapshot(Zones.zone("one.test."), Zones.zone("two.test."), Zones.zone("three.test."));

  private final BlockedJournal journal = new BlockedJournal();
  private final ZoneWriter writer = writer(INITIAL, journal);
  private CompletableFuture<CommitResult> first = new CompletableFuture<>();

  @BeforeEach
  void blockTheJournal() throws Exception {
    first = writer.submit(address("one.test.", 0));
    journal.awaitAppend();
  }

  private static long serial(ZoneSnapshot snapshot, String apex) {
    return Objects.requireNonNull(snapshot.zone(name(apex))).serial();
  }

  @Test
  void updatesOfManyThreadsShareOneAppendAndOneSerialAZone() throws Exception {
    List<CompletableFuture<CommitResult>> waiting = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      int from = 1 + t * 100;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = from; i < from + 100; i++) {
                  waiting.add(writer.submit(address(i % 2 == 0 ? "one.test." : "two.test.", i)));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(waiting).hasSize(500).noneMatch(CompletableFuture::isDone);
    journal.release();
    assertThat(result(first)).isEqualTo(new CommitResult.Committed(2));
    waiting.forEach(
        future -> assertThat(result(future)).isInstanceOf(CommitResult.Committed.class));

    assertThat(journal.batches()).hasSize(2);
    List<ZoneChange> batch = journal.batches().get(1);
    assertThat(batch)
        .extracting(ZoneChange::zone)
        .containsExactlyInAnyOrder(name("one.test."), name("two.test."));
    int changes = 0;
    for (ZoneChange change : batch) {
      var changeset = (Changeset) change;
      assertThat(changeset.serialAfter()).isEqualTo(changeset.serialBefore() + 1);
      changes += changeset.changes().size();
    }
    assertThat(changes).isEqualTo(500);
    assertThat(serial(writer.snapshot(), "one.test.")).isEqualTo(3);
    assertThat(serial(writer.snapshot(), "two.test.")).isEqualTo(2);
    assertThat(serial(writer.snapshot(), "three.test.")).isEqualTo(1);
    writer.close();
  }

  @Test
  void oneBatchIsBounded() {
    List<CompletableFuture<CommitResult>> waiting = new ArrayList<>();
    for (int i = 1; i <= ZoneWriter.BATCH_MAX + 10; i++) {
      waiting.add(writer.submit(address("one.test.", i)));
    }
    journal.release();
    waiting.forEach(
        future -> assertThat(result(future)).isInstanceOf(CommitResult.Committed.class));
    assertThat(journal.batches())
        .extracting(batch -> ((Changeset) batch.getFirst()).changes().size())
        .containsExactly(1, ZoneWriter.BATCH_MAX, 10);
    writer.close();
  }

  @Test
  void oneMoreThanTheQueueHoldsIsOverload() {
    List<CompletableFuture<CommitResult>> waiting = new ArrayList<>();
    for (int i = 0; i < ZoneWriter.QUEUE_MAX; i++) {
      waiting.add(writer.submit(address("one.test.", i % 100)));
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    CompletableFuture<CommitResult> oneMore = writer.submit(address("two.test.", 1));
    assertThat(oneMore).isCompletedWithValue(new CommitResult.Overloaded());

    journal.release();
    waiting.forEach(future ->
        assertThat(result(future))
            .isInstanceOfAny(CommitResult.Committed.class, CommitResult.Unchanged.class));
    assertThat(result(writer.submit(address("two.test.", 1))))
        .isEqualTo(new CommitResult.Committed(2));
    writer.close();
  }

  @Test
  void updatesOfABatchBuildOnEachOther() {
    var prerequisite = Updates.of("one.test.").add("seen.one.test. 60 A 192.0.2.1").asStatic();
    var dependent = updateThatNeeds("seen.one.test.");
    CompletableFuture<CommitResult> tooEarly = writer.submit(dependent);
    CompletableFuture<CommitResult> made = writer.submit(prerequisite);
    CompletableFuture<CommitResult> inTime = writer.submit(dependent);
    CompletableFuture<CommitResult> again = writer.submit(prerequisite);
    journal.release();
    assertThat(result(tooEarly)).isEqualTo(new CommitResult.Refused(Refusal.NAME_NOT_IN_USE));
    assertThat(result(made)).isEqualTo(new CommitResult.Committed(3));
    assertThat(result(inTime)).isEqualTo(new CommitResult.Committed(3));
    assertThat(result(again)).isEqualTo(new CommitResult.Unchanged(3));
    assertThat(journal.batches()).hasSize(2);
    writer.close();
  }

  private static ZoneUpdate updateThatNeeds(String owner) {
    var update = Updates.of("one.test.").add("after.one.test. 60 A 192.0.2.2").asStatic();
    return new ZoneUpdate(
        update.zone(),
        List.of(new Prerequisite.NameInUse(name(owner))),
        update.operations(),
        update.management(),
        update.attribution());
  }

  @Test
  void wholeZonesAndUpdatesKeepTheirOrderInABatch() {
    Zone fresh = Zones.zone("one.test.", "fresh A 192.0.2.1");
    Name apex = fresh.apex();
    List<CompletableFuture<CommitResult>> results =
        List.of(
            writer.submit(address("one.test.", 1)),
            writer.submit(address("two.test.", 1)),
            writer.remove(new ZoneChange.Removed(apex, Updates.SOMEBODY)),
            writer.submit(address("one.test.", 2)),
            writer.create(new ZoneChange.Created(fresh, Updates.SOMEBODY)),
            writer.create(new ZoneChange.Created(fresh, Updates.SOMEBODY)),
            writer.submit(address("one.test.", 3)));
    journal.release();
    assertThat(results.stream().map(Writers::result))
        .containsExactly(
            new CommitResult.Committed(3),
            new CommitResult.Committed(2),
            new CommitResult.Committed(0),
            new CommitResult.Refused(Refusal.NO_SUCH_ZONE),
            new CommitResult.Committed(1),
            new CommitResult.Refused(Refusal.NAME_IN_USE),
            new CommitResult.Committed(2));
    assertThat(journal.batches().get(1))
        .extracting(change -> change.getClass().getSimpleName() + " " + change.zone())
        .containsExactly(
            "Changeset one.test.",
            "Changeset two.test.",
            "Removed one.test.",
            "Created one.test.",
            "Changeset one.test.");
    ZoneSnapshot replayed = INITIAL;
    for (List<ZoneChange> batch : journal.batches()) {
      for (ZoneChange change : batch) {
        replayed = change.applyTo(replayed);
      }
    }
    assertThat(Zones.content(writer.snapshot())).isEqualTo(Zones.content(replayed));
    writer.close();
  }
}
