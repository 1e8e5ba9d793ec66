package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The tables of which each row has a checksum, CRC-32C, in its column {@code checksum}. They are
 * written by {@link #insert}, {@link #update} and {@link #put}, and read by {@link #forEach}; the
 * caller holds the transaction.
 */
/*
 * A checksum tells that a row was altered, not that one is gone: with the damage of a single bit
 * SQLite may skip a row, or a part of a table. So triggers keep in table_sum how many rows each of
 * these tables has, and the sum of their checksums, whatever adds, changes or deletes rows. INSERT OR
 * REPLACE would delete rows past the triggers: put() changes what is there instead.
 *
 * Without checksums are tables that updates and heartbeats write (host_seen, credential_use,
 * site_value, site_chosen, lease), and what only tells (rejected, address_alarm).
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
  LAST_ID(17, "last_id", 1, 0, "name value"),
  ACCOUNT(17, "account", 1, 1, "id name hosts_max suspended created_at"),
  PERSON(17, "person", 1, 1, "id name password_hash disabled created_at"),
  MEMBERSHIP(17, "membership", 2, 0, "account_id person_id role"),
  PERSONAL_TOKEN(
      17,
      "personal_token",
      1,
      3,
      "id person_id secret_hash label role_limit account_id expires_at created_at"),
  NAME_GRANT(17, "name_grant", 2, 1, "account_id subtree"),
  HOST_DETAIL(17, "host_detail", 1, 0, "name account_id labels"),
  CREDENTIAL_PROFILE(
      17,
      "credential_profile",
      1,
      2,
      "credential_id separate comment disabled secret_created_at names types front_doors networks expires_at unused_expiry requires_tls"),
  CREDENTIAL_SECRET(
      17, "credential_secret", 2, 0, "credential_id position secret_hash created_at valid_until"),
  CREDENTIAL_SIGNING(
      17, "credential_signing", 2, 0, "credential_id position sealed created_at valid_until"),
  ENROLMENT(
      17, "enrolment", 1, 1, "code_hash host kind label created_at expires_at tries offered_by"),
  CHALLENGE_CLIENT(
      17, "challenge_client", 1, 1, "id host secret_hash allowed_from created_at credential"),
  SITE(
      17,
      "site",
      1,
      0,
      "name policy published hold_down fail_back_delay flap_penalty flap_suppress flap_reuse flap_half_life flap_longest unstable_ttl created_at"),
  SITE_UPLINK(17, "site_uplink", 2, 2, "site place name weight silence username"),
  SITE_SOURCE(17, "site_source", 2, 1, "site name reporter takes prefix_length since"),
  SITE_HOST(17, "site_host", 1, 0, "host site ipv4 ipv6 since"),
  HOST_LIVENESS(17, "host_liveness", 1, 0, "name settings"),
  ZONE_LIVENESS(17, "zone_liveness", 1, 0, "name settings"),
  ZONE_TRUTH(17, "zone_truth", 1, 0, "name policy"),
  HOST_POLICY(17, "host_policy", 2, 1, "host setting value set_by set_at"),
  ZONE_POLICY(17, "zone_policy", 2, 1, "zone setting value set_by set_at"),
  HOST_APPROVAL(17, "host_approval", 1, 0, "host approved_by approved_at"),
  HOST_BLOCK(17, "host_block", 1, 0, "name spelled reason blocked_by blocked_at"),
  TOMBSTONE(17, "tombstone", 1, 0, "name spelled zone username account_id removed_at until"),
  NAME_LIST(17, "name_list", 1, 0, "kind text"),
  HOST_PORT(17, "host_port", 2, 1, "host port"),
  CATALOG(17, "catalog", 1, 0, "name spelled except_zones created_at"),
  SERIAL_POLICY(17, "serial_policy", 1, 0, "name policy"),
  WITHHELD_REPORT(
      18,
      "withheld_report",
      1,
      0,
      "host credential source front_door tls ipv4 ipv6 networks uplink heard_at");

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
   * Reads all rows in the order of their keys, each compared with its checksum before it is given,
   * all with the table's sum.
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
            select.executeQuery(
                "SELECT %s, checksum FROM %s ORDER BY %s".formatted(list(), table, keyList()))) {
      while (row.next()) {
        @Nullable Object[] values = values(row);
        long checksum = row.getLong(values.length + 1);
        if (checksum != RowChecksum.of(table, values)) {
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

  /** The values of all columns but the checksum, of a row that begins with them. */
  @Nullable Object[] values(ResultSet row) throws SQLException {
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
    if (label == 0) {
      return shown(values[0]);
    }
    return values[0] instanceof byte[] && label >= keys
        ? shown(values[label])
        : "%s (%s)".formatted(shown(values[0]), shown(values[label]));
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

  /** All columns but the checksum, with commas between. */
  String list() {
    return String.join(", ", columns);
  }

  private String keyList() {
    return String.join(", ", columns.subList(0, keys));
  }

  private static String conditions(List<String> names) {
    return names.stream().map(each -> each + " = ?").collect(Collectors.joining(" AND "));
  }

  private String insertion() {
    String marks = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
    return "INSERT INTO %s (%s, checksum) VALUES (%s)".formatted(table, list(), marks);
  }

  /** Adds a row; values are null, numbers, truth values, texts and octets, one a column. */
  int insert(Connection connection, @Nullable Object... values) throws SQLException {
    return run(connection, insertion(), List.<@Nullable Object[]>of(values));
  }

  /** Adds rows as {@link #insert} does; a statement made once is worth it for many. */
  int insertAll(Connection connection, Iterable<@Nullable Object[]> rows) throws SQLException {
    return run(connection, insertion(), rows);
  }

  /** Adds a row, or puts it in place of that of its key. */
  int put(Connection connection, @Nullable Object... values) throws SQLException {
    return putAll(connection, List.<@Nullable Object[]>of(values));
  }

  /** As {@link #put}, many. */
  int putAll(Connection connection, Iterable<@Nullable Object[]> rows) throws SQLException {
    String assignments =
        Stream.concat(columns.stream().skip(keys), Stream.of("checksum"))
            .map(each -> each + " = excluded." + each)
            .collect(Collectors.joining(", "));
    return run(
        connection,
        "%s ON CONFLICT (%s) DO UPDATE SET %s".formatted(insertion(), keyList(), assignments),
        rows);
  }

  private int run(Connection connection, String sql, Iterable<@Nullable Object[]> rows)
      throws SQLException {
    int changed = 0;
    try (var statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] values : rows) {
        long checksum = checksum(values);
        statement.setLong(bind(statement, 1, values, 0), checksum);
        changed += statement.executeUpdate();
      }
    }
    return changed;
  }

  /**
   * Removes the rows that begin with these values: all columns of the key, or the first of them.
   */
  int remove(Connection connection, Object... key) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s"
                .formatted(table, conditions(columns.subList(0, key.length))))) {
      bind(delete, 1, key, 0);
      return delete.executeUpdate();
    }
  }

  /** Writes all columns of the row of this key, if there is one; returns how many rows it is. */
  int update(Connection connection, @Nullable Object... values) throws SQLException {
    return updateAll(connection, List.<@Nullable Object[]>of(values));
  }

  /** As {@link #update}, many. */
  int updateAll(Connection connection, Iterable<@Nullable Object[]> rows) throws SQLException {
    String assignments =
        columns.stream().skip(keys).map(each -> each + " = ?, ").collect(Collectors.joining());
    int changed = 0;
    try (var update =
        connection.prepareStatement(
            "UPDATE %s SET %schecksum = ? WHERE %s"
                .formatted(table, assignments, conditions(columns.subList(0, keys))))) {
      for (@Nullable Object[] values : rows) {
        long checksum = checksum(values);
        int next = bind(update, 1, values, keys);
        update.setLong(next, checksum);
        for (int i = 0; i < keys; i++) {
          update.setObject(next + 1 + i, values[i]);
        }
        changed += update.executeUpdate();
      }
    }
    return changed;
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
        if (row.getLong(values.length + 1) != RowChecksum.of(table, values)) {
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
    return RowChecksum.of(table, values);
  }
}
