package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.zone.lease.Lease;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** The SQL of the table lease. Functions; the caller holds the transaction. */
final class LeaseTable {
  private LeaseTable() {}

  static void put(Connection connection, long zoneId, List<Lease> leases) throws SQLException {
    try (var put =
            connection.prepareStatement(
                "INSERT INTO lease (zone_id, owner, type, rdata, expires) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET expires = excluded.expires");
        var end =
            connection.prepareStatement(
                "DELETE FROM lease WHERE zone_id = ? AND owner = ? AND type = ? AND rdata = ?")) {
      for (Lease lease : leases) {
        Instant expires = lease.expires();
        var statement = expires == null ? end : put;
        statement.setLong(1, zoneId);
        statement.setBytes(2, lease.record().getName().toWireCanonical());
        statement.setInt(3, lease.record().getType());
        statement.setBytes(4, lease.record().rdataToWireCanonical());
        if (expires != null) {
          statement.setLong(5, expires.toEpochMilli());
        }
        statement.executeUpdate();
      }
    }
  }

  static void clear(Connection connection, long zoneId) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM lease WHERE zone_id = ?")) {
      delete.setLong(1, zoneId);
      delete.executeUpdate();
    }
  }

  static List<Lease> all(Connection connection) throws SQLException {
    var leases = new ArrayList<Lease>();
    try (var select =
            connection.prepareStatement(
                "SELECT zone.apex, owner, type, rdata, expires FROM lease JOIN zone ON zone.id = lease.zone_id WHERE zone.removed_at IS NULL");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        try {
          Record record =
              Record.newRecord(
                  new Name(row.getBytes(2)), row.getInt(3), DClass.IN, 0, row.getBytes(4));
          leases.add(
              new Lease(new Name(row.getBytes(1)), record, Instant.ofEpochMilli(row.getLong(5))));
        } catch (IOException | RuntimeException e) {
          throw new DamagedContentException("a lease is illegible: " + e, e);
        }
      }
    }
    return leases;
  }
}
