package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.challenge.ChallengeRegistration;
import net.homeport.registry.challenge.ChallengeStore;
import net.homeport.registry.credential.SecretHash;
import net.homeport.zone.address.AddressBlock;
import org.xbill.DNS.Name;

/** Clients that answer ACME challenges, in the embedded store. */
public final class SqliteChallengeStore implements ChallengeStore {
  private final SqliteDatabase database;

  public SqliteChallengeStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<ChallengeRegistration> registrations() {
    return database.read(
        "read the clients of challenges",
        connection -> {
          var all = new ArrayList<ChallengeRegistration>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT id, host, secret_hash, allowed_from, created_at FROM challenge_client");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              all.add(
                  new ChallengeRegistration(
                      row.getString(1),
                      name(row.getBytes(2)),
                      new SecretHash(row.getBytes(3)),
                      row.getString(4).lines().map(AddressBlock::parse).toList(),
                      Instant.ofEpochMilli(row.getLong(5))));
            }
          }
          return all;
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("the host of a client of challenges is no name", e);
    }
  }

  @Override
  public void put(ChallengeRegistration registration) {
    database.write(
        "keep a client of challenges",
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT INTO challenge_client (id, host, secret_hash, allowed_from, created_at) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, registration.id());
            insert.setBytes(2, registration.host().toWire());
            insert.setBytes(3, registration.secretHash().octets());
            insert.setString(
                4,
                registration.allowedFrom().stream()
                    .map(AddressBlock::toString)
                    .collect(Collectors.joining("\n")));
            insert.setLong(5, registration.createdAt().toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void remove(String id) {
    database.write(
        "remove a client of challenges",
        connection -> {
          try (var delete =
              connection.prepareStatement("DELETE FROM challenge_client WHERE id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate();
          }
        });
  }
}
