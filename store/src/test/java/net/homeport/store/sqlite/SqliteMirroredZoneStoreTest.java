package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.registry.secondary.MirroredZone.PrimaryTls;
import net.homeport.registry.secondary.MirroredZones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** Mirrored zones in the embedded store come back after a restart as they were. */
final class SqliteMirroredZoneStoreTest {
  private static final Instant CHECKED = Instant.parse("2026-11-21T10:00:00.123Z");
  private static final MirroredZone NEW =
      new MirroredZone(
          name("new.test."), List.of(address("192.0.2.1", 53)), null, null, null, null);
  private static final MirroredZone WHOLE =
      new MirroredZone(
          name("Whole.test."),
          List.of(address("2001:db8::1", 853), address("192.0.2.1", 5353)),
          name("Xfr.test."),
          new PrimaryTls("ns1.example", "c2hhMjU2", "-----BEGIN"),
          CHECKED,
          CHECKED.minusSeconds(60));

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteMirroredZoneStore store;

  @SuppressWarnings("NullAway.Init") // both: before each test
  SqliteMirroredZoneStoreTest() {}

  private static InetSocketAddress address(String text, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(text), port);
  }

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    store = new SqliteMirroredZoneStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  @Test
  void bothComeBackAsTheyWere() {
    store.put(NEW);
    store.put(WHOLE);
    restart();
    assertThat(store.mirroredZones()).containsExactlyInAnyOrder(NEW, WHOLE);
    assertThat(store.mirroredZones())
        .extracting(zone -> zone.zone().toString())
        .as("as first spelled")
        .contains("Whole.test.");
  }

  @Test
  void tlsWithoutNameAndPinIsStillTls() {
    var tls =
        new MirroredZone(
            name("tls.test."), NEW.primaries(), null, new PrimaryTls(null, null, null), null, null);
    store.put(tls);
    restart();
    assertThat(store.mirroredZones()).containsExactly(tls);
  }

  @Test
  void whatWasHeardOfAPrimaryIsKept() {
    var zones = new MirroredZones(store, _ -> false);
    zones.add(NEW);
    zones.heard(name("NEW.test."), CHECKED, true);
    zones.heard(NEW.zone(), CHECKED.plusSeconds(9), false);
    zones.flush();
    restart();
    assertThat(store.mirroredZones())
        .containsExactly(
            new MirroredZone(
                NEW.zone(), NEW.primaries(), null, null, CHECKED.plusSeconds(9), CHECKED));
  }

  @Test
  void whatIsRemovedStaysAway() {
    store.put(NEW);
    store.put(WHOLE);
    store.removeMirroredZone(name("WHOLE.TEST."));
    store.removeMirroredZone(Name.root);
    restart();
    assertThat(store.mirroredZones()).containsExactly(NEW);
  }

  @Test
  void anIllegiblePrimaryIsToldAsDamage() {
    store.put(NEW);
    database.write(
        "damage",
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE mirrored_zone SET primaries = 'nowhere 53'");
          }
        });
    assertThatThrownBy(() -> store.mirroredZones())
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged");
  }
}
