package net.homeport.store.sqlite;

import java.io.IOException;
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

  private <T> List<T> all(String what, CheckedTable table, RowReader<T> reader) {
    return database.read(
        "read the " + what,
        connection -> {
          var all = new ArrayList<T>();
          table.forEach(connection, row -> all.add(reader.read(row)));
          return all;
        });
  }

  /** Of something that may have a number that is new. */
  private void putNumbered(String what, CheckedTable table, long id, @Nullable Object... values) {
    database.write(
        what,
        connection -> {
          LastIds.given(connection, LastIds.ACCOUNT, id);
          return table.put(connection, values);
        });
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
        CheckedTable.ACCOUNT,
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
        CheckedTable.PERSON,
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
        CheckedTable.MEMBERSHIP,
        row -> new Membership(row.getLong(1), row.getLong(2), Role.valueOf(row.getString(3))));
  }

  @Override
  public List<PersonalToken> tokens() {
    return all(
        "tokens of people",
        CheckedTable.PERSONAL_TOKEN,
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
        CheckedTable.NAME_GRANT,
        row -> new NameGrant(row.getLong(1), name(row.getBytes(2))));
  }

  @Override
  public void put(Account account) {
    putNumbered(
        "keep the account " + account.name(),
        CheckedTable.ACCOUNT,
        account.id(),
        account.id(),
        account.name(),
        account.hostsMax(),
        account.suspended(),
        account.createdAt().toEpochMilli());
  }

  @Override
  public void removeAccount(long id) {
    database.write(
        "remove an account",
        connection -> {
          CheckedTable.MEMBERSHIP.remove(connection, id);
          CheckedTable.NAME_GRANT.remove(connection, id);
          try (var delete =
              connection.prepareStatement("DELETE FROM personal_token WHERE account_id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
          }
          return CheckedTable.ACCOUNT.remove(connection, id);
        });
  }

  @Override
  public void put(Person person) {
    putNumbered(
        "keep the person " + person.name(),
        CheckedTable.PERSON,
        person.id(),
        person.id(),
        person.name(),
        person.passwordHash(),
        person.disabled(),
        person.createdAt().toEpochMilli());
  }

  @Override
  public void removePerson(long id) {
    database.write("remove a person", connection -> CheckedTable.PERSON.remove(connection, id));
  }

  @Override
  public void put(Membership membership) {
    database.write(
        "keep a member's role",
        connection ->
            CheckedTable.MEMBERSHIP.put(
                connection,
                membership.accountId(),
                membership.personId(),
                membership.role().name()));
  }

  @Override
  public void removeMembership(long accountId, long personId) {
    database.write(
        "remove a member",
        connection -> CheckedTable.MEMBERSHIP.remove(connection, accountId, personId));
  }

  @Override
  public void put(PersonalToken token) {
    Instant expires = token.expiresAt();
    putNumbered(
        "keep a token",
        CheckedTable.PERSONAL_TOKEN,
        token.id(),
        token.id(),
        token.personId(),
        token.hash().octets(),
        token.label(),
        token.limit().name(),
        token.accountId(),
        expires == null ? null : expires.toEpochMilli(),
        token.createdAt().toEpochMilli());
  }

  @Override
  public void removeToken(long id) {
    database.write(
        "remove a token", connection -> CheckedTable.PERSONAL_TOKEN.remove(connection, id));
  }

  @Override
  public void put(NameGrant grant) {
    database.write(
        "let an account have names",
        connection ->
            CheckedTable.NAME_GRANT.put(
                connection, grant.accountId(), grant.subtree().toWireCanonical()));
  }

  @Override
  public void removeGrant(long accountId, Name subtree) {
    database.write(
        "end that an account may have names",
        connection ->
            CheckedTable.NAME_GRANT.remove(connection, accountId, subtree.toWireCanonical()));
  }
}
