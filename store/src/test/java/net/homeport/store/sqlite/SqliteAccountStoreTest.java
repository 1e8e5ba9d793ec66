package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.Role;
import net.homeport.registry.credential.SecretHash;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, people and details of hosts after a restart. */
final class SqliteAccountStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path folder = Path.of("");

  private SqliteDatabase open() {
    return SqliteDatabase.open(folder.resolve("homeport.db"));
  }

  private static AccountRegistry registry(SqliteDatabase database) {
    return new AccountRegistry(new SqliteAccountStore(database), () -> NOW);
  }

  private static SecretHash hash(int first) {
    byte[] octets = new byte[SecretHash.OCTETS];
    octets[0] = (byte) first;
    return new SecretHash(octets);
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    Account account;
    Person ann;
    try (var database = open()) {
      AccountRegistry registry = registry(database);
      account = registry.addAccount("Example Ltd", 300);
      ann = registry.addPerson("ann@example.org", "$argon2id$");
      registry.setRole(account, ann, Role.OPERATOR);
      registry.setRole(account, ann, Role.OWNER);
      registry.grant(account, DnsText.name("Branches.dyn.test."));
      registry.grant(account, DnsText.name("branches.dyn.test."));
      registry.addToken(ann, hash(1), "laptop", Role.VIEWER, account.id(), NOW.plusSeconds(60));
      registry.addToken(ann, hash(2), "", Role.OWNER, null, null);
      registry.setPassword(ann, "$other");
    }
    try (var database = open()) {
      AccountRegistry registry = registry(database);
      assertThat(registry.account(account.id())).isEqualTo(account);
      assertThat(registry.person(ann.id()))
          .isEqualTo(new Person(ann.id(), ann.name(), "$other", false, NOW));
      assertThat(registry.role(account.id(), ann.id())).isEqualTo(Role.OWNER);
      assertThat(registry.grants(account.id())).hasSize(1);
      assertThat(registry.tokens(ann.id())).hasSize(2);
      assertThat(registry.token(hash(1)))
          .matches(token -> token.limit() == Role.VIEWER && token.label().equals("laptop"));
      // Numbers are never given twice.
      assertThat(registry.addAccount("Another", null).id()).isGreaterThan(ann.id());
      registry.removePerson(ann);
      registry.removeAccount(account, 0);
    }
    try (var database = open()) {
      AccountRegistry registry = registry(database);
      assertThat(registry.accounts()).extracting(Account::name).containsExactly("Another", "house");
      assertThat(registry.people()).isEmpty();
      assertThat(registry.token(hash(1))).isNull();
      assertThat(new SqliteAccountStore(database).memberships()).isEmpty();
      assertThat(new SqliteAccountStore(database).grants()).isEmpty();
    }
  }

  @Test
  void aSuspendedAccountAndADisabledPersonStaySo() throws Exception {
    try (var database = open()) {
      AccountRegistry registry = registry(database);
      registry.change(registry.addAccount("a", null), 5, true);
      registry.setDisabled(registry.addPerson("p", null), true);
    }
    try (var database = open()) {
      AccountRegistry registry = registry(database);
      assertThat(registry.account("a")).matches(Account::suspended);
      assertThat(registry.person("p")).matches(Person::disabled);
    }
  }

  @Test
  void whoseAHostIsAndItsLabels() {
    var name = DnsText.name("Cam.home.test.");
    var detail =
        new HostDetail(7, new TreeMap<>(Map.of("device", "camera", "place", "a=b, \u00fc")));
    try (var database = open()) {
      var store = new SqliteHostDetailStore(database);
      store.putAll(Map.of(name, new HostDetail(3, new TreeMap<>())));
      store.putAll(Map.of(name, detail));
    }
    try (var database = open()) {
      var store = new SqliteHostDetailStore(database);
      assertThat(store.details()).isEqualTo(Map.of(name, detail));
      store.removeAll(Set.of(name));
      assertThat(store.details()).isEmpty();
    }
  }
}
