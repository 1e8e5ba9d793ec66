package net.homeport.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The tables of which each row has a checksum, CRC-32C, in its column {@code checksum}. They are
 * written by {@link #insert} and {@link #update} and read by {@link #forEach}; the caller holds the
 * transaction.
 */
/*
 * A checksum tells that a row was altered, not that one is gone: with the damage of a single bit
 * SQLite may skip a row, or a part of a table. So triggers keep in table_sum how many rows each of
 * these tables has, and the sum of their checksums, whatever adds, changes or deletes rows.
 */
enum CheckedTable {
  ZONE("zone", 1, 1, "id apex apex_key checkpoint serial removed_at"),
  CREDENTIAL("credential", 1, 1, "id username secret_hash created_at"),
  HOST("host", 1, 0, "name spelled zone credential_id ttl created_at"),
  UPDATE_KEY("update_key", 1, 0, "name spelled algorithm public_half comment created_at disabled"),
  UPDATE_KEY_SECRET("update_key_secret", 2, 0, "key_name position sealed created_at valid_until"),
  UPDATE_KEY_RULE("update_key_rule", 2, 0, "key_name number text"),
  SECONDARY("secondary", 1, 0, "name address port key_name all_zones tls_only notify created_at"),
  SECONDARY_ZONE("secondary_zone", 2, 0, "secondary zone"),
  SECONDARY_NETWORK("secondary_network", 2, 0, "secondary network"),
  MIRRORED_ZONE(
      "mirrored_zone",
      1,
      0,
      "name spelled primaries key_name tls tls_name tls_pin last_checked last_transferred"),
  SETTING("setting", 1, 0, "name value"),
  LAST_ID(17, "last_id", 1, 0, "name value");

  /** The version of the schema that has the first of the checksums. */
  static final int VERSION = 8;

  private final int version;
  private final String table;
  private final int keys;
  private final int label;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<String> columns;

  CheckedTable(String table, int keys, int label, String columns) {
    this(VERSION, table, keys, label, columns);
  }

  /**
   * @param version of the schema from which on its rows have checksums
   * @param keys how many columns, from the first, are the primary key
   * @param label the number of the column by which a person knows the row; 0 is the first
   * @param columns all but the checksum, with blanks between
   */
  CheckedTable(int version, String table, int keys, int label, String columns) {
    this.version = version;
    this.table = table;
    this.keys = keys;
    this.label = label;
    this.columns = List.of(columns.split(" ", -1));
  }

  /** The version of the schema from which on its rows have checksums. */
  int version() {
    return version;
  }

  /** The table's name in SQL. */
  String table() {
    return table;
  }

  /** What is done with each row. */
  @FunctionalInterface
  interface EachRow {
    /** The columns are numbered from 1, in the order of the constant. */
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Reads all rows, each compared with its checksum before it is given, all with the table's sum.
   *
   * @throws DamagedContentException naming the table and the row
   */
  void forEach(Connection connection, EachRow each) throws SQLException {
    scan(
        connection,
        each,
        what -> {
          throw new DamagedContentException(what);
        });
  }

  /** Tells of each row that is not as it was written, and of rows too few or too many. */
  void check(Connection connection, Consumer<String> damage) throws SQLException {
    scan(connection, _ -> {}, damage);
  }

  private void scan(Connection connection, EachRow each, Consumer<String> damage)
      throws SQLException {
    long rows = 0;
    long sum = 0;
    try (var select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT %s, checksum FROM %s".formatted(list(), table))) {
      while (row.next()) {
        @Nullable Object[] values = values(row);
        long checksum = row.getLong(values.length + 1);
        if (checksum != checksum(values)) {
          damage.accept(altered(values));
        } else {
          each.accept(row);
        }
        rows++;
        sum += checksum;
      }
    }
    try (var select =
        connection.prepareStatement("SELECT rows, sum FROM table_sum WHERE name = ?")) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          damage.accept("its table table_sum has no row " + table);
        } else if (row.getLong(1) != rows || row.getLong(2) != sum) {
          damage.accept(
              "rows of its table %s are missing or not those that were written: there are %d, there should be %d"
                  .formatted(table, rows, row.getLong(1)));
        }
      }
    }
  }

  private @Nullable Object[] values(ResultSet row) throws SQLException {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getObject(i + 1);
    }
    return values;
  }

  private String altered(@Nullable Object[] values) {
    return "the row %s of its table %s is not as it was written: its checksum is wrong"
        .formatted(shown(values), table);
  }

  /** How a person may know the row: by its name, or else its first column. */
  private String shown(@Nullable Object[] values) {
    return label == 0 ? shown(values[0]) : "%s (%s)".formatted(values[0], shown(values[label]));
  }

  private static String shown(@Nullable Object value) {
    if (!(value instanceof byte[] octets)) {
      return String.valueOf(value);
    }
    try {
      return new Name(octets).toString(true);
    } catch (IOException | RuntimeException _) {
      return HexFormat.of().formatHex(octets);
    }
  }

  private String list() {
    return String.join(", ", columns);
  }

  /** Adds a row; values are null, numbers, truth values, texts and octets, one a column. */
  int insert(Connection connection, @Nullable Object... values) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO %s (%s, checksum) VALUES (%s)".formatted(table, list(), marks))) {
      int next = bind(insert, 1, values, 0);
      insert.setLong(next, checksum(values));
      return insert.executeUpdate();
    }
  }

  /** Writes all columns of the row of this key, if there is one; returns how many rows it is. */
  int update(Connection connection, @Nullable Object... values) throws SQLException {
    String assignments =
        columns.stream().skip(keys).map(each -> each + " = ?, ").collect(Collectors.joining());
    String key =
        columns.stream()
            .limit(keys)
            .map(each -> each + " = ?")
            .collect(Collectors.joining(" AND "));
    try (var update =
        connection.prepareStatement(
            "UPDATE %s SET %schecksum = ? WHERE %s".formatted(table, assignments, key))) {
      int next = bind(update, 1, values, keys);
      update.setLong(next, checksum(values));
      for (int i = 0; i < keys; i++) {
        update.setObject(next + 1 + i, values[i]);
      }
      return update.executeUpdate();
    }
  }

  private static int bind(
      PreparedStatement statement, int first, @Nullable Object[] values, int from)
      throws SQLException {
    int next = first;
    for (int i = from; i < values.length; i++) {
      statement.setObject(next++, values[i]);
    }
    return next;
  }

  /**
   * The row whose first column is this, or null.
   *
   * @throws DamagedContentException if it is not as it was written
   */
  @Nullable Object @Nullable [] row(Connection connection, Object key) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT %s, checksum FROM %s WHERE %s = ?"
                .formatted(list(), table, columns.getFirst()))) {
      select.setObject(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        @Nullable Object[] values = values(row);
        if (row.getLong(values.length + 1) != checksum(values)) {
          throw new DamagedContentException(altered(values));
        }
        return values;
      }
    }
  }

  private long checksum(@Nullable Object[] values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(table + " has not " + values.length + " columns");
    }
    var crc = new CRC32C();
    crc.update(table.getBytes(StandardCharsets.US_ASCII));
    for (Object value : values) {
      switch (value) {
        case null -> crc.update(0);
        case Boolean truth -> add(crc, truth ? 1 : 0);
        case Number number -> add(crc, number.longValue());
        case String text -> add(crc, 2, text.getBytes(StandardCharsets.UTF_8));
        case byte[] octets -> add(crc, 3, octets);
        default -> throw new IllegalArgumentException("no value of a column: " + value);
      }
    }
    return crc.getValue();
  }

  private static void add(CRC32C crc, long number) {
    crc.update(ByteBuffer.allocate(1 + Long.BYTES).put((byte) 1).putLong(number).flip());
  }

  private static void add(CRC32C crc, int type, byte[] octets) {
    crc.update(
        ByteBuffer.allocate(1 + Integer.BYTES).put((byte) type).putInt(octets.length).flip());
    crc.update(octets);
  }

  /**
   * Runs after the file of a version, in the same transaction: checksums of what is there in tables
   * that have them from that version on, and triggers.
   */
  static void migrate(Connection connection, int version) throws SQLException {
    for (CheckedTable table : values()) {
      if (table.version == version) {
        table.fill(connection);
      }
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %s ADD COLUMN checksum INTEGER NOT NULL DEFAULT -1".formatted(table));
      var rows = new ArrayList<@Nullable Object[]>();
      try (ResultSet row = statement.executeQuery("SELECT %s FROM %s".formatted(list(), table))) {
        while (row.next()) {
          rows.add(values(row));
        }
      }
      for (@Nullable Object[] values : rows) {
        update(connection, values);
      }
      statement.execute(
          "INSERT INTO table_sum SELECT '%1$s', count(*), coalesce(sum(checksum), 0) FROM %1$s"
              .formatted(table));
      trigger(connection, "INSERT", "rows = rows + 1, sum = sum + new.checksum");
      trigger(connection, "DELETE", "rows = rows - 1, sum = sum - old.checksum");
      trigger(connection, "UPDATE", "sum = sum + new.checksum - old.checksum");
    }
  }

  private void trigger(Connection connection, String event, String assignments)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER %1$s_sum_%2$s AFTER %2$s ON %1$s BEGIN UPDATE table_sum SET %3$s WHERE name = '%1$s'; END"
              .formatted(table, event, assignments));
    }
  }
}
