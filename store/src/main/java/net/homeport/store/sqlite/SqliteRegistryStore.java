package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostEntry;
import net.homeport.registry.host.RegistryStore;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Hosts and credentials in the embedded store. */
public final class SqliteRegistryStore implements RegistryStore {
  private final SqliteDatabase database;

  public SqliteRegistryStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Credential> credentials() {
    return database.read(
        "read the credentials",
        connection -> {
          var credentials = new ArrayList<Credential>();
          CheckedTable.CREDENTIAL.forEach(
              connection,
              row ->
                  credentials.add(
                      new Credential(
                          row.getLong(1),
                          row.getString(2),
                          new SecretHash(row.getBytes(3)),
                          Instant.ofEpochMilli(row.getLong(4)))));
          return credentials;
        });
  }

  @Override
  public long lastCredentialId() {
    return database.read(
        "read which numbers credentials had",
        connection -> LastIds.last(connection, LastIds.CREDENTIAL));
  }

  @Override
  public List<Host> hosts() {
    return database.read(
        "read the hosts",
        connection -> {
          var hosts = new ArrayList<Host>();
          CheckedTable.HOST.forEach(
              connection,
              row ->
                  hosts.add(
                      new Host(
                          name(row.getBytes(2)),
                          name(row.getBytes(3)),
                          row.getLong(4),
                          row.getLong(5),
                          Instant.ofEpochMilli(row.getLong(6)))));
          return hosts;
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("a host name is illegible: " + e, e);
    }
  }

  @Override
  public void addHosts(List<HostEntry> entries) {
    database.write(
        entries.size() == 1
            ? "add the host " + entries.getFirst().host().name()
            : "add %d hosts".formatted(entries.size()),
        connection -> {
          long last = 0;
          List<Credential> made =
              entries.stream().map(HostEntry::made).filter(Objects::nonNull).toList();
          CheckedTable.CREDENTIAL.insertAll(
              connection, made.stream().map(SqliteRegistryStore::row).toList());
          CheckedTable.HOST.insertAll(
              connection, entries.stream().map(entry -> row(entry.host())).toList());
          for (Credential credential : made) {
            last = Math.max(last, credential.id());
          }
          LastIds.given(connection, LastIds.CREDENTIAL, last);
          return entries.size();
        });
  }

  static @Nullable Object[] row(Credential credential) {
    return new Object[] {
      credential.id(),
      credential.username(),
      credential.secretHash().octets(),
      credential.createdAt().toEpochMilli()
    };
  }

  private static @Nullable Object[] row(Host host) {
    return new Object[] {
      host.name().toWireCanonical(),
      host.name().toWire(),
      host.zone().toWire(),
      host.credentialId(),
      host.ttl(),
      host.createdAt().toEpochMilli()
    };
  }

  @Override
  public void removeHost(Name name) {
    database.write(
        "remove the host " + name,
        connection -> {
          byte[] key = name.toWireCanonical();
          long credential = credentialOf(connection, key);
          CheckedTable.HOST.remove(connection, key);
          try (var delete =
              connection.prepareStatement(
                  "DELETE FROM credential WHERE id = ? AND NOT EXISTS (SELECT 1 FROM host WHERE credential_id = credential.id) AND NOT EXISTS (SELECT 1 FROM credential_profile WHERE credential_id = credential.id AND separate = 1)")) {
            delete.setLong(1, credential);
            return delete.executeUpdate();
          }
        });
  }

  private static long credentialOf(Connection connection, byte[] host) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT credential_id FROM host WHERE name = ?")) {
      select.setBytes(1, host);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
