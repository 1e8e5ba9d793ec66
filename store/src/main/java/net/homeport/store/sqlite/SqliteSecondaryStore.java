package net.homeport.store.sqlite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    var zones = new HashMap<String, Set<Name>>();
    CheckedTable.SECONDARY_ZONE.forEach(
        connection,
        row ->
            zones
                .computeIfAbsent(row.getString(1), _ -> new HashSet<>())
                .add(name(row.getBytes(2))));
    var networks = new HashMap<String, List<SourceNetwork>>();
    CheckedTable.SECONDARY_NETWORK.forEach(
        connection,
        row ->
            networks
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(network(row.getString(1), row.getString(2))));
    var secondaries = new ArrayList<Secondary>();
    CheckedTable.SECONDARY.forEach(
        connection,
        row -> {
          String name = row.getString(1);
          byte[] key = row.getBytes(4);
          secondaries.add(
              new Secondary(
                  name,
                  new InetSocketAddress(address(row.getBytes(2)), row.getInt(3)),
                  key == null ? null : name(key),
                  row.getBoolean(5) ? null : zones.getOrDefault(name, Set.of()),
                  row.getBoolean(6),
                  row.getBoolean(7),
                  networks.getOrDefault(name, List.of()),
                  Instant.ofEpochMilli(row.getLong(8))));
        });
    return secondaries;
  }

  private static SourceNetwork network(String secondary, String text) {
    try {
      return SourceNetwork.parse(text);
    } catch (IllegalArgumentException e) {
      throw new DamagedContentException("a network of the secondary " + secondary + ": " + e, e);
    }
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
            CheckedTable.SECONDARY_ZONE.insert(connection, secondary.name(), zone.toWire());
          }
          var networks = new LinkedHashSet<String>();
          for (SourceNetwork network : secondary.transferFrom()) {
            networks.add(network.toString());
          }
          for (String network : networks) {
            CheckedTable.SECONDARY_NETWORK.insert(connection, secondary.name(), network);
          }
          return null;
        });
  }

  private static void insert(Connection connection, Secondary secondary) throws SQLException {
    @Nullable Name key = secondary.key();
    CheckedTable.SECONDARY.insert(
        connection,
        secondary.name(),
        secondary.address().getAddress().getAddress(),
        secondary.address().getPort(),
        key == null ? null : key.toWire(),
        secondary.zones() == null,
        secondary.tlsOnly(),
        secondary.notified(),
        secondary.createdAt().toEpochMilli());
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
