package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The journal keeps a bounded history, whatever the zones do. */
final class SqlitePruneTest {
  private static final Attribution SOMEBODY =
      new Attribution("cam", "dyndns2", null, Instant.parse("2026-01-01T00:00:00Z"));
  private static final Name BUSY = name("busy.test.");
  private static final Name IDLE = name("idle.test.");

  @TempDir Path folder = Path.of("");
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);

  private void append(SqliteStore store, ZoneChange change) {
    store.journal().append(List.of(change));
    zones = change.applyTo(zones);
  }

  private ZoneChange created(Name apex) {
    Zone zone =
        ZoneLife.created(
            zones, apex, DnsText.records(apex + " 60 SOA ns. h. 1 1 1 1 1", apex + " 60 NS ns."));
    return new ZoneChange.Created(zone, SOMEBODY);
  }

  private ZoneChange change(Name apex, int number) {
    long serial = Objects.requireNonNull(zones.zone(apex)).serial();
    Name owner = name("h%d.%s".formatted(number, apex));
    Rrset address = Rrset.of(DnsText.records("x. 60 A 192.0.2.1"), 60, Management.DYNAMIC);
    return new Changeset(
        apex, serial, serial + 1, List.of(new RrsetChange(owner, Type.A, null, address, SOMEBODY)));
  }

  private static long count(SqliteStore store) {
    return store
        .database()
        .read(
            "test",
            connection -> {
              try (var statement = connection.createStatement();
                  var row = statement.executeQuery("SELECT count(*) FROM changeset")) {
                return row.getLong(1);
              }
            });
  }

  /** As if that many commits had been made. */
  private static void passTime(SqliteStore store, long commits) {
    store
        .database()
        .write(
            "test",
            connection -> {
              try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE sqlite_sequence SET seq = seq + " + commits);
              }
            });
  }

  @Test
  void oldChangesetsGoThoughAnotherZoneNeverChanges() throws InterruptedException {
    try (var store = new SqliteStore(folder.resolve("test.db"))) {
      zones = store.load(1);
      append(store, created(IDLE));
      append(store, created(BUSY));
      for (int i = 0; i < 1200; i++) {
        append(store, change(BUSY, i));
      }
      store.checkpoint(() -> zones);
      assertThat(count(store)).as("within the history").isEqualTo(1202);

      passTime(store, JournalTables.HISTORY_MAX);
      append(store, change(BUSY, 2000));
      store.checkpoint(() -> zones);
      assertThat(count(store)).as("but the newest").isLessThan(5);
    }
    assertSameAfterRestart();
  }

  @Test
  void whatNoCheckpointHoldsYetStays() {
    try (var store = new SqliteStore(folder.resolve("test.db"))) {
      zones = store.load(1);
      append(store, created(IDLE));
      append(store, created(BUSY));
      append(store, change(IDLE, 1));
      append(store, change(BUSY, 1));
      // Only what was pruned by itself, without a checkpoint before it.
      int pruned =
          store.database().write("test", connection -> HistoryBound.pruneCommits(connection, 1));
      assertThat(pruned).isEqualTo(2);
      assertThat(count(store)).isEqualTo(2);
    }
    assertSameAfterRestart();
  }

  @Test
  void aZoneThatIsGoneKeepsNothingForever() throws InterruptedException {
    try (var store = new SqliteStore(folder.resolve("test.db"))) {
      zones = store.load(1);
      append(store, created(IDLE));
      append(store, created(BUSY));
      append(store, change(IDLE, 1));
      append(store, new ZoneChange.Removed(IDLE, SOMEBODY));
      passTime(store, 2 * JournalTables.HISTORY_MAX);
      append(store, change(BUSY, 1));
      store.checkpoint(() -> zones);
      assertThat(count(store)).isOne();
    }
    assertSameAfterRestart();
  }

  private void assertSameAfterRestart() {
    try (var store = new SqliteStore(folder.resolve("test.db"))) {
      assertThat(ZoneLife.content(store.load(1))).isEqualTo(ZoneLife.content(zones));
    }
  }
}
