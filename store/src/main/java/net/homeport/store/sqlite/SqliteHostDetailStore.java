package net.homeport.store.sqlite;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.HostDetailStore;
import org.jspecify.annotations.Nullable;
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
          CheckedTable.HOST_DETAIL.forEach(
              connection,
              row ->
                  details.put(
                      name(row.getBytes(1)),
                      new HostDetail(row.getLong(2), labels(row.getString(3)))));
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
        connection ->
            CheckedTable.HOST_DETAIL.putAll(
                connection, details.entrySet().stream().map(SqliteHostDetailStore::row).toList()));
  }

  private static @Nullable Object[] row(Map.Entry<Name, HostDetail> entry) {
    HostDetail detail = entry.getValue();
    return new Object[] {
      entry.getKey().toWireCanonical(), detail.accountId(), text(detail.labels())
    };
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
          for (Name name : names) {
            CheckedTable.HOST_DETAIL.remove(connection, name.toWireCanonical());
          }
          return names.size();
        });
  }
}
