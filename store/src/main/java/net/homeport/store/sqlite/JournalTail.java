package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The newest changesets: those that some stored names may lack. */
/*
 * Each checkpoint keeps the number up to which the names of all zones have every change. What comes
 * after it is read in the order of the table, not by an index, and is without gaps up to the number
 * that SQLite remembers as the newest there ever was: so none can be lost unnoticed.
 */
final class JournalTail {
  /** The name of the setting that holds that number. */
  static final String MARK = "checkpoint";

  private JournalTail() {}

  /** The value of the setting. */
  static byte[] mark(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** A changeset; its content can be read until the next one is given. */
  record Entry(long id, ChangesetCodec.Row columns, ResultSet row) {
    byte[] content() throws SQLException {
      return row.getBytes(6);
    }
  }

  /** What is done with each. */
  @FunctionalInterface
  interface EachEntry {
    void accept(Entry entry) throws SQLException;
  }

  /**
   * Reads them, the oldest first; returns the number of the newest changeset.
   *
   * @throws DamagedContentException when one is missing
   */
  static long read(Connection connection, EachEntry each) throws SQLException {
    @Nullable Object[] mark = CheckedTable.SETTING.row(connection, MARK);
    long last =
        mark == null ? 0 : ByteBuffer.wrap((byte[]) Objects.requireNonNull(mark[1])).getLong();
    boolean isStart = mark == null;
    try (var select =
        connection.prepareStatement(
            "SELECT id, zone_id, kind, serial_before, serial_after, content FROM changeset NOT INDEXED WHERE id > ? ORDER BY id")) {
      select.setLong(1, last);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long id = row.getLong(1);
          // Before the first mark nothing tells which ones were pruned.
          if (!isStart && id != last + 1) {
            throw missing(last + 1);
          }
          isStart = false;
          last = id;
          each.accept(
              new Entry(
                  id,
                  new ChangesetCodec.Row(
                      row.getLong(2), row.getInt(3), row.getLong(4), row.getLong(5)),
                  row));
        }
      }
    }
    long newest = newestEver(connection);
    if (newest != last) {
      throw missing(newest);
    }
    return last;
  }

  private static DamagedContentException missing(long id) {
    return new DamagedContentException(
        "the row %d of its table changeset is missing".formatted(id));
  }

  private static long newestEver(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changeset'")) {
      return row.getLong(1);
    }
  }
}
