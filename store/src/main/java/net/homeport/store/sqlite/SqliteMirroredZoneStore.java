package net.homeport.store.sqlite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
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
          CheckedTable.MIRRORED_ZONE.forEach(
              connection, row -> zones.add(zone(row, authorities(connection, row.getBytes(1)))));
          return zones;
        });
  }

  /** Under which of the settings the authorities of a zone's primaries are kept. */
  private static String authoritiesOf(byte[] zone) {
    return "primary-authorities " + HexFormat.of().formatHex(zone);
  }

  private static @Nullable String authorities(Connection connection, byte[] zone)
      throws SQLException {
    @Nullable Object[] setting = CheckedTable.SETTING.row(connection, authoritiesOf(zone));
    return setting != null && setting[1] instanceof byte[] text
        ? new String(text, StandardCharsets.UTF_8)
        : null;
  }

  private static void putAuthorities(Connection connection, byte[] zone, @Nullable String text)
      throws SQLException {
    String name = authoritiesOf(zone);
    if (text == null) {
      try (var delete = connection.prepareStatement("DELETE FROM setting WHERE name = ?")) {
        delete.setString(1, name);
        delete.executeUpdate();
      }
    } else if (!text.equals(authorities(connection, zone))) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      if (CheckedTable.SETTING.update(connection, name, octets) == 0) {
        CheckedTable.SETTING.insert(connection, name, octets);
      }
    }
  }

  private static MirroredZone zone(ResultSet row, @Nullable String authorities)
      throws SQLException {
    try {
      byte[] key = row.getBytes(4);
      return new MirroredZone(
          new Name(row.getBytes(2)),
          primaries(row.getString(3)),
          key == null ? null : new Name(key),
          row.getBoolean(5)
              ? new PrimaryTls(row.getString(6), row.getString(7), authorities)
              : null,
          instant(row, 8),
          instant(row, 9));
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
    putAll(List.of(zone));
  }

  @Override
  public void putAll(List<MirroredZone> zones) {
    database.write(
        "keep %d mirrored zones".formatted(zones.size()),
        connection -> {
          for (MirroredZone zone : zones) {
            put(connection, zone);
          }
          return zones.size();
        });
  }

  private static void put(Connection connection, MirroredZone zone) throws SQLException {
    Name key = zone.key();
    PrimaryTls tls = zone.tls();
    @Nullable Object[] values = {
      zone.zone().toWireCanonical(),
      zone.zone().toWire(),
      zone.primaries().stream()
          .map(each -> each.getAddress().getHostAddress() + " " + each.getPort())
          .collect(Collectors.joining("\n")),
      key == null ? null : key.toWire(),
      tls != null,
      tls == null ? null : tls.name(),
      tls == null ? null : tls.pin(),
      millis(zone.lastChecked()),
      millis(zone.lastTransferred())
    };
    if (CheckedTable.MIRRORED_ZONE.update(connection, values) == 0) {
      CheckedTable.MIRRORED_ZONE.insert(connection, values);
    }
    putAuthorities(
        connection, zone.zone().toWireCanonical(), tls == null ? null : tls.authorities());
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  @Override
  public void removeMirroredZone(Name zone) {
    database.write(
        "remove the mirrored zone " + zone,
        connection -> {
          putAuthorities(connection, zone.toWireCanonical(), null);
          try (var delete =
              connection.prepareStatement("DELETE FROM mirrored_zone WHERE name = ?")) {
            delete.setBytes(1, zone.toWireCanonical());
            return delete.executeUpdate();
          }
        });
  }
}
