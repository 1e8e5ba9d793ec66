package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

  /** What a row says. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> all(Connection connection, CheckedTable table, RowReader<T> reader)
      throws SQLException {
    var all = new ArrayList<T>();
    table.forEach(connection, row -> all.add(reader.read(row)));
    return all;
  }

  /** How hosts are spelled whose names are known in lower case. */
  private static final class Spelling implements AutoCloseable {
    private final PreparedStatement select;

    Spelling(Connection connection) throws SQLException {
      select = connection.prepareStatement("SELECT spelled FROM host WHERE name = ?");
    }

    Name of(byte[] host) throws SQLException {
      select.setBytes(1, host);
      try (ResultSet row = select.executeQuery()) {
        return name(row.next() ? row.getBytes(1) : host);
      }
    }

    @Override
    public void close() throws SQLException {
      select.close();
    }
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
                  CheckedTable.ZONE_POLICY,
                  row -> setting(zoneScope(row.getBytes(1)), row));
          try (var spelling = new Spelling(connection)) {
            settings.addAll(
                all(
                    connection,
                    CheckedTable.HOST_POLICY,
                    row -> setting(new PolicyScope.OfHost(spelling.of(row.getBytes(1))), row)));
          }
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
    database.write(
        "set the policy " + setting.setting(),
        connection ->
            table(setting.scope())
                .put(
                    connection,
                    key(setting.scope()),
                    setting.setting(),
                    setting.value(),
                    setting.setBy(),
                    setting.setAt().toEpochMilli()));
  }

  private static CheckedTable table(PolicyScope scope) {
    return switch (scope) {
      case PolicyScope.Everywhere _, PolicyScope.OfZone _ -> CheckedTable.ZONE_POLICY;
      case PolicyScope.OfHost _ -> CheckedTable.HOST_POLICY;
    };
  }

  @Override
  public void remove(PolicyScope scope, String setting) {
    database.write(
        "unset the policy " + setting,
        connection -> table(scope).remove(connection, key(scope), setting));
  }

  @Override
  public List<HostApproval> approvals() {
    return database.read(
        "read the approvals",
        connection -> {
          try (var spelling = new Spelling(connection)) {
            return all(
                connection,
                CheckedTable.HOST_APPROVAL,
                row ->
                    new HostApproval(
                        spelling.of(row.getBytes(1)), row.getString(2), instant(row, 3)));
          }
        });
  }

  @Override
  public List<HostBlock> blocks() {
    return database.read(
        "read the blocks",
        connection ->
            all(
                connection,
                CheckedTable.HOST_BLOCK,
                row ->
                    new HostBlock(
                        name(row.getBytes(2)),
                        row.getString(3),
                        row.getString(4),
                        instant(row, 5))));
  }

  @Override
  public void put(HostApproval approval) {
    database.write(
        "approve the host " + approval.host(),
        connection ->
            CheckedTable.HOST_APPROVAL.put(
                connection,
                approval.host().toWireCanonical(),
                approval.by(),
                approval.at().toEpochMilli()));
  }

  @Override
  public void put(HostBlock block) {
    database.write(
        "block " + block.name(),
        connection ->
            CheckedTable.HOST_BLOCK.put(
                connection,
                block.name().toWireCanonical(),
                block.name().toWire(),
                block.reason(),
                block.by(),
                block.at().toEpochMilli()));
  }

  @Override
  public void removeBlock(Name name) {
    database.write(
        "unblock " + name,
        connection -> CheckedTable.HOST_BLOCK.remove(connection, name.toWireCanonical()));
  }
}
