package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The highest number that was ever given, of things that have numbers. History and logs speak of a
 * thing by its number, and policies may: another thing must never have it, also after a restart.
 * Functions; the caller holds the transaction.
 */
final class LastIds {
  /** Of credentials. */
  static final String CREDENTIAL = "credential";

  /** Of accounts, people and tokens of people, which are numbered together. */
  static final String ACCOUNT = "account";

  private LastIds() {}

  /** Keeps that this number was given, in the transaction that gives it. */
  static void given(Connection connection, String what, long id) throws SQLException {
    @Nullable Object[] row = CheckedTable.LAST_ID.row(connection, what);
    if (row == null || !(row[1] instanceof Number last)) {
      throw new DamagedContentException("its table last_id has no row " + what);
    }
    if (id > last.longValue()) {
      CheckedTable.LAST_ID.update(connection, what, id);
    }
  }

  /** The highest number that was ever given. */
  static long last(Connection connection, String what) throws SQLException {
    var last = new AtomicLong();
    CheckedTable.LAST_ID.forEach(
        connection,
        row -> {
          if (row.getString(1).equals(what)) {
            last.set(row.getLong(2));
          }
        });
    return last.get();
  }
}
