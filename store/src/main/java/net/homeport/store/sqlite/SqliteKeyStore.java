package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
          Map<Name, List<SealedSecret>> secrets = secrets(connection);
          Map<Name, SortedMap<Integer, String>> rules = rules(connection);
          var keys = new ArrayList<StoredKey>();
          CheckedTable.UPDATE_KEY.forEach(
              connection,
              row -> {
                Name name = name(row.getBytes(2));
                keys.add(
                    new StoredKey(
                        name,
                        row.getString(3),
                        secrets.getOrDefault(name, List.of()),
                        publicHalf(name, row.getBytes(4)),
                        row.getString(5),
                        Instant.ofEpochMilli(row.getLong(6)),
                        row.getBoolean(7),
                        rules.getOrDefault(name, new TreeMap<>())));
              });
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

  /** Of all keys, the newest first. */
  private static Map<Name, List<SealedSecret>> secrets(Connection connection) throws SQLException {
    var ordered = new HashMap<Name, SortedMap<Integer, SealedSecret>>();
    CheckedTable.UPDATE_KEY_SECRET.forEach(
        connection,
        row -> {
          long until = row.getLong(5);
          Instant validUntil = row.wasNull() ? null : Instant.ofEpochMilli(until);
          var secret =
              new SealedSecret(row.getBytes(3), Instant.ofEpochMilli(row.getLong(4)), validUntil);
          ordered
              .computeIfAbsent(name(row.getBytes(1)), _ -> new TreeMap<>())
              .put(row.getInt(2), secret);
        });
    var secrets = new HashMap<Name, List<SealedSecret>>();
    ordered.forEach((key, each) -> secrets.put(key, List.copyOf(each.values())));
    return secrets;
  }

  private static Map<Name, SortedMap<Integer, String>> rules(Connection connection)
      throws SQLException {
    var rules = new HashMap<Name, SortedMap<Integer, String>>();
    CheckedTable.UPDATE_KEY_RULE.forEach(
        connection,
        row ->
            rules
                .computeIfAbsent(name(row.getBytes(1)), _ -> new TreeMap<>())
                .put(row.getInt(2), row.getString(3)));
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
    KEYRecord half = key.publicHalf();
    CheckedTable.UPDATE_KEY.insert(
        connection,
        id,
        key.name().toWire(),
        key.algorithm(),
        half == null ? null : half.rdataToWireCanonical(),
        key.comment(),
        key.createdAt().toEpochMilli(),
        key.disabled());
  }

  private static void insertSecrets(Connection connection, byte[] id, List<SealedSecret> secrets)
      throws SQLException {
    for (int position = 0; position < secrets.size(); position++) {
      SealedSecret secret = secrets.get(position);
      Instant until = secret.validUntil();
      CheckedTable.UPDATE_KEY_SECRET.insert(
          connection,
          id,
          position,
          secret.octets(),
          secret.createdAt().toEpochMilli(),
          until == null ? null : until.toEpochMilli());
    }
  }

  private static void insertRules(Connection connection, byte[] id, Map<Integer, String> rules)
      throws SQLException {
    for (Map.Entry<Integer, String> rule : rules.entrySet()) {
      CheckedTable.UPDATE_KEY_RULE.insert(connection, id, rule.getKey(), rule.getValue());
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
