package net.homeport.store.sqlite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.registry.secondary.MirroredZone.PrimaryTls;
import net.homeport.registry.secondary.MirroredZoneStore;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Mirrored zones in the embedded store. */
public final class SqliteMirroredZoneStore implements MirroredZoneStore {
  private final SqliteDatabase database;

  public SqliteMirroredZoneStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<MirroredZone> mirroredZones() {
    return database.read(
        "read the mirrored zones",
        connection -> {
          var zones = new ArrayList<MirroredZone>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT spelled, primaries, key_name, tls, tls_name, tls_pin, last_checked, last_transferred FROM mirrored_zone");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              zones.add(zone(row));
            }
          }
          return zones;
        });
  }

  private static MirroredZone zone(ResultSet row) throws SQLException {
    try {
      byte[] key = row.getBytes(3);
      return new MirroredZone(
          new Name(row.getBytes(1)),
          primaries(row.getString(2)),
          key == null ? null : new Name(key),
          row.getBoolean(4) ? new PrimaryTls(row.getString(5), row.getString(6)) : null,
          instant(row, 7),
          instant(row, 8));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedContentException("a mirrored zone is illegible: " + e, e);
    }
  }

  private static List<InetSocketAddress> primaries(String text) {
    return text.lines()
        .map(line -> {
          int space = line.indexOf(' ');
          return new InetSocketAddress(
              InetAddress.ofLiteral(line.substring(0, space)),
              Integer.parseInt(line.substring(space + 1)));
        })
        .toList();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public void put(MirroredZone zone) {
    database.write(
        "keep the mirrored zone " + zone.zone(),
        connection -> {
          try (var put =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO mirrored_zone (name, spelled, primaries, key_name, tls, tls_name, tls_pin, last_checked, last_transferred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            put.setBytes(1, zone.zone().toWireCanonical());
            put.setBytes(2, zone.zone().toWire());
            put.setString(
                3,
                zone.primaries().stream()
                    .map(each -> each.getAddress().getHostAddress() + " " + each.getPort())
                    .collect(Collectors.joining("\n")));
            Name key = zone.key();
            put.setBytes(4, key == null ? null : key.toWire());
            PrimaryTls tls = zone.tls();
            put.setBoolean(5, tls != null);
            put.setString(6, tls == null ? null : tls.name());
            put.setString(7, tls == null ? null : tls.pin());
            set(put, 8, zone.lastChecked());
            set(put, 9, zone.lastTransferred());
            return put.executeUpdate();
          }
        });
  }

  private static void set(PreparedStatement put, int column, @Nullable Instant at)
      throws SQLException {
    put.setObject(column, at == null ? null : at.toEpochMilli());
  }

  @Override
  public void removeMirroredZone(Name zone) {
    database.write(
        "remove the mirrored zone " + zone,
        connection -> {
          try (var delete =
              connection.prepareStatement("DELETE FROM mirrored_zone WHERE name = ?")) {
            delete.setBytes(1, zone.toWireCanonical());
            return delete.executeUpdate();
          }
        });
  }
}
