package net.homeport.store.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.store.JournalFixture.OpenStore;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.writer.Journal;

/** The journal in its database. */
final class SqliteStore implements OpenStore {
  private final SqliteDatabase database;
  private final SqliteJournal journal;

  SqliteStore(Path file) {
    database = SqliteDatabase.open(file);
    journal = new SqliteJournal(database);
  }

  SqliteDatabase database() {
    return database;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public ChangeHistory history() {
    return journal;
  }

  @Override
  public ZoneSnapshot load(long hashSeed) {
    return journal.load(hashSeed);
  }

  @Override
  public List<Lease> leases() {
    return journal.leases();
  }

  @Override
  public void checkpoint(Supplier<ZoneSnapshot> zones) throws InterruptedException {
    journal.checkpoint(zones);
  }

  @Override
  public void close() {
    database.close();
  }
}
