package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements of one connection, made once each: to make one takes SQLite about as long as to run
 * it. They end with the connection. Used by one thread at a time; a result must be closed before
 * the same text is asked for again.
 */
final class CachedStatements {
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Connection connection;

  CachedStatements(Connection connection) {
    this.connection = connection;
  }

  /** The statement of this text. */
  PreparedStatement of(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** After a failure: the driver gives up a statement that failed, and each is made anew then. */
  void forget() {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException _) {
        // It is of no use any more, closed or not.
      }
    }
    statements.clear();
  }
}
