package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.writer.Writers.address;
import static net.homeport.zone.writer.Writers.result;
import static net.homeport.zone.writer.Writers.writer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/** One change after the other: durable, visible, acknowledged, in that order. */
@Timeout(60)
final class ZoneWriterTest {
  private static final ZoneSnapshot INITIAL =
      Zones.snapshot(Zones.zone("dyn.test.", "fixed A 192.0.2.1"));

  private static Zone zone(ZoneSnapshot snapshot) {
    return Objects.requireNonNull(snapshot.zone(name("dyn.test.")));
  }

  private static boolean isVisible(ZoneWriter writer, String owner) {
    return zone(writer.snapshot()).rrset(name(owner), Type.A) != null;
  }

  @Test
  void aChangeIsDurableThenVisibleThenAcknowledgedThenToldOf() throws Exception {
    var journal = new BlockedJournal();
    List<ZoneChange> told = new CopyOnWriteArrayList<>();
    try (var writer = new ZoneWriter(INITIAL, journal, told::addAll, _ -> {})) {
      CompletableFuture<CommitResult> future = writer.submit(address("dyn.test.", 1));
      journal.awaitAppend();
      assertThat(future).isNotDone();
      assertThat(isVisible(writer, "h1.dyn.test.")).isFalse();

      // Runs on the writer's thread at the moment of the acknowledgement.
      CompletableFuture<List<Boolean>> atAcknowledgement =
          future.thenApply(_ ->
              List.of(
                  journal.batches().size() == 1,
                  isVisible(writer, "h1.dyn.test."),
                  told.isEmpty()));
      journal.release();
      assertThat(atAcknowledgement.get(30, TimeUnit.SECONDS)).containsExactly(true, true, true);
      assertThat(result(future)).isEqualTo(new CommitResult.Committed(2));
    }
    assertThat(told).isEqualTo(journal.batches().getFirst());
  }

  @Test
  void whatChangesNothingIsNotWritten() {
    List<ZoneChange> durable = new ArrayList<>();
    try (ZoneWriter writer = writer(INITIAL, durable::addAll)) {
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Committed(2));
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Unchanged(2));
      assertThat(result(writer.submit(Updates.of("dyn.test.").asStatic())))
          .isEqualTo(new CommitResult.Unchanged(2));
    }
    assertThat(durable).hasSize(1);
  }

  @Test
  void refusalsChangeNothingAndSayWhy() {
    List<ZoneChange> durable = new ArrayList<>();
    try (ZoneWriter writer = writer(INITIAL, durable::addAll)) {
      assertThat(result(writer.submit(address("other.test.", 1))))
          .isEqualTo(new CommitResult.Refused(Refusal.NO_SUCH_ZONE));
      assertThat(
              result(
                  writer.submit(
                      Updates.of("dyn.test.").add("fixed.dyn.test. 60 A 192.0.2.9").asDynamic())))
          .isEqualTo(new CommitResult.Refused(Refusal.STATIC_RECORD));
      // RFC 2136 3.1.2: the zone is named by its apex, not by a name inside it.
      assertThat(result(writer.submit(address("fixed.dyn.test.", 1))))
          .isEqualTo(new CommitResult.Refused(Refusal.NO_SUCH_ZONE));
      assertThat(writer.snapshot()).isSameAs(INITIAL);
    }
    assertThat(durable).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,          2",
    "2147483647, 2147483648",
    "4294967294, 4294967295",
    // 0 is left out, as BIND and Knot do: some secondaries take it for "none yet".
    "4294967295, 1",
  })
  void theSerialGoesOnInTheSenseOfRfc1982(long before, long after) {
    ZoneEditor editor = ZoneEditor.of(zone(INITIAL));
    editor.setSerial(before);
    List<ZoneChange> durable = new ArrayList<>();
    try (ZoneWriter writer = writer(Zones.snapshot(editor.build()), durable::addAll)) {
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Committed(after));
      assertThat(zone(writer.snapshot()).serial()).isEqualTo(after);
    }
    var changeset = (Changeset) durable.getFirst();
    assertThat(changeset.serialBefore()).isEqualTo(before);
    assertThat(changeset.serialAfter()).isEqualTo(after);
    assertThat(Serial.compare(after, before)).isPositive();
  }

  @Test
  void anUpdateThatSetsTheSoaKeepsItsSerial() {
    // RFC 2136 3.6
    try (ZoneWriter writer = writer(INITIAL, _ -> {})) {
      var update =
          Updates.of("dyn.test.")
              .add("dyn.test. 3600 SOA ns. new. 500 1 1 1 60")
              .add("x.dyn.test. 60 A 192.0.2.1");
      assertThat(result(writer.submit(update.asStatic())))
          .isEqualTo(new CommitResult.Committed(500));
      assertThat(zone(writer.snapshot()).serial()).isEqualTo(500);
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Committed(501));
    }
  }

  @Test
  void zonesComeAndGo() {
    List<ZoneChange> durable = new ArrayList<>();
    Zone second = Zones.zone("second.test.");
    var created = new ZoneChange.Created(second, Updates.SOMEBODY);
    var removed = new ZoneChange.Removed(name("Second.test."), Updates.SOMEBODY);
    try (ZoneWriter writer = writer(INITIAL, durable::addAll)) {
      assertThat(result(writer.remove(removed)))
          .isEqualTo(new CommitResult.Refused(Refusal.NO_SUCH_ZONE));
      assertThat(result(writer.create(created))).isEqualTo(new CommitResult.Committed(1));
      assertThat(writer.snapshot().zone(second.apex())).isSameAs(second);
      assertThat(result(writer.create(created)))
          .isEqualTo(new CommitResult.Refused(Refusal.NAME_IN_USE));
      assertThat(result(writer.remove(removed))).isInstanceOf(CommitResult.Committed.class);
      assertThat(writer.snapshot().zone(second.apex())).isNull();
      assertThat(result(writer.submit(address("second.test.", 1))))
          .isEqualTo(new CommitResult.Refused(Refusal.NO_SUCH_ZONE));
    }
    assertThat(durable).containsExactly(created, removed);
  }

  @Test
  void aDefectOfAListenerDoesNotStopTheWriter() {
    List<String> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (_, e) -> uncaught.add(String.valueOf(e.getMessage())));
    List<Boolean> disk = new ArrayList<>(List.of(true, false, true));
    try (var writer =
        new ZoneWriter(
            INITIAL,
            _ -> {
              if (!disk.removeFirst()) {
                throw new JournalException("full", new IllegalStateException());
              }
            },
            _ -> {
              throw new IllegalStateException("afterCommit");
            },
            _ -> {
              throw new IllegalStateException("onFailure");
            })) {
      assertThat(result(writer.submit(address("dyn.test.", 1))))
          .isEqualTo(new CommitResult.Committed(2));
      assertThat(result(writer.submit(address("dyn.test.", 2))))
          .isEqualTo(new CommitResult.Failed("full"));
      assertThat(result(writer.submit(address("dyn.test.", 3))))
          .isEqualTo(new CommitResult.Committed(3));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).containsExactly("afterCommit", "onFailure", "afterCommit");
  }
}
