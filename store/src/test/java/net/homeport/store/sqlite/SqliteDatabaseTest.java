package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions: whole or not at all, and one that failed does not spoil the next. */
@Timeout(60)
final class SqliteDatabaseTest {
  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;

  @SuppressWarnings("NullAway.Init") // before each test
  SqliteDatabaseTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static int insert(Connection connection, String name) throws SQLException {
    return CheckedTable.SETTING.insert(connection, name, new byte[] {0});
  }

  private static int run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private void assertHalfIsNothing(String half) {
    assertThatThrownBy(() ->
            database.write(
                "half",
                connection -> {
                  insert(connection, half);
                  return insert(connection, half);
                }))
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("cannot half in " + folder.resolve("test.db"));
    assertThat(database.setting(half)).isNull();
  }

  @Test
  void whatFailsHalfwayLeavesNothing() {
    assertHalfIsNothing("a");
    assertThatThrownBy(() ->
            database.write(
                "defect",
                connection -> {
                  insert(connection, "b");
                  throw new IllegalStateException("a defect");
                }))
        .hasMessage("a defect");
    assertThat(database.setting("b")).isNull();
    database.putSetting("c", new byte[] {1});
    assertThat(database.setting("c")).isNotNull();
  }

  @Test
  void afterSqliteRolledBackByItselfTransactionsAreWholeAgain() {
    // As it does when a commit meets a full disk or an I/O error.
    assertThatThrownBy(() ->
            database.write(
                "fail",
                connection -> {
                  insert(connection, "a");
                  run(connection, "ROLLBACK");
                  throw new SQLException("disk full");
                }))
        .isInstanceOf(SqliteStoreException.class);
    assertHalfIsNothing("b");
    database.putSetting("c", new byte[] {1});
    assertThat(database.setting("a")).isNull();
    assertThat(database.setting("c")).containsExactly(1);
  }

  @Test
  void betweenTransactionsTheDatabaseIsFreeForOthers() throws SQLException {
    database.putSetting("a", new byte[] {1});
    try (var other =
        DriverManager.getConnection(
            "jdbc:sqlite:" + folder.resolve("test.db") + "?busy_timeout=100")) {
      assertThat(insert(other, "b")).isOne();
    }
    database.putSetting("c", new byte[] {1});
    assertThat(database.setting("b")).isNotNull();
  }

  @Test
  void aReaderSeesWhatIsCommittedAndNothingElse() {
    database.write(
        "look",
        connection -> {
          insert(connection, "a");
          assertThat(database.setting("a")).isNull();
          return 0;
        });
    assertThat(database.setting("a")).isNotNull();
  }
}
