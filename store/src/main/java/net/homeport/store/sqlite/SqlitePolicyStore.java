package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicyStore;
import net.homeport.registry.restriction.StandingStore;
import net.homeport.registry.restriction.StoredSetting;
import org.xbill.DNS.Name;

/** Policies, approvals and blocks in the embedded store. */
public final class SqlitePolicyStore implements PolicyStore, StandingStore {
  private static final byte[] NO_ZONE = {};

  private final SqliteDatabase database;

  public SqlitePolicyStore(SqliteDatabase database) {
    this.database = database;
  }

  /** What a row of a query says. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> all(Connection connection, String sql, RowReader<T> reader)
      throws SQLException {
    var all = new ArrayList<T>();
    try (var select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(reader.read(row));
      }
    }
    return all;
  }

  static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("a name is illegible: " + e, e);
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  @Override
  public List<StoredSetting> settings() {
    return database.read(
        "read the policies",
        connection -> {
          List<StoredSetting> settings =
              all(
                  connection,
                  "SELECT zone, setting, value, set_by, set_at FROM zone_policy",
                  row -> setting(zoneScope(row.getBytes(1)), row));
          settings.addAll(
              all(
                  connection,
                  "SELECT spelled, setting, value, set_by, set_at FROM host_policy JOIN host ON host.name = host_policy.host",
                  row -> setting(new PolicyScope.OfHost(name(row.getBytes(1))), row)));
          return settings;
        });
  }

  private static PolicyScope zoneScope(byte[] zone) {
    return zone.length == 0 ? new PolicyScope.Everywhere() : new PolicyScope.OfZone(name(zone));
  }

  private static StoredSetting setting(PolicyScope scope, ResultSet row) throws SQLException {
    return new StoredSetting(
        scope, row.getString(2), row.getString(3), row.getString(4), instant(row, 5));
  }

  /** What the key of a scope's row is. */
  private static byte[] key(PolicyScope scope) {
    return switch (scope) {
      case PolicyScope.Everywhere _ -> NO_ZONE;
      case PolicyScope.OfZone of -> of.zone().toWireCanonical();
      case PolicyScope.OfHost of -> of.host().toWireCanonical();
    };
  }

  @Override
  public void put(StoredSetting setting) {
    String sql =
        setting.scope() instanceof PolicyScope.OfHost
            ? "INSERT INTO host_policy (host, setting, value, set_by, set_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (host, setting) DO UPDATE SET value = excluded.value, set_by = excluded.set_by, set_at = excluded.set_at"
            : "INSERT INTO zone_policy (zone, setting, value, set_by, set_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (zone, setting) DO UPDATE SET value = excluded.value, set_by = excluded.set_by, set_at = excluded.set_at";
    database.write(
        "set the policy " + setting.setting(),
        connection -> {
          try (var insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, key(setting.scope()));
            insert.setString(2, setting.setting());
            insert.setString(3, setting.value());
            insert.setString(4, setting.setBy());
            insert.setLong(5, setting.setAt().toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void remove(PolicyScope scope, String setting) {
    String sql =
        scope instanceof PolicyScope.OfHost
            ? "DELETE FROM host_policy WHERE host = ? AND setting = ?"
            : "DELETE FROM zone_policy WHERE zone = ? AND setting = ?";
    database.write(
        "unset the policy " + setting,
        connection -> {
          try (var delete = connection.prepareStatement(sql)) {
            delete.setBytes(1, key(scope));
            delete.setString(2, setting);
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public List<HostApproval> approvals() {
    return database.read(
        "read the approvals",
        connection ->
            all(
                connection,
                "SELECT spelled, approved_by, approved_at FROM host_approval JOIN host ON host.name = host_approval.host",
                row -> new HostApproval(name(row.getBytes(1)), row.getString(2), instant(row, 3))));
  }

  @Override
  public List<HostBlock> blocks() {
    return database.read(
        "read the blocks",
        connection ->
            all(
                connection,
                "SELECT spelled, reason, blocked_by, blocked_at FROM host_block",
                row ->
                    new HostBlock(
                        name(row.getBytes(1)),
                        row.getString(2),
                        row.getString(3),
                        instant(row, 4))));
  }

  @Override
  public void put(HostApproval approval) {
    database.write(
        "approve the host " + approval.host(),
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO host_approval (host, approved_by, approved_at) VALUES (?, ?, ?)")) {
            insert.setBytes(1, approval.host().toWireCanonical());
            insert.setString(2, approval.by());
            insert.setLong(3, approval.at().toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void put(HostBlock block) {
    database.write(
        "block " + block.name(),
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO host_block (name, spelled, reason, blocked_by, blocked_at) VALUES (?, ?, ?, ?, ?)")) {
            insert.setBytes(1, block.name().toWireCanonical());
            insert.setBytes(2, block.name().toWire());
            insert.setString(3, block.reason());
            insert.setString(4, block.by());
            insert.setLong(5, block.at().toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void removeBlock(Name name) {
    database.write(
        "unblock " + name,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM host_block WHERE name = ?")) {
            delete.setBytes(1, name.toWireCanonical());
            return delete.executeUpdate();
          }
        });
  }
}
