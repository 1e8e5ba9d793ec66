package net.homeport.store.sqlite;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import net.homeport.zone.StoredNode;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;

/** From version 1 to 2: the rows of table node, one a name, become pages; the table goes. */
final class NodeMigration {
  /** The version it makes. */
  static final int VERSION = 2;

  private static final byte[] NONE = {};

  private NodeMigration() {}

  /**
   * Runs after schema-2.sql, in the same transaction.
   *
   * @param beforeStep told of each zone and name just before it is moved
   * @throws DamagedContentException when a row makes no sense
   */
  static void run(Connection connection, Consumer<String> beforeStep) throws SQLException {
    for (long zoneId : presentZones(connection)) {
      try (var pages = new PageTable(connection, zoneId)) {
        move(connection, zoneId, pages.builder(NONE, NONE, PageBuilder.GOAL), beforeStep);
      }
    }
    beforeStep.accept("drop the names");
    try (var statement = connection.createStatement()) {
      statement.execute("DROP TABLE node");
    }
  }

  private static List<Long> presentZones(Connection connection) throws SQLException {
    var zones = new ArrayList<Long>();
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM zone WHERE removed_at IS NULL")) {
      while (row.next()) {
        zones.add(row.getLong(1));
      }
    }
    return zones;
  }

  private static void move(
      Connection connection, long zoneId, PageBuilder pages, Consumer<String> beforeStep)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT changed_at, changed_by, front_door, source, owner, content FROM node WHERE zone_id = ? ORDER BY owner")) {
      select.setLong(1, zoneId);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          beforeStep.accept("move a name of zone " + zoneId);
          byte[] node = row.getBytes(6);
          if (!StoredNode.hasKey(node, row.getBytes(5))) {
            throw new DamagedContentException("a name is not what is stored for it");
          }
          pages.add(PageEntry.of(node, attribution(row)));
        }
      }
    }
    pages.finish();
  }

  /** The attribution in the first four columns; null if the name came with its zone. */
  private static @Nullable Attribution attribution(ResultSet row) throws SQLException {
    long at = row.getLong(1);
    if (row.wasNull()) {
      return null;
    }
    byte[] source = row.getBytes(4);
    try {
      return new Attribution(
          Objects.requireNonNull(row.getString(2)),
          Objects.requireNonNull(row.getString(3)),
          source == null ? null : InetAddress.getByAddress(source),
          Instant.ofEpochMilli(at));
    } catch (UnknownHostException e) {
      throw new DamagedContentException("the address that changed a name is none", e);
    }
  }
}
