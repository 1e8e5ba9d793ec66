package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.OlderSecret;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SigningSecret;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** What is special about credentials, in the embedded store: it comes back as it was. */
final class SqliteCredentialStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteRegistryStore hosts;
  private SqliteCredentialStore store;

  @SuppressWarnings("NullAway.Init") // all: before each test
  SqliteCredentialStoreTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    hosts = new SqliteRegistryStore(database);
    store = new SqliteCredentialStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  private static SecretHash hash(int of) {
    byte[] octets = new byte[SecretHash.OCTETS];
    octets[0] = (byte) of;
    return new SecretHash(octets);
  }

  private static Credential credential(long id, String username, int secret) {
    return new Credential(id, username, hash(secret), NOW);
  }

  private static Host host(String name, long credential) {
    return new Host(name(name), name("home.test."), credential, 60, NOW);
  }

  private static CredentialProfile full(long id) {
    return new CredentialProfile(
        id,
        true,
        "for the router",
        true,
        NOW.plusSeconds(1),
        List.of(
            new OlderSecret(hash(8), NOW, NOW.plusSeconds(9)),
            new OlderSecret(hash(9), NOW.minusSeconds(5), NOW.plusSeconds(3))),
        List.of(),
        new CredentialScope(
            new NameScope.Listed(
                List.of(
                    new NameScope.Entry(name("Cam.home.test."), false),
                    new NameScope.Entry(name("rooms.home.test."), true))),
            Set.of(Type.AAAA, Type.TXT),
            Set.of("dyndns2", "duckdns"),
            List.of(AddressBlock.parse("203.0.113.0/24"), AddressBlock.parse("2001:db8::/32")),
            NOW.plusSeconds(77),
            Duration.ofDays(30),
            true));
  }

  @Test
  void credentialsThatStandForThemselvesComeBackAsTheyWere() {
    store.add(credential(5, "router@cam", 1), full(5));
    restart();
    assertThat(hosts.credentials()).containsExactly(credential(5, "router@cam", 1));
    assertThat(store.profiles()).containsExactly(full(5));
  }

  @Test
  void aChangeReplacesSecretAndProfile() {
    hosts.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test", 1));
    store.change(credential(1, "cam.home.test", 2), full(1));
    var site =
        CredentialProfile.plain(1)
            .with(CredentialScope.DEFAULT.with(new NameScope.OfSite("office 1")))
            .signing(List.of(new SigningSecret(new byte[] {1, 2, 3}, NOW, NOW.plusSeconds(4))));
    store.change(credential(1, "cam.home.test", 3), site);
    restart();
    assertThat(hosts.credentials()).containsExactly(credential(1, "cam.home.test", 3));
    assertThat(store.profiles())
        .singleElement()
        .satisfies(profile -> {
          assertThat(profile.scope()).isEqualTo(site.scope());
          assertThat(profile.older()).isEmpty();
          assertThat(profile.separate()).isFalse();
          assertThat(profile.signing())
              .singleElement()
              .satisfies(signing -> {
                assertThat(signing.sealed()).containsExactly(1, 2, 3);
                assertThat(signing.createdAt()).isEqualTo(NOW);
                assertThat(signing.validUntil()).isEqualTo(NOW.plusSeconds(4));
              });
        });
  }

  @Test
  void whatNamesACredentialIsForComesBackAsItWas() {
    var subtree = new NameScope.Entry(name("rooms.home.test."), true);
    for (NameScope names :
        List.of(
            NameScope.OWN,
            NameScope.NONE,
            new NameScope.OfSite("office 1"),
            new NameScope.Listed(
                List.of(
                    new NameScope.Entry(name("cam.home.test."), false), subtree, subtree.of(5))))) {
      CredentialProfile profile =
          CredentialProfile.plain(5).with(CredentialScope.DEFAULT.with(names));
      store.add(credential(5, "router@cam", 1), profile);
      restart();
      assertThat(store.profiles()).singleElement().isEqualTo(profile);
      store.remove(5);
    }
  }

  @Test
  void theLastHostTakesItsCredentialAlongAndNoOther() {
    hosts.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test", 1));
    hosts.addHost(host("nas.home.test.", 2), credential(2, "nas.home.test", 2));
    store.add(credential(5, "router@cam", 5), full(5));
    store.change(credential(1, "cam.home.test", 1), CredentialProfile.plain(1).disabled(true));
    hosts.removeHost(name("cam.home.test."));
    assertThat(hosts.credentials())
        .containsExactlyInAnyOrder(
            credential(2, "nas.home.test", 2), credential(5, "router@cam", 5));
    assertThat(store.profiles()).containsExactly(full(5));
    store.remove(5);
    assertThat(store.profiles()).isEmpty();
    assertThat(hosts.credentials()).containsExactly(credential(2, "nas.home.test", 2));
  }

  @Test
  void aNameThatIsTakenStoresNothing() {
    store.add(credential(5, "router@cam", 5), full(5));
    assertThatThrownBy(() -> store.add(credential(6, "Router@cam", 6), full(6)))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(store.profiles()).containsExactly(full(5));
  }

  @Test
  void usesComeBackByTheMinute() {
    var uses = new CredentialUses(store);
    uses.used(1, NOW);
    uses.used(5000, NOW.plusSeconds(60));
    assertThat(uses.flush(1)).isEqualTo(1);
    assertThat(uses.flush(1)).isEqualTo(1);
    assertThat(uses.flush(1)).isZero();
    restart();
    var reopened = new CredentialUses(store);
    assertThat(reopened.lastUse(1)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(reopened.lastUse(5000)).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
    assertThat(reopened.lastUse(2)).isNull();
    assertThat(store.uses()).containsOnlyKeys(0, 4);
  }
}
