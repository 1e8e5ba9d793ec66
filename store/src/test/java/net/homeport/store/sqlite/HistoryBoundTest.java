package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Each zone keeps as many octets of its past as it may, and nothing that a start needs goes. */
final class HistoryBoundTest {
  private static final Attribution SOMEBODY =
      new Attribution("cam", "dyndns2", null, Instant.parse("2026-01-01T00:00:00Z"));
  private static final Name BUSY = name("busy.test.");
  private static final Name IDLE = name("idle.test.");
  private static final long BOUND = 20_000;
  private static final int BATCH = 100;
  private static final long ANY = Long.MAX_VALUE;

  @TempDir Path folder = Path.of("");
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);
  private SqliteDatabase database;
  private SqliteJournal journal;

  @SuppressWarnings("NullAway.Init") // both: by open
  HistoryBoundTest() {}

  private void open(long octetsMax) {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    journal = new SqliteJournal(database, octetsMax);
    zones = journal.load(1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart(long octetsMax) {
    Map<?, ?> before = Map.of("content", ZoneLife.content(zones));
    close();
    open(octetsMax);
    assertThat(Map.of("content", ZoneLife.content(zones))).isEqualTo(before);
  }

  private void append(ZoneChange change) {
    journal.append(List.of(change));
    zones = change.applyTo(zones);
  }

  private void checkpoint() throws InterruptedException {
    journal.checkpoint(() -> zones);
  }

  private void create(Name apex) {
    Zone zone =
        ZoneLife.created(
            zones, apex, DnsText.records(apex + " 60 SOA ns. h. 1 1 1 1 1", apex + " 60 NS ns."));
    append(new ZoneChange.Created(zone, SOMEBODY));
  }

  /** A changeset each, in batches as those of a busy writer. */
  private void change(Name apex, int times) {
    var batch = new ArrayList<ZoneChange>();
    for (int i = 0; i < times; i++) {
      long serial = serial(apex);
      Name owner = name("h%d.%s".formatted(serial, apex));
      Rrset address = Rrset.of(DnsText.records("x. 60 A 192.0.2.1"), 60, Management.DYNAMIC);
      var change =
          new Changeset(
              apex,
              serial,
              serial + 1,
              List.of(new RrsetChange(owner, Type.A, null, address, SOMEBODY)));
      zones = change.applyTo(zones);
      batch.add(change);
      if (batch.size() == BATCH || i == times - 1) {
        journal.append(batch);
        batch.clear();
      }
    }
  }

  private long serial(Name apex) {
    return Objects.requireNonNull(zones.zone(apex)).serial();
  }

  /** Octets by zones as they are. */
  private Map<Long, Long> stored() {
    return database.read(
        "test",
        connection -> {
          var octets = new HashMap<Long, Long>();
          try (var statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "SELECT zone_id, sum(length(content) + %d) FROM changeset GROUP BY 1"
                          .formatted(HistoryBound.ROW_OCTETS))) {
            while (row.next()) {
              octets.put(row.getLong(1), row.getLong(2));
            }
          }
          return octets;
        });
  }

  private void assertCountedExactly() {
    var counted = new HashMap<Long, Long>();
    database
        .read("test", HistoryBound::pasts)
        .forEach((zone, past) -> counted.put(zone, past.octets()));
    assertThat(counted).isEqualTo(stored());
  }

  private boolean isKnownSince(Name zone, long serial) {
    return new SqliteChangeLog(database).between(zone, serial, serial(zone), ANY).isPresent();
  }

  private void assertWhole() {
    close();
    assertThat(SqliteCheck.file(folder.resolve("test.db")).findings()).isEmpty();
    open(BOUND);
  }

  @Test
  void theOldestOfTheZoneThatHasTooMuchGo() throws Exception {
    open(BOUND);
    create(IDLE);
    change(IDLE, 20);
    create(BUSY);
    long old = serial(BUSY);
    change(BUSY, 1500);
    long newer = serial(BUSY);
    change(BUSY, 20);
    checkpoint();

    assertThat(stored().get(2L)).isBetween(BOUND - 500, BOUND);
    assertThat(isKnownSince(BUSY, old))
        .as("a secondary that has this gets the whole zone")
        .isFalse();
    assertThat(isKnownSince(BUSY, newer)).isTrue();
    assertThat(isKnownSince(IDLE, 1)).as("the other zone").isTrue();
    assertThat(new SqliteHistory(database).completeSince()).isNotNull();
    assertCountedExactly();
    assertWhole();

    change(BUSY, 700);
    restart(BOUND);
    checkpoint();
    assertThat(stored().get(2L)).isBetween(BOUND - 500, BOUND);
    assertCountedExactly();
    assertWhole();
  }

  @Test
  void whatNoCheckpointHoldsYetStays() throws Exception {
    open(1);
    create(BUSY);
    checkpoint();
    change(BUSY, 600);
    Map<Long, Long> before = stored();
    // All that is counted, as if a checkpoint of another zone had come so far.
    new HistoryBound(database, 1).keep(601);
    assertThat(stored()).isEqualTo(before);
    restart(1);
    checkpoint();
    assertThat(stored().get(1L)).as("that of the mark").isBetween(1L, 500L);
    restart(1);
    change(BUSY, 1);
    restart(1);
    assertWhole();
  }

  @Test
  void withoutABoundAllIsKeptAndCounted() throws Exception {
    open(0);
    create(BUSY);
    change(BUSY, 300);
    checkpoint();
    long old = 1;
    assertThat(isKnownSince(BUSY, old)).isTrue();
    assertThat(new SqliteHistory(database).completeSince()).isNull();
    assertCountedExactly();
    change(BUSY, 10);
    checkpoint();
    checkpoint();
    assertCountedExactly();

    restart(BOUND);
    checkpoint();
    assertThat(isKnownSince(BUSY, old)).as("as soon as there is one").isFalse();
    assertThat(stored().get(1L)).isLessThanOrEqualTo(BOUND);
    assertCountedExactly();
  }

  /** The numbers of a store of an older version are counted once; those of pruned commits go. */
  @Test
  void whatWasNeverCountedIsCounted() throws Exception {
    open(0);
    create(BUSY);
    create(IDLE);
    change(BUSY, 5_200);
    append(new ZoneChange.Removed(IDLE, SOMEBODY));
    checkpoint();
    database.write(
        "test",
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM setting WHERE name LIKE 'history-octets%'");
          }
        });
    restart(0);
    checkpoint();
    assertCountedExactly();
    int pruned = database.write("test", connection -> HistoryBound.pruneCommits(connection, 4_900));
    assertThat(pruned).isPositive();
    assertThat(Objects.requireNonNull(database.read("test", HistoryBound::pasts).get(1L)).octets())
        .isEqualTo(stored().get(1L));
  }
}
