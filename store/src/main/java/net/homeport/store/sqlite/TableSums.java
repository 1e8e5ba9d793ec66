package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Gives tables of older stores their checksums, and the triggers that keep the sums of them. One
 * thread, in the transaction of the migration.
 */
final class TableSums {
  private TableSums() {}

  /**
   * Runs after the file of a version: for the tables that have checksums from that version on.
   *
   * @param version of the schema
   */
  static void migrate(Connection connection, int version) throws SQLException {
    for (CheckedTable table : CheckedTable.values()) {
      if (table.version() == version) {
        fill(connection, table);
      }
    }
  }

  private static void fill(Connection connection, CheckedTable table) throws SQLException {
    String name = table.table();
    try (var statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %s ADD COLUMN checksum INTEGER NOT NULL DEFAULT -1".formatted(name));
      var rows = new ArrayList<@Nullable Object[]>();
      try (ResultSet row =
          statement.executeQuery("SELECT %s FROM %s".formatted(table.list(), name))) {
        while (row.next()) {
          rows.add(table.values(row));
        }
      }
      table.updateAll(connection, rows);
      statement.execute(
          "INSERT INTO table_sum SELECT '%1$s', count(*), coalesce(sum(checksum), 0) FROM %1$s"
              .formatted(name));
    }
    trigger(connection, name, "INSERT", "rows = rows + 1, sum = sum + new.checksum");
    trigger(connection, name, "DELETE", "rows = rows - 1, sum = sum - old.checksum");
    trigger(connection, name, "UPDATE", "sum = sum + new.checksum - old.checksum");
  }

  private static void trigger(Connection connection, String table, String event, String assignments)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER %1$s_sum_%2$s AFTER %2$s ON %1$s BEGIN UPDATE table_sum SET %3$s WHERE name = '%1$s'; END"
              .formatted(table, event, assignments));
    }
  }
}
