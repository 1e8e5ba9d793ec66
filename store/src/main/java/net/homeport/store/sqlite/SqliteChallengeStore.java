package net.homeport.store.sqlite;

import java.io.IOException;
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
          CheckedTable.CHALLENGE_CLIENT.forEach(
              connection,
              row ->
                  all.add(
                      new ChallengeRegistration(
                          row.getString(1),
                          name(row.getBytes(2)),
                          new SecretHash(row.getBytes(3)),
                          row.getString(4).lines().map(AddressBlock::parse).toList(),
                          Instant.ofEpochMilli(row.getLong(5)),
                          row.getLong(6))));
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
        connection ->
            CheckedTable.CHALLENGE_CLIENT.insert(
                connection,
                registration.id(),
                registration.host().toWire(),
                registration.secretHash().octets(),
                registration.allowedFrom().stream()
                    .map(AddressBlock::toString)
                    .collect(Collectors.joining("\n")),
                registration.createdAt().toEpochMilli(),
                registration.credentialId()));
  }

  @Override
  public void remove(String id) {
    database.write(
        "remove a client of challenges",
        connection -> CheckedTable.CHALLENGE_CLIENT.remove(connection, id));
  }
}
