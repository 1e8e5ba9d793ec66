package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.Role;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.CredentialChange;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostRequest;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.NewCredential;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.naming.Tombstone;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was removed has its number for ever: no other thing gets it, also after a restart. */
@Timeout(60)
final class LastIdsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] KEY = new byte[32];

  private final SplittableRandom random = new SplittableRandom(1);
  private final ZoneSnapshot zones = zones();

  @TempDir Path folder = Path.of("");

  private static ZoneSnapshot zones() {
    ZoneSnapshot none = ZoneSnapshot.empty(1);
    return none.with(
        ZoneLife.created(
            none, name("home.test."), DnsText.records("home.test. 60 SOA ns. host. 1 1 1 1 1")));
  }

  private Path file() {
    return folder.resolve("test.db");
  }

  /** All that numbers credentials, over the store as it lies on the disk. */
  private final class House implements AutoCloseable {
    private final SqliteDatabase database = SqliteDatabase.open(file());
    private final HostRegistry hosts;
    private final HostCredentials credentials;

    House() {
      var hasher = new SecretHasher(KEY, random);
      var store = new SqliteCredentialStore(database);
      hosts = new HostRegistry(new SqliteRegistryStore(database), () -> zones, hasher, () -> NOW);
      credentials =
          new HostCredentials(
              hosts,
              store,
              new CredentialUses(store),
              new RequestSignatures(new SecretCipher(KEY, random), () -> NOW, "nobody's"),
              hasher);
    }

    long addHost(String name) {
      return added(hosts.add(name(name), 60));
    }

    List<Long> importHosts(String... names) {
      List<HostRequest> wanted =
          Arrays.stream(names)
              .map(each -> new HostRequest(name(each), 60, null, NameClaim.ORDINARY))
              .toList();
      return hosts.addAll(wanted, false).each().stream().map(LastIdsTest::added).toList();
    }

    long addCredential(String username) {
      var below = new NameScope.Listed(List.of(new NameScope.Entry(name("home.test."), true)));
      CredentialChange change =
          credentials.add(
              new NewCredential(username, "", CredentialScope.DEFAULT.with(below), false));
      return ((CredentialChange.Done) change).credential().id();
    }

    void removeHosts(String... names) {
      for (String each : names) {
        assertThat(hosts.remove(name(each))).isNotNull();
      }
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private static long added(HostAddition addition) {
    return ((HostAddition.Added) addition).credential().id();
  }

  @Test
  void theNumberOfARemovedCredentialIsNotGivenAgainAfterARestart() {
    var given = new ArrayList<Long>();
    try (var house = new House()) {
      given.add(house.addHost("cam.home.test."));
      house.removeHosts("cam.home.test.");
    }
    try (var house = new House()) {
      given.add(house.addCredential("router"));
      assertThat(house.credentials.remove("router")).isInstanceOf(CredentialChange.Done.class);
    }
    try (var house = new House()) {
      given.addAll(house.importHosts("a.home.test.", "b.home.test.", "c.home.test."));
      house.removeHosts("b.home.test.", "c.home.test.", "a.home.test.");
    }
    try (var house = new House()) {
      given.add(house.addHost("cam.home.test."));
    }
    assertThat(given).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aRestoredBackupGoesOnBehindTheNumbersThatItKnew() {
    long removed;
    try (var house = new House()) {
      removed = house.addHost("cam.home.test.");
      house.removeHosts("cam.home.test.");
      house.database.copyTo(folder.resolve("copy.db"));
    }
    try (var copy = SqliteDatabase.open(folder.resolve("copy.db"))) {
      assertThat(new SqliteRegistryStore(copy).lastCredentialId()).isEqualTo(removed);
    }
  }

  @Test
  void whatFailedGivesNoNumberAway() {
    try (var house = new House()) {
      long first = house.addHost("cam.home.test.");
      assertThatThrownBy(() ->
              new SqliteRegistryStore(house.database)
                  .addHost(
                      house.hosts.hosts().getFirst(),
                      new Credential(
                          first + 5, "x", new SecretHash(new byte[SecretHash.OCTETS]), NOW)))
          .isInstanceOf(SqliteStoreException.class);
      assertThat(new SqliteRegistryStore(house.database).lastCredentialId()).isEqualTo(first);
    }
  }

  @Test
  void theNumbersOfAccountsPeopleAndTokensAreNotGivenAgainEither() throws Exception {
    var given = new ArrayList<Long>();
    try (var database = SqliteDatabase.open(file())) {
      AccountRegistry registry = accounts(database);
      Account account = registry.addAccount("Example Ltd", null);
      registry.removeAccount(account, 0);
      given.add(account.id());
    }
    try (var database = SqliteDatabase.open(file())) {
      AccountRegistry registry = accounts(database);
      Person ann = registry.addPerson("ann", null);
      given.add(ann.id());
      registry.removePerson(ann);
    }
    try (var database = SqliteDatabase.open(file())) {
      AccountRegistry registry = accounts(database);
      Person bob = registry.addPerson("bob", null);
      given.add(bob.id());
      var hash = new SecretHash(new byte[SecretHash.OCTETS]);
      long token = registry.addToken(bob, hash, "", Role.VIEWER, null, null).id();
      given.add(token);
      registry.removeToken(bob, token);
    }
    try (var database = SqliteDatabase.open(file())) {
      given.add(accounts(database).addAccount("Another", null).id());
    }
    assertThat(given).doesNotHaveDuplicates().isSorted().doesNotContain(Account.HOUSE);
  }

  private static AccountRegistry accounts(SqliteDatabase database) {
    return new AccountRegistry(new SqliteAccountStore(database), () -> NOW);
  }

  @Test
  void aStoreOfAnOlderVersionGoesOnBehindAllThatItStillKnows() throws Exception {
    long removed;
    try (var house = new House()) {
      house.addHost("tv.home.test.");
      removed = house.addHost("cam.home.test.");
      new SqliteCredentialStore(house.database).saveUses(Map.of(0, new int[1024]));
      house.removeHosts("cam.home.test.");
      new SqliteNameStore(house.database)
          .put(
              new Tombstone(
                  name("cam.home.test."), name("home.test."), "cam", 77, NOW, NOW.plusSeconds(9)));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      OlderStore.make(connection, 16);
    }
    try (var house = new House()) {
      assertThat(house.addHost("cam.home.test.")).isGreaterThan(removed);
      // The name is kept back for the account 77, which is gone: another one must not have it.
      assertThat(accounts(house.database).addAccount("Another", null).id()).isGreaterThan(77);
    }
  }

  @Test
  void aLostOrAlteredNumberIsRefused() throws Exception {
    for (String damage :
        List.of("UPDATE last_id SET value = 0", "DELETE FROM last_id WHERE name = 'credential'")) {
      Files.deleteIfExists(file());
      new House().close();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
          var statement = connection.createStatement()) {
        // As a disk would: past the triggers.
        statement.execute("DROP TRIGGER last_id_sum_DELETE");
        statement.execute("DROP TRIGGER last_id_sum_UPDATE");
        statement.execute(damage);
      }
      assertThatThrownBy(
              () -> {
                try (var database = SqliteDatabase.open(file())) {
                  new SqliteRegistryStore(database).lastCredentialId();
                }
              })
          .isInstanceOf(SqliteStoreException.class)
          .hasMessageContaining("last_id");
    }
  }
}
