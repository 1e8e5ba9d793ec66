package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.homeport.registry.key.KeyStore;
import net.homeport.registry.key.SealedSecret;
import net.homeport.registry.key.StoredKey;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Keys of updates in the embedded store; it never sees a secret that is not encrypted. */
public final class SqliteKeyStore implements KeyStore {
  private final SqliteDatabase database;

  public SqliteKeyStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<StoredKey> keys() {
    return database.read(
        "read the update keys",
        connection -> {
          var keys = new ArrayList<StoredKey>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT name, spelled, algorithm, public_half, comment, created_at, disabled FROM update_key");
              var secrets =
                  connection.prepareStatement(
                      "SELECT sealed, created_at, valid_until FROM update_key_secret WHERE key_name = ? ORDER BY position");
              var rules =
                  connection.prepareStatement(
                      "SELECT number, text FROM update_key_rule WHERE key_name = ?");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              byte[] id = row.getBytes(1);
              Name name = name(row.getBytes(2));
              keys.add(
                  new StoredKey(
                      name,
                      row.getString(3),
                      secrets(secrets, id),
                      publicHalf(name, row.getBytes(4)),
                      row.getString(5),
                      Instant.ofEpochMilli(row.getLong(6)),
                      row.getBoolean(7),
                      rules(rules, id)));
            }
          }
          return keys;
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("the name of an update key is illegible: " + e, e);
    }
  }

  private static @Nullable KEYRecord publicHalf(Name name, byte @Nullable [] rdata) {
    if (rdata == null) {
      return null;
    }
    try {
      if (Record.newRecord(name, Type.KEY, DClass.IN, 0, rdata) instanceof KEYRecord key) {
        return key;
      }
    } catch (RuntimeException e) {
      throw new DamagedContentException("the KEY record of " + name + " is illegible: " + e, e);
    }
    throw new DamagedContentException("the KEY record of " + name + " is none");
  }

  private static List<SealedSecret> secrets(PreparedStatement select, byte[] key)
      throws SQLException {
    var secrets = new ArrayList<SealedSecret>();
    select.setBytes(1, key);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long until = row.getLong(3);
        Instant validUntil = row.wasNull() ? null : Instant.ofEpochMilli(until);
        secrets.add(
            new SealedSecret(row.getBytes(1), Instant.ofEpochMilli(row.getLong(2)), validUntil));
      }
    }
    return secrets;
  }

  private static SortedMap<Integer, String> rules(PreparedStatement select, byte[] key)
      throws SQLException {
    SortedMap<Integer, String> rules = new TreeMap<>();
    select.setBytes(1, key);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rules.put(row.getInt(1), row.getString(2));
      }
    }
    return rules;
  }

  @Override
  public void put(StoredKey key) {
    database.write(
        "keep the update key " + key.name(),
        connection -> {
          byte[] id = key.name().toWireCanonical();
          delete(connection, id);
          insert(connection, id, key);
          insertSecrets(connection, id, key.secrets());
          insertRules(connection, id, key.rules());
          return id.length;
        });
  }

  private static void insert(Connection connection, byte[] id, StoredKey key) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO update_key (name, spelled, algorithm, public_half, comment, created_at, disabled) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      KEYRecord half = key.publicHalf();
      insert.setBytes(1, id);
      insert.setBytes(2, key.name().toWire());
      insert.setString(3, key.algorithm());
      if (half == null) {
        insert.setNull(4, Types.BLOB);
      } else {
        insert.setBytes(4, half.rdataToWireCanonical());
      }
      insert.setString(5, key.comment());
      insert.setLong(6, key.createdAt().toEpochMilli());
      insert.setBoolean(7, key.disabled());
      insert.executeUpdate();
    }
  }

  private static void insertSecrets(Connection connection, byte[] id, List<SealedSecret> secrets)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO update_key_secret (key_name, position, sealed, created_at, valid_until) VALUES (?, ?, ?, ?, ?)")) {
      for (int position = 0; position < secrets.size(); position++) {
        SealedSecret secret = secrets.get(position);
        Instant until = secret.validUntil();
        insert.setBytes(1, id);
        insert.setInt(2, position);
        insert.setBytes(3, secret.octets());
        insert.setLong(4, secret.createdAt().toEpochMilli());
        if (until == null) {
          insert.setNull(5, Types.INTEGER);
        } else {
          insert.setLong(5, until.toEpochMilli());
        }
        insert.executeUpdate();
      }
    }
  }

  private static void insertRules(Connection connection, byte[] id, Map<Integer, String> rules)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO update_key_rule (key_name, number, text) VALUES (?, ?, ?)")) {
      for (Map.Entry<Integer, String> rule : rules.entrySet()) {
        insert.setBytes(1, id);
        insert.setInt(2, rule.getKey());
        insert.setString(3, rule.getValue());
        insert.executeUpdate();
      }
    }
  }

  @Override
  public void remove(Name name) {
    database.write(
        "remove the update key " + name, connection -> delete(connection, name.toWireCanonical()));
  }

  /** Its secrets and rules go with it. */
  private static int delete(Connection connection, byte[] id) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM update_key WHERE name = ?")) {
      delete.setBytes(1, id);
      return delete.executeUpdate();
    }
  }
}
