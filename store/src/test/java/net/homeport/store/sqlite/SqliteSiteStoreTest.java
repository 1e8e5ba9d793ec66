package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.FlapDamping;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SourceKey;
import net.homeport.registry.site.SourceValue;
import net.homeport.registry.site.StoredSite;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites in the embedded store, read again after it was closed. */
final class SqliteSiteStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteSiteStore store;

  @SuppressWarnings("NullAway.Init") // both: before each test
  SqliteSiteStoreTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    store = new SqliteSiteStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  private void host(String name, @Nullable Credential credential) {
    new SqliteRegistryStore(database)
        .addHost(new Host(name(name), name("home.test."), 1, 60, NOW), credential);
  }

  private static Site site(String name) {
    var lan = new AddressSource("lan", name("gw.home.test."), "lan", 56, NOW);
    var wan = new AddressSource("wan4", null, "ipv4", AddressSource.AS_REPORTED, NOW);
    var policy =
        new UplinkPolicy(
            UplinkPolicy.Kind.WEIGHTED,
            2,
            Duration.ofMillis(1_500),
            Duration.ofMinutes(7),
            new FlapDamping(900.5, 1_900, 700, Duration.ofMinutes(3), Duration.ofMinutes(30)),
            15);
    return new Site(
        name,
        Map.of("lan", lan, "wan4", wan),
        policy,
        List.of(
            new Uplink("z", 3, Duration.ofSeconds(90), null),
            new Uplink("a", 1, Duration.ofMinutes(15), "backup")),
        NOW);
  }

  private static final Map<SourceKey, SourceValue> VALUES =
      Map.of(
          new SourceKey("lan", "z"),
          new SourceValue(AddressBlock.parse("2001:db8:1:200::/56"), NOW, "gw.home.test", 64),
          new SourceKey("wan4", ""),
          new SourceValue(AddressBlock.parse("192.0.2.1"), NOW, "api", SourceValue.SAME_LENGTH));

  @Test
  void allOfASiteIsThereAfterARestart() {
    store.put(site("branch"));
    store.put(Site.named("empty", NOW));
    store.save(List.of(new StoredSite(site("branch"), VALUES, List.of("z", "a"))));
    restart();
    assertThat(store.sites())
        .containsExactlyInAnyOrder(
            new StoredSite(site("branch"), VALUES, List.of("z", "a")),
            new StoredSite(Site.named("empty", NOW), Map.of(), List.of()));
  }

  @Test
  void setUpAnewASiteKeepsItsValues() {
    store.put(site("branch"));
    store.save(List.of(new StoredSite(site("branch"), VALUES, List.of("a"))));
    Site changed = new Site("branch", Map.of(), UplinkPolicy.DEFAULT, List.of(), NOW);
    store.put(changed);
    restart();
    assertThat(store.sites()).containsExactly(new StoredSite(changed, VALUES, List.of("a")));
  }

  @Test
  void hostsOfASiteGoWithTheHostAndWithTheSite() {
    var credential = new Credential(1, "u", new SecretHash(new byte[SecretHash.OCTETS]), NOW);
    host("nas.home.test.", credential);
    host("Cam.home.test.", null);
    store.put(Site.named("branch", NOW));
    var nas =
        new SiteMember(
            name("nas.home.test."),
            "branch",
            HostPlanText.parse("wan4"),
            HostPlanText.parse("lan/3+::10"),
            NOW);
    var cam =
        new SiteMember(
            name("cam.home.test."),
            "branch",
            HostPlanText.parse("reported"),
            HostPlanText.parse("lan+mac:00:11:22:33:44:55"),
            NOW);
    store.put(nas);
    store.put(cam);
    restart();
    assertThat(store.members()).containsExactlyInAnyOrder(nas, cam);
    new SqliteRegistryStore(database).removeHost(name("cam.home.test."));
    assertThat(store.members()).containsExactly(nas);
    store.remove("branch");
    restart();
    assertThat(store.members()).isEmpty();
    assertThat(store.sites()).isEmpty();
    assertThat(new SqliteRegistryStore(database).hosts()).hasSize(1);
  }

  @Test
  void aHostThatIsNotThereCannotBeOfASite() {
    store.put(Site.named("branch", NOW));
    var nobody =
        new SiteMember(
            name("nas.home.test."),
            "branch",
            HostPlanText.parse("wan4"),
            HostPlanText.parse("reported"),
            NOW);
    assertThatThrownBy(() -> store.put(nobody)).isInstanceOf(RegistryStoreException.class);
    assertThat(store.members()).isEmpty();
  }
}
