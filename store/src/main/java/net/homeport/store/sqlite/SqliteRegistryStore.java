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
          try (var select =
                  connection.prepareStatement(
                      "SELECT id, username, secret_hash, created_at FROM credential");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              credentials.add(
                  new Credential(
                      row.getLong(1),
                      row.getString(2),
                      new SecretHash(row.getBytes(3)),
                      Instant.ofEpochMilli(row.getLong(4))));
            }
          }
          return credentials;
        });
  }

  @Override
  public List<Host> hosts() {
    return database.read(
        "read the hosts",
        connection -> {
          var hosts = new ArrayList<Host>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT spelled, zone, credential_id, ttl, created_at FROM host");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              hosts.add(
                  new Host(
                      name(row.getBytes(1)),
                      name(row.getBytes(2)),
                      row.getLong(3),
                      row.getLong(4),
                      Instant.ofEpochMilli(row.getLong(5))));
            }
          }
          return hosts;
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new IllegalStateException("the store holds a damaged host name", e);
    }
  }

  @Override
  public void addHost(Host host, @Nullable Credential credential) {
    database.write(
        "add the host " + host.name(),
        connection -> {
          if (credential != null) {
            insert(connection, credential);
          }
          return insert(connection, host);
        });
  }

  private static void insert(Connection connection, Credential credential) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO credential (id, username, secret_hash, created_at) VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, credential.id());
      insert.setString(2, credential.username());
      insert.setBytes(3, credential.secretHash().octets());
      insert.setLong(4, credential.createdAt().toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static int insert(Connection connection, Host host) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO host (name, spelled, zone, credential_id, ttl, created_at) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, host.name().toWireCanonical());
      insert.setBytes(2, host.name().toWire());
      insert.setBytes(3, host.zone().toWire());
      insert.setLong(4, host.credentialId());
      insert.setLong(5, host.ttl());
      insert.setLong(6, host.createdAt().toEpochMilli());
      return insert.executeUpdate();
    }
  }

  @Override
  public void removeHost(Name name) {
    database.write(
        "remove the host " + name,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM host WHERE name = ?")) {
            delete.setBytes(1, name.toWireCanonical());
            delete.executeUpdate();
          }
          try (var delete =
              connection.prepareStatement(
                  "DELETE FROM credential WHERE NOT EXISTS (SELECT 1 FROM host WHERE credential_id = credential.id)")) {
            return delete.executeUpdate();
          }
        });
  }
}
