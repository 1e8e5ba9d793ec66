package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts, credentials and settings in the embedded store. */
final class SqliteRegistryStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteRegistryStore store;
  private Connection writing;

  @SuppressWarnings("NullAway.Init") // all: before each test
  SqliteRegistryStoreTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    store = new SqliteRegistryStore(database);
    writing = database.write("test", connection -> connection);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() {
    close();
    open();
  }

  private static Credential credential(long id, String username) {
    byte[] hash = new byte[SecretHash.OCTETS];
    hash[0] = (byte) id;
    return new Credential(id, username, new SecretHash(hash), NOW);
  }

  private static Host host(String name, long credential) {
    return new Host(name(name), name("Home.test."), credential, 60, NOW);
  }

  /** Outside a transaction: a connection that may not write cannot even begin one. */
  private void readOnly(String value) throws SQLException {
    try (var statement = writing.createStatement()) {
      statement.execute("PRAGMA query_only = " + value);
    }
  }

  @Test
  void hostsAndCredentialsComeBackAsTheyWere() {
    store.addHost(host("Cam.home.test.", 1), credential(1, "Cam.home.test"));
    store.addHost(host("tv.home.test.", 1), null);
    store.addHost(host("nas.home.test.", 2), credential(2, "nas.home.test"));
    restart();
    assertThat(store.credentials())
        .containsExactlyInAnyOrder(credential(1, "Cam.home.test"), credential(2, "nas.home.test"));
    assertThat(store.hosts())
        .containsExactlyInAnyOrder(
            host("Cam.home.test.", 1), host("tv.home.test.", 1), host("nas.home.test.", 2));
    assertThat(store.hosts())
        .anySatisfy(host -> assertThat(host.name()).hasToString("Cam.home.test."))
        .allSatisfy(host -> assertThat(host.zone()).hasToString("Home.test."));
  }

  @Test
  void aCredentialGoesWithItsLastHost() {
    store.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test"));
    store.addHost(host("tv.home.test.", 1), null);
    store.removeHost(name("CAM.home.test."));
    assertThat(store.credentials()).hasSize(1);
    store.removeHost(name("tv.home.test."));
    assertThat(store.credentials()).isEmpty();
    store.removeHost(name("nobody.home.test."));
    restart();
    assertThat(store.hosts()).isEmpty();
    assertThat(store.credentials()).isEmpty();
  }

  @Test
  void aNameAUserNameAndANumberAreGivenOnce() {
    store.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test"));
    for (Runnable twice :
        new Runnable[] {
          () -> store.addHost(host("CAM.home.test.", 2), credential(2, "other")),
          () -> store.addHost(host("tv.home.test.", 2), credential(2, "CAM.home.test")),
          () -> store.addHost(host("tv.home.test.", 1), credential(1, "tv.home.test")),
          () -> store.addHost(host("tv.home.test.", 99), null),
        }) {
      assertThatThrownBy(twice::run).isInstanceOf(RegistryStoreException.class);
    }
    // Nothing of what failed is there, not even the half that could have been.
    assertThat(store.credentials()).containsExactly(credential(1, "cam.home.test"));
    assertThat(store.hosts()).containsExactly(host("cam.home.test.", 1));
  }

  @Test
  void whatCannotBeWrittenIsNotThereAndSaysWhatToDo() throws SQLException {
    readOnly("ON");
    assertThatThrownBy(
            () -> store.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test")))
        .isInstanceOf(RegistryStoreException.class)
        .hasMessageContaining("add the host cam.home.test.")
        .hasMessageContaining("write access");
    readOnly("OFF");
    assertThat(store.credentials()).isEmpty();
    store.addHost(host("cam.home.test.", 1), credential(1, "cam.home.test"));
    readOnly("ON");
    assertThatThrownBy(() -> store.removeHost(name("cam.home.test.")))
        .isInstanceOf(RegistryStoreException.class);
    readOnly("OFF");
    assertThat(store.hosts()).hasSize(1);
  }

  @Test
  void settingsAreKept() {
    assertThat(database.setting("a")).isNull();
    database.putSetting("a", new byte[] {1, 2});
    database.putSetting("b", new byte[0]);
    database.putSetting("a", new byte[] {3});
    restart();
    assertThat(database.setting("a")).containsExactly(3);
    assertThat(database.setting("b")).isEmpty();
  }
}
