package net.homeport.store.sqlite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.registry.naming.NameListStore;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.QuarantineStore;
import net.homeport.registry.naming.Tombstone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Names that are kept back, and lists of names, in the embedded store. */
public final class SqliteNameStore implements QuarantineStore, NameListStore {
  private final SqliteDatabase database;

  public SqliteNameStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Tombstone> tombstones() {
    return database.read(
        "read the names that are kept back",
        connection -> {
          var tombstones = new ArrayList<Tombstone>();
          CheckedTable.TOMBSTONE.forEach(
              connection,
              row ->
                  tombstones.add(
                      new Tombstone(
                          SqlitePolicyStore.name(row.getBytes(2)),
                          SqlitePolicyStore.name(row.getBytes(3)),
                          row.getString(4),
                          row.getLong(5),
                          Instant.ofEpochMilli(row.getLong(6)),
                          Instant.ofEpochMilli(row.getLong(7)))));
          return tombstones;
        });
  }

  @Override
  public void put(Tombstone tombstone) {
    database.write(
        "keep back the name " + tombstone.name(),
        connection ->
            CheckedTable.TOMBSTONE.put(
                connection,
                tombstone.name().toWireCanonical(),
                tombstone.name().toWire(),
                tombstone.zone().toWire(),
                tombstone.username(),
                tombstone.accountId(),
                tombstone.removedAt().toEpochMilli(),
                tombstone.until().toEpochMilli()));
  }

  @Override
  public void removeTombstone(Name name) {
    database.write(
        "free the name " + name,
        connection -> CheckedTable.TOMBSTONE.remove(connection, name.toWireCanonical()));
  }

  @Override
  public void removeOver(Instant now) {
    database.write(
        "free names",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM tombstone WHERE until <= ?")) {
            delete.setLong(1, now.toEpochMilli());
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public @Nullable String list(NameRules.Kind kind) {
    return database.read(
        "read the list of names " + kind.text(),
        connection -> {
          var text = new AtomicReference<@Nullable String>();
          // All, which are few: one that is gone would be told by nothing else.
          CheckedTable.NAME_LIST.forEach(
              connection,
              row -> {
                if (row.getString(1).equals(kind.text())) {
                  text.set(row.getString(2));
                }
              });
          return text.get();
        });
  }

  @Override
  public void put(NameRules.Kind kind, @Nullable String text) {
    database.write(
        "keep the list of names " + kind.text(),
        connection ->
            text == null
                ? CheckedTable.NAME_LIST.remove(connection, kind.text())
                : CheckedTable.NAME_LIST.put(connection, kind.text(), text));
  }
}
