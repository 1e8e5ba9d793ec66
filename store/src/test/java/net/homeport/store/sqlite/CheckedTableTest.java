package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A row that was altered, or is gone, is told by table and name; older stores get checksums. */
@Timeout(60)
final class CheckedTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final String[] SUMS = {"INSERT", "DELETE", "UPDATE"};

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void fill() {
    file = folder.resolve("test.db");
    try (var store = new SqliteStore(file)) {
      ZoneSnapshot zones = store.load(1);
      var zone =
          ZoneLife.created(
              zones, name("home.test."), DnsText.records("home.test. 60 SOA ns. host. 1 1 1 1 1"));
      store
          .journal()
          .append(
              List.of(
                  new ZoneChange.Created(
                      zone, new Attribution("administrator", "api", null, NOW))));
      registry(store)
          .addHost(
              new Host(name("cam.home.test."), name("home.test."), 1, 60, NOW),
              new Credential(1, "cam", new SecretHash(new byte[SecretHash.OCTETS]), NOW));
      store.database().putSetting("token", new byte[] {1, 2});
    }
  }

  private static SqliteRegistryStore registry(SqliteStore store) {
    return new SqliteRegistryStore(store.database());
  }

  /** As a disk would: past the triggers. */
  private void damage(String sql) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (CheckedTable table : CheckedTable.values()) {
        for (String event : SUMS) {
          statement.execute("DROP TRIGGER %s_sum_%s".formatted(table.table(), event));
        }
      }
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    }
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(
            () -> {
              try (var store = new SqliteStore(file)) {
                store.load(1);
                var registry = registry(store);
                registry.credentials();
                registry.hosts();
                store.database().setting("token");
              }
            })
        .isInstanceOf(SqliteStoreException.class)
        .message()
        .contains(words)
        .contains("damaged", "./homeport check", "restore a backup");
    assertThat(SqliteCheck.file(file).findings())
        .anySatisfy(finding -> assertThat(finding.toString()).contains(words));
  }

  @Test
  void anAlteredHostIsRefused() throws Exception {
    damage("UPDATE host SET ttl = 61");
    assertRefused("table host", "cam.home.test");
  }

  @Test
  void anAlteredCredentialIsRefused() throws Exception {
    damage("UPDATE credential SET username = 'can'");
    assertRefused("table credential", "1 (can)");
  }

  @Test
  void anAlteredZoneIsRefused() throws Exception {
    damage("UPDATE zone SET serial = 2");
    assertRefused("table zone", "1 (home.test)");
  }

  @Test
  void aHostThatIsGoneIsRefused() throws Exception {
    damage("DELETE FROM host");
    assertRefused("table host", "there are 0, there should be 1");
  }

  @Test
  void aSettingThatIsGoneIsRefused() throws Exception {
    damage("DELETE FROM setting");
    assertRefused("table setting", "there are 0, there should be 1");
  }

  @Test
  void aLostChangesetIsRefused() throws Exception {
    damage("DELETE FROM changeset");
    assertRefused("table changeset", "row 1 ");
  }

  @Test
  void aLostPageIsRefusedByTheNameOfItsZone() throws Exception {
    damage("DELETE FROM page");
    assertThatThrownBy(
            () -> {
              try (var store = new SqliteStore(file)) {
                store.load(1);
              }
            })
        .hasMessageContaining("the zone home.test: ");
  }

  @Test
  void aStoreWithoutChecksumsGetsThem() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      OlderStore.make(connection, CheckedTable.VERSION - 1);
    }
    try (var store = new SqliteStore(file)) {
      assertThat(store.load(1).zoneCount()).isOne();
      assertThat(registry(store).hosts()).hasSize(1);
      assertThat(registry(store).credentials()).hasSize(1);
      assertThat(store.database().setting("token")).containsExactly(1, 2);
    }
    assertThat(SqliteCheck.file(file).findings()).isEmpty();
    damage("UPDATE host SET ttl = 61");
    assertRefused("table host", "cam.home.test");
  }
}
