package net.homeport.store.sqlite;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes a store of this version one of an older version, by taking away what came later. */
final class OlderStore {
  private static final String[] SUMS = {"INSERT", "DELETE", "UPDATE"};

  private OlderStore() {}

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes away the tables, columns and triggers of the versions after this one. */
  static void make(Connection connection, int version) throws Exception {
    for (CheckedTable table : CheckedTable.values()) {
      if (version < table.version()) {
        for (String event : SUMS) {
          run(connection, "DROP TRIGGER %s_sum_%s".formatted(table.table(), event));
        }
        run(connection, "ALTER TABLE %s DROP COLUMN checksum".formatted(table.table()));
        run(connection, "DELETE FROM table_sum WHERE name = '%s'".formatted(table.table()));
      }
    }
    if (version < 17) {
      run(connection, "ALTER TABLE enrolment DROP COLUMN offered_by");
      run(connection, "ALTER TABLE challenge_client DROP COLUMN credential");
    }
    if (version < CheckedTable.VERSION) {
      // By which a start tells that changes are missing.
      run(connection, "DELETE FROM setting WHERE name = 'checkpoint'");
    }
    SortedSet<String> known = tablesOf(version);
    for (String table : tables(connection)) {
      if (!known.contains(table)) {
        run(connection, "DROP TABLE " + table);
      }
    }
    run(connection, "PRAGMA user_version = " + version);
  }

  static SortedSet<String> tables(Connection connection) throws SQLException {
    var tables = new TreeSet<String>();
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  /** The tables of a version, made by its steps; {@code node} went with version 2. */
  static SortedSet<String> tablesOf(int version) throws Exception {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      for (int step = 1; step <= version; step++) {
        try (InputStream in =
            Objects.requireNonNull(
                SqliteDatabase.class.getResourceAsStream("schema-" + step + ".sql"))) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          for (String sql : text.replaceAll("--[^\n]*", "").split(";", -1)) {
            if (!sql.isBlank()) {
              run(memory, sql);
            }
          }
        }
      }
      SortedSet<String> tables = tables(memory);
      if (version >= NodeMigration.VERSION) {
        tables.remove("node");
      }
      return tables;
    }
  }
}
