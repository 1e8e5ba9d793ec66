package net.homeport.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.homeport.registry.liveness.ClientKind;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.liveness.LivenessStore;
import net.homeport.registry.liveness.SeenRow;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthStore;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** When hosts were heard, and what was said about silence and addresses, in the embedded store. */
public final class SqliteLivenessStore implements LivenessStore, TruthStore {
  private static final String LISTENED = "liveness.listened";

  private final SqliteDatabase database;

  public SqliteLivenessStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void eachSeen(Consumer<SeenRow> taker) {
    database.readApart(
        "read when hosts were heard",
        connection -> {
          try (var select =
                  connection.prepareStatement(
                      "SELECT name, seen_at, client, gaps, acted FROM host_seen");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              taker.accept(seen(row));
            }
          }
          return 0;
        });
  }

  private static SeenRow seen(ResultSet row) throws SQLException {
    try {
      return new SeenRow(
          new Name(row.getBytes(1)),
          Instant.ofEpochMilli(row.getLong(2)),
          ClientKind.valueOf(row.getString(3)),
          Arrays.stream(row.getString(4).split(" ", -1)).map(Integer::valueOf).toList(),
          LivenessState.valueOf(row.getString(5)));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedContentException("when a host was heard is illegible: " + e, e);
    }
  }

  @Override
  public void keepSeen(List<SeenRow> rows) {
    database.write(
        "keep when hosts were heard",
        connection -> {
          // A host that was removed meanwhile has no row any more that this could belong to.
          try (var put =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO host_seen (name, seen_at, client, gaps, acted) SELECT name, ?, ?, ?, ? FROM host WHERE name = ?")) {
            for (SeenRow row : rows) {
              put.setLong(1, row.at().toEpochMilli());
              put.setString(2, row.client().name());
              put.setString(
                  3, row.gaps().stream().map(String::valueOf).collect(Collectors.joining(" ")));
              put.setString(4, row.acted().name());
              put.setBytes(5, row.host().toWireCanonical());
              put.executeUpdate();
            }
          }
          return 0;
        });
  }

  @Override
  public @Nullable Listened listened() {
    byte[] value = database.setting(LISTENED);
    if (value == null || value.length != 2 * Long.BYTES) {
      return null;
    }
    ByteBuffer octets = ByteBuffer.wrap(value);
    return new Listened(
        Instant.ofEpochMilli(octets.getLong()), Instant.ofEpochMilli(octets.getLong()));
  }

  @Override
  public void keepListened(Listened listened) {
    database.putSetting(
        LISTENED,
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(listened.since().toEpochMilli())
            .putLong(listened.until().toEpochMilli())
            .array());
  }

  @Override
  public void eachHostSettings(BiConsumer<Name, LivenessSettings> taker) {
    each(
        CheckedTable.HOST_LIVENESS,
        (name, text) -> taker.accept(name, LivenessText.settings(text)));
  }

  @Override
  public void eachZoneSettings(BiConsumer<Name, LivenessSettings> taker) {
    each(
        CheckedTable.ZONE_LIVENESS,
        (name, text) -> taker.accept(name, LivenessText.settings(text)));
  }

  @Override
  public void eachTruthPolicy(BiConsumer<Name, TruthPolicy> taker) {
    each(CheckedTable.ZONE_TRUTH, (name, text) -> taker.accept(name, LivenessText.policy(text)));
  }

  private void each(CheckedTable table, BiConsumer<Name, String> taker) {
    database.readApart(
        "read the policies about liveness",
        connection -> {
          table.forEach(
              connection,
              row -> taker.accept(SqlitePolicyStore.name(row.getBytes(1)), row.getString(2)));
          return 0;
        });
  }

  @Override
  public void putHostSettings(Name host, LivenessSettings settings) {
    put(CheckedTable.HOST_LIVENESS, host, LivenessText.of(settings));
  }

  @Override
  public void putZoneSettings(Name zone, LivenessSettings settings) {
    put(CheckedTable.ZONE_LIVENESS, zone, LivenessText.of(settings));
  }

  @Override
  public void putTruthPolicy(Name zone, TruthPolicy policy) {
    put(CheckedTable.ZONE_TRUTH, zone, LivenessText.of(policy));
  }

  private void put(CheckedTable table, Name name, String text) {
    byte[] key = name.toWireCanonical();
    database.write(
        "keep a policy about liveness",
        connection -> {
          if (text.isEmpty()) {
            return table.remove(connection, key);
          }
          // A host that was removed meanwhile has no row any more that this could belong to.
          return table == CheckedTable.HOST_LIVENESS && !hasHost(connection, key)
              ? 0
              : table.put(connection, key, text);
        });
  }

  /** Whether there is a host of this name, in lower case. */
  static boolean hasHost(Connection connection, byte[] name) throws SQLException {
    try (var select = connection.prepareStatement("SELECT 1 FROM host WHERE name = ?")) {
      select.setBytes(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
