package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import net.homeport.registry.challenge.ChallengeRegistration;
import net.homeport.registry.credential.SecretHash;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of challenges, after the database was closed and opened again. */
final class SqliteChallengeStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BEFORE_MAKERS = 16;

  @TempDir Path folder = Path.of("");

  private SqliteDatabase open() {
    return SqliteDatabase.open(folder.resolve("test.db"));
  }

  private static ChallengeRegistration client(String id, long credentialId) {
    return new ChallengeRegistration(
        id,
        name("cam.home.test."),
        new SecretHash(new byte[SecretHash.OCTETS]),
        List.of(AddressBlock.parse("192.0.2.0/24"), AddressBlock.parse("2001:db8::/32")),
        NOW,
        credentialId);
  }

  @Test
  void clientsComeBackWithWhoMadeThemAndGo() {
    try (var database = open()) {
      var store = new SqliteChallengeStore(database);
      store.put(client("a", 7));
      store.put(client("b", 8));
      store.remove("b");
    }
    try (var database = open()) {
      assertThat(new SqliteChallengeStore(database).registrations())
          .containsExactly(client("a", 7));
    }
  }

  @Test
  void thoseOfAnOlderDatabaseAreWithoutAMaker() throws Exception {
    try (var database = open()) {
      new SqliteChallengeStore(database).put(client("a", 7));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"))) {
      OlderStore.make(connection, BEFORE_MAKERS);
    }
    try (var database = open()) {
      assertThat(new SqliteChallengeStore(database).registrations())
          .containsExactly(client("a", ChallengeRegistration.NO_CREDENTIAL));
    }
  }
}
