package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The SQL of the tables zone and changeset. Functions; the caller holds the transaction. */
final class JournalTables {
  /** How many commits the journal keeps behind the checkpoints. */
  static final long HISTORY_MAX = 1_000_000;

  /** A changeset row that records a new zone. */
  static final int KIND_CREATED = 0;

  /** A changeset row that carries changes of names. */
  static final int KIND_CHANGED = 1;

  /** A changeset row that records the end of a zone. */
  static final int KIND_REMOVED = 2;

  static final String INSERT_CHANGESET =
      "INSERT INTO changeset (zone_id, kind, serial_before, serial_after, content) VALUES (?, ?, ?, ?, ?) RETURNING id";

  static final String MAX_CHANGESET_ID = "SELECT coalesce(max(id), 0) FROM changeset";

  private JournalTables() {}

  /** How far the journal has come in one zone. */
  record Progress(long zoneId, long changesetId, long serial) {}

  static Zone names(Connection connection, ZoneSnapshot snapshot, Name apex, Progress at)
      throws SQLException {
    var loader = snapshot.newLoader(apex);
    try (var pages = new PageTable(connection, at.zoneId())) {
      pages.load(loader::add);
    }
    var editor = loader.finish();
    editor.setSerial(at.serial());
    return editor.build();
  }

  static Progress create(Connection connection, ZoneChange.Created created) throws SQLException {
    Zone zone = created.content();
    long zoneId = nextZoneId(connection);
    CheckedTable.ZONE.insert(
        connection,
        zoneId,
        zone.apex().toWire(),
        zone.apex().toWireCanonical(),
        0,
        zone.serial(),
        null);
    try (var pages = new PageTable(connection, zoneId)) {
      pages.create(zone);
    }
    var attribution = List.of(marker(zone.apex(), created.attribution()));
    long id =
        insertChangeset(
            connection, zoneId, KIND_CREATED, zone.serial(), zone.serial(), attribution);
    markCheckpoint(connection, new Progress(zoneId, id, zone.serial()));
    return new Progress(zoneId, id, zone.serial());
  }

  private static long nextZoneId(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT coalesce(max(id), 0) + 1 FROM zone")) {
      return row.getLong(1);
    }
  }

  /** Carries who made or removed a zone; changes nothing. */
  private static RrsetChange marker(Name apex, Attribution attribution) {
    return new RrsetChange(apex, 0, null, null, attribution);
  }

  static void remove(Connection connection, ZoneChange.Removed removed, Progress at)
      throws SQLException {
    @Nullable Object[] row = CheckedTable.ZONE.row(connection, at.zoneId());
    if (row != null) {
      row[5] = removed.attribution().at().toEpochMilli();
      CheckedTable.ZONE.update(connection, row);
    }
    try (var pages = new PageTable(connection, at.zoneId())) {
      pages.clear();
    }
    LeaseTable.clear(connection, at.zoneId());
    insertChangeset(
        connection,
        at.zoneId(),
        KIND_REMOVED,
        at.serial(),
        at.serial(),
        List.of(marker(removed.zone(), removed.attribution())));
  }

  static long insertChangeset(
      Connection connection,
      long zoneId,
      int kind,
      long serialBefore,
      long serialAfter,
      List<RrsetChange> changes)
      throws SQLException {
    try (var insert = connection.prepareStatement(INSERT_CHANGESET)) {
      return insertChangeset(
          insert, new ChangesetCodec.Row(zoneId, kind, serialBefore, serialAfter), changes);
    }
  }

  static long insertChangeset(
      PreparedStatement insert, ChangesetCodec.Row row, List<RrsetChange> changes)
      throws SQLException {
    insert.setLong(1, row.zoneId());
    insert.setInt(2, row.kind());
    insert.setLong(3, row.serialBefore());
    insert.setLong(4, row.serialAfter());
    insert.setBytes(5, ChangesetCodec.encode(row, changes));
    try (ResultSet id = insert.executeQuery()) {
      return id.getLong(1);
    }
  }

  static long maxChangesetId(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery(MAX_CHANGESET_ID)) {
      return row.getLong(1);
    }
  }

  static boolean isPresent(Connection connection, Progress at) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT 1 FROM zone WHERE id = ? AND removed_at IS NULL")) {
      select.setLong(1, at.zoneId());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static int markCheckpoint(Connection connection, Progress at) throws SQLException {
    @Nullable Object[] row = CheckedTable.ZONE.row(connection, at.zoneId());
    if (row == null) {
      return 0;
    }
    row[3] = at.changesetId();
    row[4] = at.serial();
    return CheckedTable.ZONE.update(connection, row);
  }

  /**
   * Deletes some of the oldest changesets that nobody needs any more; returns how many.
   *
   * @param historyMax how many commits are kept
   * @param freed gets the octets of each zone that were deleted
   */
  static int pruneSome(Connection connection, long historyMax, Map<Long, Long> freed)
      throws SQLException {
    int rows = 0;
    // Each zone by its own mark: a zone that never changes keeps an old one forever.
    try (var delete =
        connection.prepareStatement(
            """
            DELETE FROM changeset WHERE id IN (
              SELECT changeset.id FROM changeset JOIN zone ON zone.id = changeset.zone_id
              WHERE changeset.id <= (SELECT max(id) FROM changeset) - ?
                AND (zone.removed_at IS NOT NULL OR changeset.id <= zone.checkpoint)
              ORDER BY changeset.id LIMIT 500)
            RETURNING zone_id, length(content)\
            """)) {
      delete.setLong(1, historyMax);
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          freed.merge(row.getLong(1), HistoryBound.ROW_OCTETS + row.getLong(2), Long::sum);
          rows++;
        }
      }
    }
    return rows;
  }
}
