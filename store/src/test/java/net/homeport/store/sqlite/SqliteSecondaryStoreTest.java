package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.policy.SourceNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secondaries in the embedded store come back after a restart as they were. */
final class SqliteSecondaryStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
  private static final Secondary PLAIN =
      new Secondary("ns2", address("192.0.2.2", 53), null, null, false, true, List.of(), NOW);
  private static final Secondary WHOLE =
      new Secondary(
          "Ns3.example",
          address("2001:db8::3", 5353),
          name("Xfr.test."),
          Set.of(name("dyn.test."), name("Sub.dyn.test.")),
          true,
          false,
          List.of(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8::/32")),
          NOW.plusSeconds(1));

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteSecondaryStore store;

  @SuppressWarnings("NullAway.Init") // both: before each test
  SqliteSecondaryStoreTest() {}

  private static InetSocketAddress address(String text, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(text), port);
  }

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    store = new SqliteSecondaryStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  private long rows(String table) {
    return database.read(
        "count",
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
          }
        });
  }

  @Test
  void bothComeBackAsTheyWere() {
    assertThat(store.secondaries()).isEmpty();
    store.add(PLAIN);
    store.add(WHOLE);
    restart();
    assertThat(store.secondaries()).containsExactlyInAnyOrder(PLAIN, WHOLE);
    assertThat(store.secondaries())
        .filteredOn(secondary -> secondary.zones() == null)
        .as("one that has all zones")
        .containsExactly(PLAIN);
  }

  @Test
  void whatIsRemovedLeavesNothing() {
    store.add(PLAIN);
    store.add(WHOLE);
    assertThat(rows("secondary_zone")).isEqualTo(2);
    assertThat(rows("secondary_network")).isEqualTo(2);
    store.remove(WHOLE.name());
    store.remove("none of that name");
    assertThat(rows("secondary_zone") + rows("secondary_network")).isZero();
    restart();
    assertThat(store.secondaries()).containsExactly(PLAIN);
  }

  @Test
  void aNameThatIsThereIsNotStoredTwice() {
    store.add(PLAIN);
    var other =
        new Secondary("ns2", WHOLE.address(), null, WHOLE.zones(), true, true, List.of(), NOW);
    assertThatThrownBy(() -> store.add(other)).isInstanceOf(RegistryStoreException.class);
    assertThat(rows("secondary_zone")).as("nothing of it stays").isZero();
    restart();
    assertThat(store.secondaries()).containsExactly(PLAIN);
  }

  @Test
  void anIllegibleNetworkIsToldAsDamage() {
    store.add(WHOLE);
    database.write(
        "damage",
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate(
                "UPDATE OR IGNORE secondary_network SET network = 'nowhere/99'");
          }
        });
    assertThatThrownBy(() -> store.secondaries())
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("Ns3.example");
  }
}
