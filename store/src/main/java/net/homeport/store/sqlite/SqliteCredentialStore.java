package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
          CheckedTable.CREDENTIAL_PROFILE.forEach(
              connection,
              row -> {
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
              });
          return profiles;
        });
  }

  private static Map<Long, List<OlderSecret>> older(Connection connection) throws SQLException {
    Map<Long, List<OlderSecret>> older = new HashMap<>();
    CheckedTable.CREDENTIAL_SECRET.forEach(
        connection,
        row ->
            older
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                .add(
                    new OlderSecret(
                        new SecretHash(row.getBytes(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Instant.ofEpochMilli(row.getLong(5)))));
    return older;
  }

  private static Map<Long, List<SigningSecret>> signing(Connection connection) throws SQLException {
    Map<Long, List<SigningSecret>> signing = new HashMap<>();
    CheckedTable.CREDENTIAL_SIGNING.forEach(
        connection,
        row ->
            signing
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                .add(
                    new SigningSecret(
                        row.getBytes(3), Instant.ofEpochMilli(row.getLong(4)), instant(row, 5))));
    return signing;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  @Override
  public void add(Credential credential, CredentialProfile profile) {
    database.write(
        "add the credential " + credential.username(),
        connection -> {
          CheckedTable.CREDENTIAL.insert(connection, SqliteRegistryStore.row(credential));
          LastIds.given(connection, LastIds.CREDENTIAL, credential.id());
          return put(connection, profile);
        });
  }

  @Override
  public void change(Credential credential, CredentialProfile profile) {
    database.write(
        "change the credential " + credential.username(),
        connection -> {
          CheckedTable.CREDENTIAL.update(connection, SqliteRegistryStore.row(credential));
          return put(connection, profile);
        });
  }

  private static int put(Connection connection, CredentialProfile profile) throws SQLException {
    long id = profile.credentialId();
    var row = new ArrayList<@Nullable Object>();
    row.add(id);
    row.add(profile.separate());
    row.add(profile.comment());
    row.add(profile.disabled());
    row.add(millis(profile.secretCreatedAt()));
    row.addAll(ScopeCodec.values(profile.scope()));
    CheckedTable.CREDENTIAL_PROFILE.put(connection, row.toArray());
    CheckedTable.CREDENTIAL_SECRET.remove(connection, id);
    var older = new ArrayList<@Nullable Object[]>();
    for (OlderSecret secret : profile.older()) {
      older.add(
          new Object[] {
            id,
            older.size(),
            secret.hash().octets(),
            secret.createdAt().toEpochMilli(),
            secret.validUntil().toEpochMilli()
          });
    }
    CheckedTable.CREDENTIAL_SECRET.insertAll(connection, older);
    CheckedTable.CREDENTIAL_SIGNING.remove(connection, id);
    var signing = new ArrayList<@Nullable Object[]>();
    for (SigningSecret secret : profile.signing()) {
      signing.add(
          new @Nullable Object[] {
            id,
            signing.size(),
            secret.sealed(),
            secret.createdAt().toEpochMilli(),
            millis(secret.validUntil())
          });
    }
    return CheckedTable.CREDENTIAL_SIGNING.insertAll(connection, signing);
  }

  /** Its profile and secrets go with it. */
  @Override
  public void remove(long credentialId) {
    database.write(
        "remove the credential " + credentialId,
        connection -> CheckedTable.CREDENTIAL.remove(connection, credentialId));
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
