package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.zone.SerialPolicy;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs and serial policies in the embedded store come back after a restart as they were. */
final class SqliteCatalogStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
  private static final Catalog PLAIN = new Catalog(name("catalog.test."), Set.of(), NOW);
  private static final Catalog WITHOUT_SOME =
      new Catalog(name("Other.Catalog.test."), Set.of(name("a.test."), name("b.test.")), NOW);

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteCatalogStore catalogs;
  private SqliteSerialPolicyStore policies;

  @SuppressWarnings("NullAway.Init") // all: before each test
  SqliteCatalogStoreTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    catalogs = new SqliteCatalogStore(database);
    policies = new SqliteSerialPolicyStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  private void damage(String sql) {
    database.write(
        "damage",
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
          }
        });
  }

  @Test
  void catalogsComeBackAsTheyWere() {
    assertThat(catalogs.catalogs()).isEmpty();
    catalogs.put(PLAIN);
    catalogs.put(WITHOUT_SOME);
    restart();
    assertThat(catalogs.catalogs()).containsExactlyInAnyOrder(PLAIN, WITHOUT_SOME);
    assertThat(catalogs.catalogs())
        .extracting(catalog -> catalog.zone().toString())
        .as("as spelled")
        .contains("Other.Catalog.test.");

    var other = new Catalog(name("CATALOG.test."), Set.of(name("c.test.")), NOW.plusSeconds(1));
    catalogs.put(other);
    catalogs.removeCatalog(name("other.catalog.TEST."));
    restart();
    assertThat(catalogs.catalogs()).containsExactly(other);
  }

  @Test
  void aZoneThatIsMadeAnewIsAnotherCreation() {
    var journal = new SqliteJournal(database);
    ZoneSnapshot zones = journal.load(1);
    var zone =
        ZoneLife.created(
            zones, name("z.test."), DnsText.records("z.test. 60 SOA ns. h. 1 1 1 1 1"));
    var by = new Attribution("administrator", "api", null, NOW);
    assertThat(catalogs.creation(name("Z.test."))).isEmpty();
    journal.append(List.of(new ZoneChange.Created(zone, by)));
    OptionalLong first = catalogs.creation(name("Z.test."));
    assertThat(first).isPresent();
    journal.append(List.of(new ZoneChange.Removed(zone.apex(), by)));
    assertThat(catalogs.creation(zone.apex())).isEmpty();
    journal.append(List.of(new ZoneChange.Created(zone, by)));
    assertThat(catalogs.creation(zone.apex())).isPresent().isNotEqualTo(first);
  }

  @Test
  void anIllegibleCatalogIsToldAsDamage() {
    catalogs.put(WITHOUT_SOME);
    damage("UPDATE catalog SET except_zones = 'a..b'");
    assertThatThrownBy(() -> catalogs.catalogs())
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void serialPoliciesComeBackAsTheyWere() {
    assertThat(policies.serialPolicies()).isEmpty();
    policies.putSerialPolicy(name("a.test."), SerialPolicy.UNIXTIME);
    policies.putSerialPolicy(name("B.test."), SerialPolicy.UNIXTIME);
    policies.putSerialPolicy(name("b.TEST."), SerialPolicy.INCREMENT);
    restart();
    assertThat(policies.serialPolicies())
        .isEqualTo(
            Map.of(
                name("a.test."), SerialPolicy.UNIXTIME, name("b.test."), SerialPolicy.INCREMENT));
  }

  @Test
  void anIllegibleSerialPolicyIsToldAsDamage() {
    policies.putSerialPolicy(name("a.test."), SerialPolicy.UNIXTIME);
    damage("UPDATE serial_policy SET policy = 'backwards'");
    assertThatThrownBy(() -> policies.serialPolicies())
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged");
  }
}
