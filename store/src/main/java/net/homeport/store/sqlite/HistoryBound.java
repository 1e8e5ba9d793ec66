package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the past changes within their bounds: of all zones together by commits, of each zone by
 * octets. One thread, that of the checkpoints: no commit waits for what is counted here, and for
 * what is deleted only as long as one small transaction takes.
 */
/*
 * How many octets the changes of each zone have stands in the settings, together with the number of
 * the changeset up to which all were counted. What is deleted is subtracted in the same transaction:
 * so the numbers are exact whenever the process ends, and are never counted anew but once, in a store
 * of an older version.
 */
final class HistoryBound {
  /** Octets of past changes that are kept of each zone unless told otherwise. */
  static final long OCTETS_DEFAULT = 1L << 30;

  /** What a changeset takes beside its content, about, with its part of the index. */
  static final long ROW_OCTETS = 40;

  private static final String COUNTED = "history-octets";
  private static final String OF_ZONE = COUNTED + " ";
  private static final int COUNTED_AT_ONCE = 5_000;
  private static final int DELETED_AT_ONCE = 500;

  private final SqliteDatabase database;
  private final long octetsMax;

  /**
   * @param octetsMax of each zone, what no checkpoint holds yet beside it; 0 for any number
   */
  HistoryBound(SqliteDatabase database, long octetsMax) {
    this.database = database;
    this.octetsMax = octetsMax;
  }

  /**
   * The past of a zone.
   *
   * @param octets of the changesets that are kept and counted
   * @param prunedTo the newest changeset that was deleted because of its octets, or 0
   */
  record Past(long octets, long prunedTo) {
    static final Past NONE = new Past(0, 0);
  }

  /** What is known of the past of each zone, by its row number. */
  static Map<Long, Past> pasts(Connection connection) throws SQLException {
    var pasts = new HashMap<Long, Past>();
    CheckedTable.SETTING.forEach(
        connection,
        row -> {
          String name = row.getString(1);
          if (name.startsWith(OF_ZONE)) {
            pasts.put(Long.valueOf(name.substring(OF_ZONE.length())), past(row.getBytes(2)));
          }
        });
    return pasts;
  }

  private static Past past(byte[] value) {
    ByteBuffer octets = ByteBuffer.wrap(value);
    return new Past(octets.getLong(), octets.getLong());
  }

  /**
   * Counts what came, and deletes what is too much.
   *
   * @param reached the newest changeset that the checkpoint holds
   */
  void keep(long reached) {
    count(reached);
    while (database.write("prune the journal", this::pruneCommits) > 0) {
      // Each a transaction of its own, so that commits get through.
    }
    if (octetsMax > 0) {
      database
          .read("read how long the history is", HistoryBound::pasts)
          .forEach((zone, past) -> {
            if (past.octets() > octetsMax) {
              prune(zone);
            }
          });
    }
  }

  private void count(long reached) {
    byte[] mark = database.setting(COUNTED);
    long counted = mark == null ? 0 : ByteBuffer.wrap(mark).getLong();
    while (counted < reached) {
      long from = counted;
      Part part = database.read("count the history", connection -> part(connection, from, reached));
      int _ =
          database.write(
              "count the history",
              connection -> {
                add(connection, part.octets(), 0);
                byte[] to = ByteBuffer.allocate(Long.BYTES).putLong(part.to()).array();
                return put(connection, COUNTED, to);
              });
      counted = part.to();
    }
  }

  /** Octets by zones of the changesets up to a number. */
  private record Part(Map<Long, Long> octets, long to) {}

  private static Part part(Connection connection, long from, long reached) throws SQLException {
    var octets = new HashMap<Long, Long>();
    long last = reached;
    int rows = 0;
    try (var select =
        connection.prepareStatement(
            "SELECT id, zone_id, length(content) FROM changeset NOT INDEXED WHERE id > ? AND id <= ? ORDER BY id LIMIT ?")) {
      select.setLong(1, from);
      select.setLong(2, reached);
      select.setInt(3, COUNTED_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          octets.merge(row.getLong(2), ROW_OCTETS + row.getLong(3), Long::sum);
          last = row.getLong(1);
          rows++;
        }
      }
    }
    return new Part(octets, rows == COUNTED_AT_ONCE ? last : reached);
  }

  private int pruneCommits(Connection connection) throws SQLException {
    return pruneCommits(connection, JournalTables.HISTORY_MAX);
  }

  /** Deletes some of the oldest changesets that nobody needs any more; returns how many. */
  static int pruneCommits(Connection connection, long historyMax) throws SQLException {
    var freed = new HashMap<Long, Long>();
    int rows = JournalTables.pruneSome(connection, historyMax, freed);
    freed.replaceAll((_, octets) -> -octets);
    add(connection, freed, 0);
    return rows;
  }

  private void prune(long zone) {
    while (database.write("prune the journal", connection -> pruneOctets(connection, zone)) > 0) {
      // As above.
    }
  }

  /** Deletes some of the oldest changesets of a zone that has too many octets of them. */
  private int pruneOctets(Connection connection, long zone) throws SQLException {
    long tooMuch = past(connection, zone).octets() - octetsMax;
    long freed = 0;
    long last = 0;
    int rows = 0;
    // That of the mark itself stays: it tells that nothing behind it is missing.
    try (var select =
        connection.prepareStatement(
            """
            SELECT id, length(content) FROM changeset
            WHERE zone_id = ? AND id < (SELECT checkpoint FROM zone WHERE id = ?)
            ORDER BY id LIMIT ?\
            """)) {
      select.setLong(1, zone);
      select.setLong(2, zone);
      select.setInt(3, DELETED_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (freed < tooMuch && row.next()) {
          last = row.getLong(1);
          freed += ROW_OCTETS + row.getLong(2);
          rows++;
        }
      }
    }
    if (rows == 0) {
      return 0;
    }
    try (var delete =
        connection.prepareStatement("DELETE FROM changeset WHERE zone_id = ? AND id <= ?")) {
      delete.setLong(1, zone);
      delete.setLong(2, last);
      delete.executeUpdate();
    }
    add(connection, Map.of(zone, -freed), last);
    return rows;
  }

  private static Past past(Connection connection, long zone) throws SQLException {
    @Nullable Object[] row = CheckedTable.SETTING.row(connection, OF_ZONE + zone);
    return row != null && row[1] instanceof byte[] value ? past(value) : Past.NONE;
  }

  private static void add(Connection connection, Map<Long, Long> octets, long prunedTo)
      throws SQLException {
    for (Map.Entry<Long, Long> entry : octets.entrySet()) {
      Past before = past(connection, entry.getKey());
      long now = Math.max(0, before.octets() + entry.getValue());
      byte[] value =
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(now)
              .putLong(Math.max(before.prunedTo(), prunedTo))
              .array();
      int _ = put(connection, OF_ZONE + entry.getKey(), value);
    }
  }

  private static int put(Connection connection, String name, byte[] value) throws SQLException {
    int rows = CheckedTable.SETTING.update(connection, name, value);
    return rows > 0 ? rows : CheckedTable.SETTING.insert(connection, name, value);
  }
}
