package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.HostDetailStore;
import org.xbill.DNS.Name;

/** Whose hosts are, and their labels, in the embedded store. */
public final class SqliteHostDetailStore implements HostDetailStore {
  private final SqliteDatabase database;

  public SqliteHostDetailStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public Map<Name, HostDetail> details() {
    return database.read(
        "read the details of hosts",
        connection -> {
          Map<Name, HostDetail> details = new HashMap<>();
          try (var select =
                  connection.prepareStatement("SELECT name, account_id, labels FROM host_detail");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              details.put(
                  name(row.getBytes(1)), new HostDetail(row.getLong(2), labels(row.getString(3))));
            }
          }
          return details;
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("the name of a host's details is no name", e);
    }
  }

  /** A key has no equals sign, and a value no line end. */
  private static SortedMap<String, String> labels(String text) {
    SortedMap<String, String> labels = new TreeMap<>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals < 0) {
            throw new DamagedContentException("a label of a host has no equals sign");
          }
          labels.put(line.substring(0, equals), line.substring(equals + 1));
        });
    return labels;
  }

  @Override
  public void putAll(Map<Name, HostDetail> details) {
    database.write(
        "keep the details of hosts",
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO host_detail (name, account_id, labels) VALUES (?, ?, ?)")) {
            for (Map.Entry<Name, HostDetail> entry : details.entrySet()) {
              insert.setBytes(1, entry.getKey().toWireCanonical());
              insert.setLong(2, entry.getValue().accountId());
              insert.setString(3, text(entry.getValue().labels()));
              insert.executeUpdate();
            }
            return details.size();
          }
        });
  }

  private static String text(SortedMap<String, String> labels) {
    var lines = new StringJoiner("\n");
    labels.forEach((key, value) -> lines.add(key + "=" + value));
    return lines.toString();
  }

  @Override
  public void removeAll(Set<Name> names) {
    database.write(
        "forget the details of hosts",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM host_detail WHERE name = ?")) {
            for (Name name : names) {
              delete.setBytes(1, name.toWireCanonical());
              delete.executeUpdate();
            }
            return names.size();
          }
        });
  }
}
