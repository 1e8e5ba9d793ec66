package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.homeport.registry.alarm.AddressAlarm;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.Tombstone;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.StoredSetting;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostWish;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies, blocks, approvals, freed names, lists and alarms outlast a restart. */
final class SqliteRestrictionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final PolicyScope HOST = new PolicyScope.OfHost(name("Cam.home.test."));
  private static final PolicyScope ZONE = new PolicyScope.OfZone(name("home.test."));
  private static final PolicyScope ALL = new PolicyScope.Everywhere();

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteRegistryStore hosts;
  private SqlitePolicyStore policies;
  private SqliteNameStore names;
  private SqliteAlarmStore alarms;

  @SuppressWarnings("NullAway.Init") // all: before each test
  SqliteRestrictionsTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    hosts = new SqliteRegistryStore(database);
    policies = new SqlitePolicyStore(database);
    names = new SqliteNameStore(database);
    alarms = new SqliteAlarmStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "withdraw", "one", "two", "renumber"})
  void everyWishOfAWithheldReport(String kind) {
    hosts.addHost(
        new Host(name("cam.home.test."), name("home.test."), 1, 60, NOW),
        new Credential(1, "cam", new SecretHash(new byte[SecretHash.OCTETS]), NOW));
    AddressWish wish =
        switch (kind) {
          case "keep" -> AddressWish.KEEP;
          case "withdraw" -> AddressWish.WITHDRAW;
          case "one" -> new AddressWish.Publish(InetAddress.ofLiteral("2001:db8::7"));
          case "two" ->
              new AddressWish.Publish(
                  List.of(
                      InetAddress.ofLiteral("2001:db8::7"), InetAddress.ofLiteral("2001:db8::8")));
          default -> new AddressWish.Renumber(AddressBlock.parse("2001:db8:1::/48"));
        };
    EarlierReport report =
        new EarlierReport(
            name("cam.home.test."),
            1,
            new RequestOrigin(InetAddress.ofLiteral("2001:db8::9"), "dyndns2", null, ""),
            new HostWish(
                "cam.home.test",
                AddressWish.KEEP,
                wish,
                Map.of(
                    "lan", AddressBlock.parse("2001:db8:2::/56"),
                    "guest", AddressBlock.parse("2001:db8:3::/64")),
                "fibre"),
            NOW);
    var store = new SqliteWithheldReportStore(database);
    store.keep(List.of(report), List.of());
    store.keep(List.of(report), List.of(name("nobody.home.test.")));
    restart();
    store = new SqliteWithheldReportStore(database);
    assertThat(store.reports()).containsExactly(report);
    store.keep(List.of(), List.of(name("CAM.home.test.")));
    assertThat(store.reports()).isEmpty();
  }

  private void restart() {
    close();
    open();
  }

  private void addHost() {
    byte[] hash = new byte[SecretHash.OCTETS];
    hosts.addHost(
        new Host(name("Cam.home.test."), name("home.test."), 1, 60, NOW),
        new Credential(1, "cam", new SecretHash(hash), NOW));
  }

  private static StoredSetting setting(PolicyScope scope, String setting, String value) {
    return new StoredSetting(scope, setting, value, "alice", NOW);
  }

  @Test
  void settingsOfEachScopeAreSetReplacedAndUnset() {
    addHost();
    policies.put(setting(ALL, "families", "both"));
    policies.put(setting(ZONE, "families", "ipv4"));
    policies.put(setting(ZONE, "locked", "yes"));
    policies.put(setting(HOST, "families", "ipv6"));
    policies.put(setting(HOST, "families", "ipv4"));
    policies.remove(ZONE, "locked");
    restart();
    assertThat(policies.settings())
        .containsExactlyInAnyOrder(
            setting(ALL, "families", "both"),
            setting(ZONE, "families", "ipv4"),
            setting(HOST, "families", "ipv4"));
    policies.remove(HOST, "families");
    policies.remove(ALL, "families");
    assertThat(policies.settings()).containsExactly(setting(ZONE, "families", "ipv4"));
  }

  @Test
  void whatIsOfAHostGoesWithItAndABlockStays() {
    addHost();
    policies.put(setting(HOST, "locked", "yes"));
    var approval = new HostApproval(name("Cam.home.test."), "alice", NOW);
    var block = new HostBlock(name("Cam.home.test."), "phishing", "alice", NOW);
    policies.put(approval);
    policies.put(block);
    restart();
    assertThat(policies.approvals()).containsExactly(approval);
    assertThat(policies.blocks()).containsExactly(block);
    hosts.removeHost(name("cam.home.test."));
    assertThat(policies.settings()).isEmpty();
    assertThat(policies.approvals()).isEmpty();
    assertThat(policies.blocks()).containsExactly(block);
    policies.removeBlock(name("CAM.home.test."));
    restart();
    assertThat(policies.blocks()).isEmpty();
  }

  @Test
  void aPolicyOfAHostThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> policies.put(setting(HOST, "locked", "yes")))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(policies.settings()).isEmpty();
  }

  private static Tombstone tombstone(String name, Instant until) {
    return new Tombstone(name(name), name("home.test."), "cam", 1, NOW, until);
  }

  @Test
  void freedNamesAreKeptUntilTheyAreOver() {
    Tombstone first = tombstone("Cam.home.test.", NOW.plusSeconds(60));
    Tombstone second = tombstone("nas.home.test.", NOW.plusSeconds(120));
    names.put(tombstone("cam.home.test.", NOW));
    names.put(first);
    names.put(second);
    restart();
    assertThat(names.tombstones()).containsExactlyInAnyOrder(first, second);
    names.removeOver(NOW.plusSeconds(60));
    assertThat(names.tombstones()).containsExactly(second);
    names.removeTombstone(name("NAS.home.test."));
    assertThat(names.tombstones()).isEmpty();
  }

  @Test
  void listsOfNamesAreKeptAndForgotten() {
    assertThat(names.list(NameRules.Kind.RESERVED)).isNull();
    names.put(NameRules.Kind.RESERVED, "www\n");
    names.put(NameRules.Kind.RESERVED, "vpn\n");
    names.put(NameRules.Kind.BRANDS, "");
    restart();
    assertThat(names.list(NameRules.Kind.RESERVED)).isEqualTo("vpn\n");
    assertThat(names.list(NameRules.Kind.BRANDS)).isEmpty();
    names.put(NameRules.Kind.RESERVED, null);
    assertThat(names.list(NameRules.Kind.RESERVED)).isNull();
  }

  @Test
  void alarmsComeBackInTheirOrder() {
    AddressAlarm first = alarm(1, "192.0.2.1", false);
    AddressAlarm second = alarm(2, "2001:db8::1", true);
    alarms.put(second);
    alarms.put(alarm(1, "192.0.2.1", true));
    alarms.put(first);
    alarms.add(alarm(2, "192.0.2.2", false));
    restart();
    assertThat(alarms.alarms()).containsExactly(first, second);
    alarms.removeAlarm(1);
    assertThat(alarms.alarms()).containsExactly(second);
  }

  private static AddressAlarm alarm(long id, String address, boolean dismissed) {
    return new AddressAlarm(
        id,
        InetAddress.ofLiteral(address),
        name("cam.home.test."),
        1,
        name("nas.home.test."),
        2,
        NOW,
        dismissed);
  }
}
