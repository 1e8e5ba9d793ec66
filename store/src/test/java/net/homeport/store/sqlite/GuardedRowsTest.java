package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import net.homeport.registry.naming.NameRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of each table whose rows give a right or an address, damage is told by its name: a row altered in
 * any column, a row that is gone, one that is there twice as often as it should.
 */
@Timeout(120)
final class GuardedRowsTest {
  /** What {@link FullStore} has nothing of. */
  private static final String ELSEWHERE = "(UPDATE_KEY|SECONDARY|MIRRORED_ZONE|SETTING).*";

  private static final String[] SUMS = {"INSERT", "DELETE", "UPDATE"};

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private byte[] whole = {};

  @BeforeEach
  void fill() throws IOException {
    file = folder.resolve("test.db");
    try (var store = new SqliteStore(file)) {
      FullStore.begin(store);
      new FullStore(store.database()).keep("a");
    }
    whole = Files.readAllBytes(file);
  }

  private SortedSet<String> read() {
    try (var store = new SqliteStore(file)) {
      store.load(1);
      return new FullStore(store.database()).read();
    }
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static int rows(Connection connection, CheckedTable table) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table.table())) {
      return row.getInt(1);
    }
  }

  private void assertRefused(CheckedTable table) {
    assertThatThrownBy(this::read)
        .as("a start")
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("table " + table.table())
        .hasMessageContaining("damaged");
    assertThat(SqliteCheck.file(file).findings())
        .as("a check")
        .anySatisfy(finding -> assertThat(finding.toString()).contains("table " + table.table()));
  }

  /** As a disk would: past the triggers, and without regard to what refers to what. */
  private void damage(CheckedTable table, String sql) throws SQLException {
    try (Connection connection = raw();
        var statement = connection.createStatement()) {
      for (String event : SUMS) {
        statement.execute("DROP TRIGGER %s_sum_%s".formatted(table.table(), event));
      }
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ELSEWHERE)
  void anAlteredRowIsRefusedWhicheverColumnItIs(CheckedTable table) throws Exception {
    for (String column : table.list().split(", ", -1)) {
      fillAnew();
      damage(
          table,
          "UPDATE %1$s SET %2$s = CASE typeof(%2$s) WHEN 'null' THEN 1 WHEN 'text' THEN %2$s || 'x' WHEN 'blob' THEN CAST(%2$s || x'00' AS BLOB) ELSE %2$s + 1 END"
              .formatted(table.table(), column));
      assertRefused(table);
    }
  }

  private void fillAnew() throws IOException {
    for (String log : List.of("-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("test.db" + log));
    }
    Files.write(file, whole);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ELSEWHERE)
  void aRowThatIsGoneIsRefused(CheckedTable table) throws SQLException {
    damage(table, "DELETE FROM " + table.table());
    assertRefused(table);
  }

  @Test
  void whatIsPutAgainOrGoesWithItsHostIsNoDamage() {
    SortedSet<String> first = read();
    try (var store = new SqliteStore(file)) {
      var full = new FullStore(store.database());
      full.keep("another");
      assertThat(full.read()).isNotEqualTo(first);
      full.keep("a");
      new SqlitePortStore(store.database()).putPorts(FullStore.HOST, List.of(443, 1));
    }
    assertThat(read()).isEqualTo(first);
    assertThat(SqliteCheck.file(file).findings()).isEmpty();
    try (var store = new SqliteStore(file)) {
      new SqliteRegistryStore(store.database()).removeHost(FullStore.HOST);
      new SqliteSiteStore(store.database()).remove("office");
      new SqliteNameStore(store.database()).put(NameRules.Kind.BRANDS, null);
      var accounts = new SqliteAccountStore(store.database());
      accounts.removeAccount(5);
      accounts.removePerson(6);
    }
    assertThat(read()).isNotEmpty().doesNotContainAnyElementsOf(List.of("brands a"));
    assertThat(SqliteCheck.file(file).findings()).isEmpty();
  }

  @Test
  void aStoreOfTheVersionBeforeGetsItsChecksums() throws Exception {
    SortedSet<String> before = read();
    try (Connection connection = raw()) {
      OlderStore.make(connection, 16);
      assertThat(OlderStore.tables(connection)).isEqualTo(OlderStore.tablesOf(16));
    }
    // Withheld reports were not kept then.
    before.removeIf(line -> line.startsWith("EarlierReport"));
    // Who offered a code was not kept then; numbers go on where the store is sure.
    assertThat(read().toString().replaceAll("last \\d+", ""))
        .isEqualTo(
            before.toString().replace("offeredBy=ann", "offeredBy=").replaceAll("last \\d+", ""));
    assertThat(SqliteCheck.file(file).findings()).isEmpty();
    damage(CheckedTable.NAME_GRANT, "UPDATE name_grant SET account_id = 9");
    assertRefused(CheckedTable.NAME_GRANT);
  }

  @Test
  void everyTableHasARow() throws SQLException {
    try (Connection connection = raw()) {
      for (CheckedTable table : CheckedTable.values()) {
        if (table.version() > CheckedTable.VERSION) {
          assertThat(rows(connection, table)).as(table.table()).isPositive();
        }
      }
    }
  }
}
