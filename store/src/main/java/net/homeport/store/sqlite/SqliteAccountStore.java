package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountStore;
import net.homeport.registry.account.Membership;
import net.homeport.registry.account.NameGrant;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.PersonalToken;
import net.homeport.registry.account.Role;
import net.homeport.registry.credential.SecretHash;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Accounts and people in the embedded store. */
public final class SqliteAccountStore implements AccountStore {
  private final SqliteDatabase database;

  public SqliteAccountStore(SqliteDatabase database) {
    this.database = database;
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private <T> List<T> all(String what, String sql, RowReader<T> reader) {
    return database.read(
        "read the " + what,
        connection -> {
          var all = new ArrayList<T>();
          try (var select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              all.add(reader.read(row));
            }
          }
          return all;
        });
  }

  private void write(String what, String sql, Parameters parameters) {
    database.write(what, connection -> run(connection, sql, parameters));
  }

  /** As the other one, of something that may have a number that is new. */
  private void write(String what, long id, String sql, Parameters parameters) {
    database.write(
        what,
        connection -> {
          LastIds.given(connection, LastIds.ACCOUNT, id);
          return run(connection, sql, parameters);
        });
  }

  private static int run(Connection connection, String sql, Parameters parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      return statement.executeUpdate();
    }
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static @Nullable Integer intOrNull(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("a name that an account may have is no name", e);
    }
  }

  @Override
  public long lastId() {
    return database.read(
        "read which numbers accounts and people had",
        connection -> LastIds.last(connection, LastIds.ACCOUNT));
  }

  @Override
  public List<Account> accounts() {
    return all(
        "accounts",
        "SELECT id, name, hosts_max, suspended, created_at FROM account",
        row ->
            new Account(
                row.getLong(1),
                row.getString(2),
                intOrNull(row, 3),
                row.getBoolean(4),
                time(row.getLong(5))));
  }

  @Override
  public List<Person> people() {
    return all(
        "people",
        "SELECT id, name, password_hash, disabled, created_at FROM person",
        row ->
            new Person(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                time(row.getLong(5))));
  }

  @Override
  public List<Membership> memberships() {
    return all(
        "members of accounts",
        "SELECT account_id, person_id, role FROM membership",
        row -> new Membership(row.getLong(1), row.getLong(2), Role.valueOf(row.getString(3))));
  }

  @Override
  public List<PersonalToken> tokens() {
    return all(
        "tokens of people",
        "SELECT id, person_id, secret_hash, label, role_limit, account_id, expires_at, created_at FROM personal_token",
        row -> {
          Long expires = longOrNull(row, 7);
          return new PersonalToken(
              row.getLong(1),
              row.getLong(2),
              new SecretHash(row.getBytes(3)),
              row.getString(4),
              Role.valueOf(row.getString(5)),
              longOrNull(row, 6),
              expires == null ? null : time(expires),
              time(row.getLong(8)));
        });
  }

  @Override
  public List<NameGrant> grants() {
    return all(
        "names of accounts",
        "SELECT account_id, subtree FROM name_grant",
        row -> new NameGrant(row.getLong(1), name(row.getBytes(2))));
  }

  @Override
  public void put(Account account) {
    write(
        "keep the account " + account.name(),
        account.id(),
        "INSERT OR REPLACE INTO account (id, name, hosts_max, suspended, created_at) VALUES (?, ?, ?, ?, ?)",
        row -> {
          row.setLong(1, account.id());
          row.setString(2, account.name());
          row.setObject(3, account.hostsMax());
          row.setBoolean(4, account.suspended());
          row.setLong(5, account.createdAt().toEpochMilli());
        });
  }

  @Override
  public void removeAccount(long id) {
    database.write(
        "remove an account",
        connection -> {
          for (String table : List.of("membership", "name_grant", "personal_token")) {
            run(connection, "DELETE FROM " + table + " WHERE account_id = ?", by(id));
          }
          return run(connection, "DELETE FROM account WHERE id = ?", by(id));
        });
  }

  private static Parameters by(long id) {
    return row -> row.setLong(1, id);
  }

  @Override
  public void put(Person person) {
    // Not INSERT OR REPLACE, which deletes first, and roles and tokens with it.
    write(
        "keep the person " + person.name(),
        person.id(),
        "INSERT INTO person (id, name, password_hash, disabled, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash, disabled = excluded.disabled",
        row -> {
          row.setLong(1, person.id());
          row.setString(2, person.name());
          row.setString(3, person.passwordHash());
          row.setBoolean(4, person.disabled());
          row.setLong(5, person.createdAt().toEpochMilli());
        });
  }

  @Override
  public void removePerson(long id) {
    write("remove a person", "DELETE FROM person WHERE id = ?", by(id));
  }

  @Override
  public void put(Membership membership) {
    write(
        "keep a member's role",
        "INSERT OR REPLACE INTO membership (account_id, person_id, role) VALUES (?, ?, ?)",
        row -> {
          row.setLong(1, membership.accountId());
          row.setLong(2, membership.personId());
          row.setString(3, membership.role().name());
        });
  }

  @Override
  public void removeMembership(long accountId, long personId) {
    write(
        "remove a member",
        "DELETE FROM membership WHERE account_id = ? AND person_id = ?",
        row -> {
          row.setLong(1, accountId);
          row.setLong(2, personId);
        });
  }

  @Override
  public void put(PersonalToken token) {
    write(
        "keep a token",
        token.id(),
        "INSERT INTO personal_token (id, person_id, secret_hash, label, role_limit, account_id, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row -> {
          Instant expires = token.expiresAt();
          row.setLong(1, token.id());
          row.setLong(2, token.personId());
          row.setBytes(3, token.hash().octets());
          row.setString(4, token.label());
          row.setString(5, token.limit().name());
          row.setObject(6, token.accountId());
          row.setObject(7, expires == null ? null : expires.toEpochMilli());
          row.setLong(8, token.createdAt().toEpochMilli());
        });
  }

  @Override
  public void removeToken(long id) {
    write("remove a token", "DELETE FROM personal_token WHERE id = ?", by(id));
  }

  @Override
  public void put(NameGrant grant) {
    write(
        "let an account have names",
        "INSERT OR REPLACE INTO name_grant (account_id, subtree) VALUES (?, ?)",
        row -> grant(row, grant.accountId(), grant.subtree()));
  }

  private static void grant(PreparedStatement row, long accountId, Name subtree)
      throws SQLException {
    row.setLong(1, accountId);
    row.setBytes(2, subtree.toWireCanonical());
  }

  @Override
  public void removeGrant(long accountId, Name subtree) {
    write(
        "end that an account may have names",
        "DELETE FROM name_grant WHERE account_id = ? AND subtree = ?",
        row -> grant(row, accountId, subtree));
  }
}
