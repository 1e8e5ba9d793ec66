package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A disk that is full, read-only or damaged: nothing is lost, and a person is told what to do. */
@Timeout(60)
final class SqliteFaultTest {
  private static final Name APEX = name("home.test.");
  private static final Attribution SOMEBODY =
      new Attribution("cam", "dyndns2", null, Instant.parse("2026-01-01T00:00:00Z"));
  private static final int WITHOUT_LIMIT = 1_073_741_823;

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private SqliteStore store;
  private Connection writing;
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);

  @SuppressWarnings("NullAway.Init") // store and connection: before each test
  SqliteFaultTest() {}

  @BeforeEach
  void openStore() {
    file = folder.resolve("test.db");
    restart();
    append(new ZoneChange.Created(zone(APEX), SOMEBODY));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void restart() {
    store = new SqliteStore(file);
    writing = store.database().write("test", connection -> connection);
    zones = store.load(1);
  }

  private Zone zone(Name apex) {
    return ZoneLife.created(
        zones, apex, DnsText.records(apex + " 60 SOA ns. host. 1 1 1 1 1", apex + " 60 NS ns."));
  }

  private void append(ZoneChange change) {
    store.journal().append(List.of(change));
    zones = change.applyTo(zones);
  }

  private Changeset change(int number) {
    Zone zone = Objects.requireNonNull(zones.zone(APEX));
    Name owner = name("h%d.home.test.".formatted(number));
    Rrset text = Rrset.of(DnsText.records("x. 60 TXT " + "x".repeat(200)), 60, Management.DYNAMIC);
    return new Changeset(
        APEX,
        zone.serial(),
        zone.serial() + 1,
        List.of(new RrsetChange(owner, Type.TXT, null, text, SOMEBODY)));
  }

  /** Outside a transaction: a connection that may not write cannot even begin one. */
  private void pragma(String pragma) {
    try (var statement = writing.createStatement()) {
      statement.execute("PRAGMA " + pragma);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private JournalException failure(int number) {
    return Objects.requireNonNull(
        catchThrowableOfType(JournalException.class, () -> append(change(number))));
  }

  private void assertSameAfterRestart() {
    var before = ZoneLife.content(zones);
    store.close();
    restart();
    assertThat(ZoneLife.content(zones)).isEqualTo(before);
  }

  /** Appends until the disk is full; returns the number of the change that did not fit. */
  private int fillTheDisk() {
    pragma("max_page_count = 1");
    for (int number = 0; number < 10_000; number++) {
      try {
        append(change(number));
      } catch (JournalException e) {
        assertThat(e)
            .hasMessageContaining("the disk is full")
            .hasMessageContaining("free some space");
        assertThat(e).hasMessageContaining(file.toString());
        return number;
      }
    }
    throw new AssertionError("the disk never got full");
  }

  @Test
  void aFullDiskRefusesAndGoesOnByItselfWhenThereIsRoom() {
    int refused = fillTheDisk();
    assertThat(failure(refused)).hasMessageContaining("the disk is full");
    pragma("max_page_count = " + WITHOUT_LIMIT);
    append(change(refused));
    append(change(refused + 1));
    assertSameAfterRestart();
  }

  @Test
  void aRestartOnAFullDiskFindsWhatWasAcknowledged() {
    fillTheDisk();
    assertSameAfterRestart();
    append(change(10_001));
    assertSameAfterRestart();
  }

  @Test
  void aCheckpointOnAFullDiskLosesNothing() throws InterruptedException {
    for (int i = 20_000; i < 20_200; i++) {
      append(change(i));
    }
    fillTheDisk();
    assertThatThrownBy(() -> store.checkpoint(() -> zones))
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("the disk is full");
    assertThat(store.history().lastChange(APEX, name("h0.home.test."))).isEqualTo(SOMEBODY);
    pragma("max_page_count = " + WITHOUT_LIMIT);
    store.checkpoint(() -> zones);
    assertSameAfterRestart();
    assertThat(store.history().lastChange(APEX, name("h0.home.test."))).isEqualTo(SOMEBODY);
  }

  @Test
  void aReadOnlyStoreRefusesAndSaysSo() {
    pragma("query_only = ON");
    assertThat(failure(1))
        .hasMessageContaining("cannot append changes")
        .hasMessageContaining("give this user write access");
    pragma("query_only = OFF");
    append(change(1));
    assertSameAfterRestart();
  }

  @Test
  void aFailureRightAfterAZoneWasRemovedHealsAsWell() {
    append(new ZoneChange.Created(zone(name("other.test.")), SOMEBODY));
    append(new ZoneChange.Removed(name("other.test."), SOMEBODY));
    pragma("query_only = ON");
    failure(1);
    pragma("query_only = OFF");
    append(change(1));
    assertSameAfterRestart();
    pragma("query_only = ON");
    failure(2);
    pragma("query_only = OFF");
    append(change(2));
  }

  @Test
  void aBatchIsWrittenWholeOrNotAtAll() {
    Changeset good = change(1);
    var bad = new Changeset(name("nobody.test."), 1, 2, List.of());
    assertThatThrownBy(() -> store.journal().append(List.of(good, bad)))
        .isInstanceOf(RuntimeException.class);
    append(change(2));
    assertSameAfterRestart();
    assertThat(zones.zones().getFirst().rrsets(name("h1.home.test."))).isEmpty();
  }

  @Test
  void changesThatWereReportedAsFailedAndAreThereStopTheJournal() throws SQLException {
    // A commit whose outcome nobody knows: DNS would go on with what is not on disk.
    pragma("query_only = ON");
    failure(1);
    pragma("query_only = OFF");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO changeset (zone_id, kind, serial_before, serial_after, content) SELECT zone_id, kind, serial_before, serial_after, content FROM changeset");
    }
    assertThat(failure(2)).hasMessageContaining("restart Homeport");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Path other = folder.resolve("other.db");
    Files.writeString(other, "This is a letter to my aunt. ".repeat(200));
    assertThatThrownBy(() -> SqliteDatabase.open(other))
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining("damaged")
        .hasMessageContaining("restore a backup");
    assertThat(Files.readString(other)).startsWith("This is a letter");
  }

  @Test
  void aDamagedDatabaseIsRefusedBeforeAnythingIsAnswered() throws Exception {
    for (int i = 0; i < 400; i++) {
      append(change(i));
    }
    store.checkpoint(() -> zones);
    store.close();
    byte[] octets = Files.readAllBytes(file);
    for (int i = 8192; i < octets.length; i++) {
      octets[i] = (byte) 0xA5;
    }
    Path damaged = folder.resolve("damaged.db");
    Files.write(damaged, octets);
    assertThatThrownBy(
            () -> {
              try (var opened = new SqliteStore(damaged)) {
                opened.load(1);
              }
            })
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged");
    store = new SqliteStore(file);
  }

  @Test
  void aDatabaseCutShortIsRefused() throws Exception {
    for (int i = 0; i < 400; i++) {
      append(change(i));
    }
    store.checkpoint(() -> zones);
    store.close();
    Path cut = folder.resolve("cut.db");
    byte[] octets = Files.readAllBytes(file);
    Files.write(cut, java.util.Arrays.copyOf(octets, octets.length / 2));
    assertThatThrownBy(
            () -> {
              try (var opened = new SqliteStore(cut)) {
                opened.load(1);
              }
            })
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("damaged");
    store = new SqliteStore(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE changeset SET content = x'ff'",
        "UPDATE changeset SET content = substr(content, 1, 40) WHERE kind = 1",
        "DELETE FROM changeset WHERE id = (SELECT max(id) - 1 FROM changeset)",
        "UPDATE page SET content = x'05'",
        "UPDATE page SET content = substr(content, 1, length(content) - 3)",
        "UPDATE page SET first = x'0161'",
        "DELETE FROM page",
        "UPDATE zone SET apex = x'05'",
      })
  void contentThatMakesNoSenseIsRefused(String damage) throws SQLException {
    append(change(1));
    append(change(2));
    append(change(3));
    store.database().write("test", connection -> connection.createStatement().execute(damage));
    assertThatThrownBy(
            () -> {
              try (var opened = new SqliteStore(file)) {
                opened.load(1);
              }
            })
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged")
        .hasMessageContaining("restore a backup");
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws SQLException {
    store.close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> SqliteDatabase.open(file))
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("newer Homeport")
        .hasMessageContaining("99");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + SqliteDatabase.SCHEMA_VERSION);
    }
    store = new SqliteStore(file);
    assertThat(ZoneLife.content(store.load(1))).isEqualTo(ZoneLife.content(zones));
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsRefused() throws IOException {
    Path inAFile = Files.writeString(folder.resolve("file"), "x").resolve("test.db");
    for (Path place : List.of(inAFile, folder.resolve("missing/test.db"), folder)) {
      assertThatThrownBy(() -> SqliteDatabase.open(place))
          .isInstanceOf(SqliteStoreException.class)
          .hasMessageContaining(place.toString());
    }
  }
}
