package net.homeport.store.sqlite;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
          try (var select =
                  connection.prepareStatement(
                      "SELECT spelled, zone, username, account_id, removed_at, until FROM tombstone");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              tombstones.add(
                  new Tombstone(
                      SqlitePolicyStore.name(row.getBytes(1)),
                      SqlitePolicyStore.name(row.getBytes(2)),
                      row.getString(3),
                      row.getLong(4),
                      Instant.ofEpochMilli(row.getLong(5)),
                      Instant.ofEpochMilli(row.getLong(6))));
            }
          }
          return tombstones;
        });
  }

  @Override
  public void put(Tombstone tombstone) {
    database.write(
        "keep back the name " + tombstone.name(),
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO tombstone (name, spelled, zone, username, account_id, removed_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setBytes(1, tombstone.name().toWireCanonical());
            insert.setBytes(2, tombstone.name().toWire());
            insert.setBytes(3, tombstone.zone().toWire());
            insert.setString(4, tombstone.username());
            insert.setLong(5, tombstone.accountId());
            insert.setLong(6, tombstone.removedAt().toEpochMilli());
            insert.setLong(7, tombstone.until().toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void removeTombstone(Name name) {
    database.write(
        "free the name " + name,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM tombstone WHERE name = ?")) {
            delete.setBytes(1, name.toWireCanonical());
            return delete.executeUpdate();
          }
        });
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
          try (var select =
              connection.prepareStatement("SELECT text FROM name_list WHERE kind = ?")) {
            select.setString(1, kind.text());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? row.getString(1) : null;
            }
          }
        });
  }

  @Override
  public void put(NameRules.Kind kind, @Nullable String text) {
    database.write(
        "keep the list of names " + kind.text(),
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM name_list WHERE kind = ?")) {
            delete.setString(1, kind.text());
            delete.executeUpdate();
          }
          if (text != null) {
            try (var insert =
                connection.prepareStatement("INSERT INTO name_list (kind, text) VALUES (?, ?)")) {
              insert.setString(1, kind.text());
              insert.setString(2, text);
              insert.executeUpdate();
            }
          }
          return null;
        });
  }
}
