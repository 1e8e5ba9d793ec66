package net.homeport.store.sqlite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.peer.SecondaryStore;
import net.homeport.registry.policy.SourceNetwork;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Secondaries in the embedded store. */
public final class SqliteSecondaryStore implements SecondaryStore {
  private final SqliteDatabase database;

  public SqliteSecondaryStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Secondary> secondaries() {
    return database.read("read the secondaries", SqliteSecondaryStore::read);
  }

  private static List<Secondary> read(Connection connection) throws SQLException {
    var secondaries = new ArrayList<Secondary>();
    try (var select =
            connection.prepareStatement(
                "SELECT name, address, port, key_name, all_zones, tls_only, notify, created_at FROM secondary");
        var zones =
            connection.prepareStatement("SELECT zone FROM secondary_zone WHERE secondary = ?");
        var networks =
            connection.prepareStatement(
                "SELECT network FROM secondary_network WHERE secondary = ?");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String name = row.getString(1);
        byte[] key = row.getBytes(4);
        secondaries.add(
            new Secondary(
                name,
                new InetSocketAddress(address(row.getBytes(2)), row.getInt(3)),
                key == null ? null : name(key),
                row.getBoolean(5) ? null : zones(zones, name),
                row.getBoolean(6),
                row.getBoolean(7),
                networks(networks, name),
                Instant.ofEpochMilli(row.getLong(8))));
      }
    }
    return secondaries;
  }

  private static Set<Name> zones(PreparedStatement select, String secondary) throws SQLException {
    var zones = new HashSet<Name>();
    select.setString(1, secondary);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        zones.add(name(row.getBytes(1)));
      }
    }
    return zones;
  }

  private static List<SourceNetwork> networks(PreparedStatement select, String secondary)
      throws SQLException {
    var networks = new ArrayList<SourceNetwork>();
    select.setString(1, secondary);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        networks.add(SourceNetwork.parse(row.getString(1)));
      }
    } catch (IllegalArgumentException e) {
      throw new DamagedContentException("a network of the secondary " + secondary + ": " + e, e);
    }
    return networks;
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new DamagedContentException("the address of a secondary is illegible: " + e, e);
    }
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("a name of a secondary is illegible: " + e, e);
    }
  }

  @Override
  public void add(Secondary secondary) {
    database.write(
        "add the secondary " + secondary.name(),
        connection -> {
          insert(connection, secondary);
          Set<Name> zones = secondary.zones();
          for (Name zone : zones == null ? Set.<Name>of() : zones) {
            insertPart(
                connection,
                "INSERT INTO secondary_zone (secondary, zone) VALUES (?, ?)",
                secondary,
                zone.toWire());
          }
          for (SourceNetwork network : secondary.transferFrom()) {
            insertPart(
                connection,
                "INSERT OR IGNORE INTO secondary_network (secondary, network) VALUES (?, ?)",
                secondary,
                network.toString());
          }
          return null;
        });
  }

  private static void insert(Connection connection, Secondary secondary) throws SQLException {
    @Nullable Name key = secondary.key();
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO secondary (name, address, port, key_name, all_zones, tls_only, notify, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, secondary.name());
      insert.setBytes(2, secondary.address().getAddress().getAddress());
      insert.setInt(3, secondary.address().getPort());
      insert.setBytes(4, key == null ? null : key.toWire());
      insert.setBoolean(5, secondary.zones() == null);
      insert.setBoolean(6, secondary.tlsOnly());
      insert.setBoolean(7, secondary.notified());
      insert.setLong(8, secondary.createdAt().toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static void insertPart(
      Connection connection, String sql, Secondary secondary, Object part) throws SQLException {
    try (var insert = connection.prepareStatement(sql)) {
      insert.setString(1, secondary.name());
      insert.setObject(2, part);
      insert.executeUpdate();
    }
  }

  @Override
  public void remove(String name) {
    database.write(
        "remove the secondary " + name,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM secondary WHERE name = ?")) {
            delete.setString(1, name);
            return delete.executeUpdate();
          }
        });
  }
}
