package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.writer.Writers.address;
import static net.homeport.zone.writer.Writers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was not made durable never happened, and nobody is told that it was their fault. */
@Timeout(60)
final class JournalFailureTest {
  private static final ZoneSnapshot INITIAL =
      Zones.snapshot(Zones.zone("dyn.test.", "fixed A 192.0.2.1"));
  private static final CommitResult FAILED = new CommitResult.Failed("the disk is full");

  private final BlockedJournal blocked = new BlockedJournal();
  private final AtomicReference<@Nullable RuntimeException> trouble = new AtomicReference<>();
  private final List<ZoneChange> durable = new ArrayList<>();
  private final List<ZoneChange> told = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  private ZoneWriter writer() {
    return new ZoneWriter(
        INITIAL,
        batch -> {
          blocked.append(batch);
          RuntimeException now = trouble.get();
          if (now != null) {
            throw now;
          }
          durable.addAll(batch);
        },
        told::addAll,
        failure -> failures.add(String.valueOf(failure.getMessage())));
  }

  private static JournalException full() {
    return new JournalException("the disk is full", new IllegalStateException());
  }

  @Test
  void nothingIsVisibleAllOfTheBatchHasFailedAndTheNextOneWorks() {
    blocked.release();
    trouble.set(full());
    try (ZoneWriter writer = writer()) {
      assertThat(result(writer.submit(address("dyn.test.", 1)))).isEqualTo(FAILED);
      assertThat(writer.snapshot()).isSameAs(INITIAL);
      assertThat(result(writer.submit(address("dyn.test.", 2)))).isEqualTo(FAILED);
      trouble.set(null);
      // The serial that was not used is not missed.
      assertThat(result(writer.submit(address("dyn.test.", 2))))
          .isEqualTo(new CommitResult.Committed(2));
      assertThat(Zones.content(writer.snapshot()))
          .anyMatch(line -> line.startsWith("h2.dyn.test."))
          .noneMatch(line -> line.startsWith("h1.dyn.test."));
    }
    assertThat(durable).hasSize(1).isEqualTo(told);
    assertThat(failures).containsExactly("the disk is full", "the disk is full");
  }

  @Test
  void whatWasDecidedOnTopOfLostChangesHasFailedToo() throws Exception {
    Zone zone = Zones.zone("new.test.");
    var created = new ZoneChange.Created(zone, Updates.SOMEBODY);
    try (ZoneWriter writer = writer()) {
      CompletableFuture<CommitResult> first = writer.submit(address("dyn.test.", 1));
      blocked.awaitAppend();
      List<CompletableFuture<CommitResult>> batch =
          List.of(
              writer.create(created),
              // "exists already", but it does not: its creation is lost with this batch.
              writer.create(created),
              writer.submit(address("dyn.test.", 1)),
              writer.submit(address("dyn.test.", 2)),
              writer.submit(address("dyn.test.", 2)));
      trouble.set(full());
      blocked.release();
      assertThat(result(first)).isEqualTo(FAILED);
      assertThat(batch).allSatisfy(future -> assertThat(result(future)).isEqualTo(FAILED));
      assertThat(writer.snapshot()).isSameAs(INITIAL);
    }
    assertThat(durable).isEmpty();
    assertThat(failures).hasSize(2);
  }

  @Test
  void aRefusalThatNeededNoJournalIsARefusal() {
    blocked.release();
    trouble.set(full());
    try (ZoneWriter writer = writer()) {
      assertThat(result(writer.submit(address("other.test.", 1))))
          .isInstanceOf(CommitResult.Refused.class);
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void aDefectOfTheJournalFailsTheBatchAndTheWriterLives() {
    blocked.release();
    trouble.set(new IllegalStateException("a defect"));
    try (ZoneWriter writer = writer()) {
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isInstanceOfSatisfying(
              CommitResult.Failed.class,
              failed -> assertThat(failed.incident()).contains("a defect"));
      assertThat(writer.snapshot()).isSameAs(INITIAL);
      trouble.set(null);
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Committed(2));
    }
    assertThat(failures).singleElement().asString().contains("a defect");
  }

  @Test
  @SuppressWarnings("NullAway") // the defect
  void anUpdateThatMeetsADefectFailsAlone() throws Exception {
    var defective =
        new ZoneUpdate(
            name("dyn.test."),
            List.of(),
            List.of(new UpdateOperation.DeleteName(null)),
            Management.STATIC,
            Updates.SOMEBODY);
    try (ZoneWriter writer = writer()) {
      CompletableFuture<CommitResult> first = writer.submit(address("dyn.test.", 1));
      blocked.awaitAppend();
      CompletableFuture<CommitResult> before = writer.submit(address("dyn.test.", 2));
      CompletableFuture<CommitResult> defect = writer.submit(defective);
      CompletableFuture<CommitResult> after = writer.submit(address("dyn.test.", 3));
      blocked.release();
      assertThat(result(first)).isEqualTo(new CommitResult.Committed(2));
      assertThat(result(before)).isEqualTo(new CommitResult.Committed(3));
      assertThat(result(defect)).isInstanceOf(CommitResult.Failed.class);
      assertThat(result(after)).isEqualTo(new CommitResult.Committed(3));
    }
    assertThat(failures).singleElement().asString().contains("internal error");
  }
}
