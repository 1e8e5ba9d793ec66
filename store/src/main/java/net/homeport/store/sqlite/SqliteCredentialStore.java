package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialStore;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.OlderSecret;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SigningSecret;
import org.jspecify.annotations.Nullable;

/** What is special about credentials, and when they were used, in the embedded store. */
public final class SqliteCredentialStore implements CredentialStore {
  private final SqliteDatabase database;

  public SqliteCredentialStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<CredentialProfile> profiles() {
    return database.read(
        "read the profiles of credentials",
        connection -> {
          Map<Long, List<OlderSecret>> older = older(connection);
          Map<Long, List<SigningSecret>> signing = signing(connection);
          var profiles = new ArrayList<CredentialProfile>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT credential_id, separate, comment, disabled, secret_created_at, names, types, front_doors, networks, expires_at, unused_expiry, requires_tls FROM credential_profile");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              long id = row.getLong(1);
              profiles.add(
                  new CredentialProfile(
                      id,
                      row.getBoolean(2),
                      row.getString(3),
                      row.getBoolean(4),
                      instant(row, 5),
                      older.getOrDefault(id, List.of()),
                      signing.getOrDefault(id, List.of()),
                      ScopeCodec.scope(id, row, 6)));
            }
          }
          return profiles;
        });
  }

  private static Map<Long, List<OlderSecret>> older(Connection connection) throws SQLException {
    Map<Long, List<OlderSecret>> older = new HashMap<>();
    try (var select =
            connection.prepareStatement(
                "SELECT credential_id, secret_hash, created_at, valid_until FROM credential_secret ORDER BY credential_id, position");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        older
            .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
            .add(
                new OlderSecret(
                    new SecretHash(row.getBytes(2)),
                    Instant.ofEpochMilli(row.getLong(3)),
                    Instant.ofEpochMilli(row.getLong(4))));
      }
    }
    return older;
  }

  private static Map<Long, List<SigningSecret>> signing(Connection connection) throws SQLException {
    Map<Long, List<SigningSecret>> signing = new HashMap<>();
    try (var select =
            connection.prepareStatement(
                "SELECT credential_id, sealed, created_at, valid_until FROM credential_signing ORDER BY credential_id, position");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        signing
            .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
            .add(
                new SigningSecret(
                    row.getBytes(2), Instant.ofEpochMilli(row.getLong(3)), instant(row, 4)));
      }
    }
    return signing;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static void set(PreparedStatement statement, int column, @Nullable Instant at)
      throws SQLException {
    if (at == null) {
      statement.setNull(column, Types.INTEGER);
    } else {
      statement.setLong(column, at.toEpochMilli());
    }
  }

  @Override
  public void add(Credential credential, CredentialProfile profile) {
    database.write(
        "add the credential " + credential.username(),
        connection -> {
          SqliteRegistryStore.insert(connection, credential);
          LastIds.given(connection, LastIds.CREDENTIAL, credential.id());
          return put(connection, profile);
        });
  }

  @Override
  public void change(Credential credential, CredentialProfile profile) {
    database.write(
        "change the credential " + credential.username(),
        connection -> {
          CheckedTable.CREDENTIAL.update(
              connection,
              credential.id(),
              credential.username(),
              credential.secretHash().octets(),
              credential.createdAt().toEpochMilli());
          return put(connection, profile);
        });
  }

  private static int put(Connection connection, CredentialProfile profile) throws SQLException {
    long id = profile.credentialId();
    for (String table : List.of("credential_profile", "credential_secret", "credential_signing")) {
      try (var delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE credential_id = ?")) {
        delete.setLong(1, id);
        delete.executeUpdate();
      }
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO credential_profile (credential_id, separate, comment, disabled, secret_created_at, names, types, front_doors, networks, expires_at, unused_expiry, requires_tls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, id);
      insert.setBoolean(2, profile.separate());
      insert.setString(3, profile.comment());
      insert.setBoolean(4, profile.disabled());
      set(insert, 5, profile.secretCreatedAt());
      ScopeCodec.set(insert, 6, profile.scope());
      insert.executeUpdate();
    }
    insertSecrets(connection, id, profile.older());
    return insertSigning(connection, id, profile.signing());
  }

  private static void insertSecrets(Connection connection, long id, List<OlderSecret> older)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO credential_secret (credential_id, position, secret_hash, created_at, valid_until) VALUES (?, ?, ?, ?, ?)")) {
      for (int position = 0; position < older.size(); position++) {
        OlderSecret secret = older.get(position);
        insert.setLong(1, id);
        insert.setInt(2, position);
        insert.setBytes(3, secret.hash().octets());
        insert.setLong(4, secret.createdAt().toEpochMilli());
        insert.setLong(5, secret.validUntil().toEpochMilli());
        insert.executeUpdate();
      }
    }
  }

  private static int insertSigning(Connection connection, long id, List<SigningSecret> signing)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO credential_signing (credential_id, position, sealed, created_at, valid_until) VALUES (?, ?, ?, ?, ?)")) {
      for (int position = 0; position < signing.size(); position++) {
        SigningSecret secret = signing.get(position);
        insert.setLong(1, id);
        insert.setInt(2, position);
        insert.setBytes(3, secret.sealed());
        insert.setLong(4, secret.createdAt().toEpochMilli());
        set(insert, 5, secret.validUntil());
        insert.executeUpdate();
      }
    }
    return signing.size();
  }

  /** Its profile and secrets go with it. */
  @Override
  public void remove(long credentialId) {
    database.write(
        "remove the credential " + credentialId,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM credential WHERE id = ?")) {
            delete.setLong(1, credentialId);
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public Map<Integer, int[]> uses() {
    return database.read(
        "read when credentials were used",
        connection -> {
          Map<Integer, int[]> pages = new HashMap<>();
          try (var select =
                  connection.prepareStatement("SELECT page, minutes FROM credential_use");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              int[] minutes = new int[CredentialUses.PAGE_CREDENTIALS];
              ByteBuffer octets = ByteBuffer.wrap(row.getBytes(2));
              octets.asIntBuffer().get(minutes, 0, Math.min(minutes.length, octets.limit() / 4));
              pages.put(row.getInt(1), minutes);
            }
          }
          return pages;
        });
  }

  @Override
  public void saveUses(Map<Integer, int[]> pages) {
    database.write(
        "keep when credentials were used",
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO credential_use (page, minutes) VALUES (?, ?)")) {
            for (Map.Entry<Integer, int[]> page : pages.entrySet()) {
              ByteBuffer octets = ByteBuffer.allocate(page.getValue().length * Integer.BYTES);
              octets.asIntBuffer().put(page.getValue());
              insert.setInt(1, page.getKey());
              insert.setBytes(2, octets.array());
              insert.executeUpdate();
            }
          }
          return pages.size();
        });
  }
}
