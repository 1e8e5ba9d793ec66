package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.writer.ChangeLog;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The journal read backwards. Rows belong to a zone by its number, not by its name, so that a zone
 * which was removed and made anew has none of the old one's past.
 */
public final class SqliteChangeLog implements ChangeLog {
  /** What a row counts beside its content, so that many small ones are bounded too. */
  private static final int ROW_OCTETS = 64;

  private final SqliteDatabase database;

  public SqliteChangeLog(SqliteDatabase database) {
    this.database = database;
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Row(ChangesetCodec.Row columns, byte[] content) {}

  @Override
  public Optional<List<Changeset>> between(Name zone, long after, long upTo, long octetsMax) {
    if (after == upTo) {
      return Optional.of(List.of());
    }
    List<Row> rows =
        database.read(
            "read past changes", connection -> rows(connection, zone, after, upTo, octetsMax));
    if (rows == null) {
      return Optional.empty();
    }
    // Not under the lock of the connection: it takes longer than the reading.
    var changesets = new ArrayList<Changeset>(rows.size());
    for (Row row : rows.reversed()) {
      changesets.add(
          new Changeset(
              zone, row.columns().serialBefore(), row.columns().serialAfter(), decoded(row)));
    }
    return Optional.of(changesets);
  }

  private List<RrsetChange> decoded(Row row) {
    try {
      return ChangesetCodec.decode(row.columns(), row.content());
    } catch (DamagedContentException e) {
      throw database.damaged(e);
    }
  }

  /** The newest first; null if there is no such chain. */
  private static @Nullable List<Row> rows(
      Connection connection, Name zone, long after, long upTo, long octetsMax) throws SQLException {
    Long zoneId = zoneId(connection, zone);
    if (zoneId == null) {
      return null;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT serial_before, serial_after, content FROM changeset WHERE zone_id = ? AND kind = ? ORDER BY id DESC")) {
      select.setLong(1, zoneId);
      select.setInt(2, JournalTables.KIND_CHANGED);
      try (ResultSet row = select.executeQuery()) {
        return chain(row, zoneId, after, upTo, octetsMax);
      }
    }
  }

  private static @Nullable List<Row> chain(
      ResultSet row, long zoneId, long after, long upTo, long octetsMax) throws SQLException {
    var rows = new ArrayList<Row>();
    long octets = 0;
    long expected = upTo;
    while (row.next()) {
      long serialAfter = row.getLong(2);
      boolean isNewer = rows.isEmpty() && serialAfter != upTo; // not published when we were asked
      octets += ROW_OCTETS;
      if (!isNewer) {
        byte[] content = row.getBytes(3);
        octets += content.length;
        if (serialAfter != expected) {
          return null;
        }
        expected = row.getLong(1);
        rows.add(
            new Row(
                new ChangesetCodec.Row(zoneId, JournalTables.KIND_CHANGED, expected, serialAfter),
                content));
      }
      if (octets > octetsMax) {
        return null;
      }
      if (!rows.isEmpty() && expected == after) {
        return rows;
      }
    }
    return null;
  }

  private static @Nullable Long zoneId(Connection connection, Name zone) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM zone WHERE apex_key = ? AND removed_at IS NULL")) {
      select.setBytes(1, zone.toWireCanonical());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }
}
