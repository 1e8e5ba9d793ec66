package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostEntry;
import net.homeport.registry.host.RegistryStore;
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
          for (HostEntry entry : entries) {
            Credential made = entry.made();
            if (made != null) {
              insert(connection, made);
              last = Math.max(last, made.id());
            }
            insert(connection, entry.host());
          }
          LastIds.given(connection, LastIds.CREDENTIAL, last);
          return entries.size();
        });
  }

  static void insert(Connection connection, Credential credential) throws SQLException {
    CheckedTable.CREDENTIAL.insert(
        connection,
        credential.id(),
        credential.username(),
        credential.secretHash().octets(),
        credential.createdAt().toEpochMilli());
  }

  private static int insert(Connection connection, Host host) throws SQLException {
    return CheckedTable.HOST.insert(
        connection,
        host.name().toWireCanonical(),
        host.name().toWire(),
        host.zone().toWire(),
        host.credentialId(),
        host.ttl(),
        host.createdAt().toEpochMilli());
  }

  @Override
  public void removeHost(Name name) {
    database.write(
        "remove the host " + name,
        connection -> {
          byte[] key = name.toWireCanonical();
          long credential = credentialOf(connection, key);
          try (var delete = connection.prepareStatement("DELETE FROM host WHERE name = ?")) {
            delete.setBytes(1, key);
            delete.executeUpdate();
          }
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
