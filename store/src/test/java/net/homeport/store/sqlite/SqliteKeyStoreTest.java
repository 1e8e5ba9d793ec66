package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.NewKey;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.key.SharedSecret;
import net.homeport.registry.policy.RuleText;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/** Keys in the embedded store, through the registry that uses it. */
final class SqliteKeyStoreTest {
  private static final Name ROUTER = name("Router.dyn.test.");
  private static final SharedSecret SECRET =
      new SharedSecret("known to none but the two of us".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder = Path.of("");
  private final FakeClock clock = new FakeClock();
  private SqliteDatabase database;
  private KeyRegistry registry;

  @SuppressWarnings("NullAway.Init") // both: before each test
  SqliteKeyStoreTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    registry = load(0);
  }

  private KeyRegistry load(int serverKey) {
    byte[] key = new byte[32];
    key[31] = (byte) serverKey;
    var random = new SplittableRandom(7);
    return new KeyRegistry(
        new SqliteKeyStore(database), new SecretCipher(key, random), clock, random);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void addAll() {
    registry.add(
        new NewKey(
            ROUTER,
            new NewKey.Material.Shared(HmacAlgorithm.HMAC_SHA512, SECRET, false),
            "in the \"cellar\"; 'yes'",
            List.of(RuleText.parse("self"), RuleText.parse("subtree x.test static"))));
    registry.rotate(ROUTER, Duration.ofDays(1), null);
    var half = (KEYRecord) record("cam.dyn.test. 0 KEY 512 3 15 " + "A".repeat(43) + "=");
    registry.add(new NewKey(half.getName(), new NewKey.Material.PublicHalf(half), "", List.of()));
    registry.disable(half.getName(), true);
  }

  @Test
  void keysComeBackAsTheyWere() {
    addAll();
    var before = registry.keys();
    close();
    open();
    assertThat(registry.keys()).isEqualTo(before).hasSize(2);
    assertThat(registry.keys().getLast().name()).hasToString("Router.dyn.test.");
    assertThat(registry.validSecrets(ROUTER)).hasSize(2);
    registry.removeRule(ROUTER, 1);
    registry.remove(name("cam.dyn.test"));
    assertThat(load(0).keys()).isEqualTo(registry.keys()).hasSize(1);
  }

  @Test
  void whatIsRemovedLeavesNothing() {
    addAll();
    registry.remove(name("ROUTER.dyn.test"));
    for (String table : List.of("update_key_secret", "update_key_rule")) {
      long rows =
          database.read(
              "count",
              connection -> {
                try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                  return row.getLong(1);
                }
              });
      assertThat(rows).as(table).isZero();
    }
  }

  @Test
  void noFileOfTheStoreHoldsASecret() throws Exception {
    addAll();
    String fresh = registry.validSecrets(ROUTER).getFirst().value().base64();
    byte[] freshOctets = registry.validSecrets(ROUTER).getFirst().value().octets();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content.contains("none but the two")).as("octets in %s", file).isFalse();
        assertThat(content.contains(SECRET.base64())).as("Base64 in %s", file).isFalse();
        assertThat(content.contains(fresh)).isFalse();
        assertThat(content.contains(new String(freshOctets, StandardCharsets.ISO_8859_1)))
            .isFalse();
      }
    }
  }

  @Test
  void aStoreWithoutItsServersKeyIsExplained() {
    addAll();
    assertThatThrownBy(() -> load(1))
        .isInstanceOf(RegistryStoreException.class)
        .hasMessageContaining("Router.dyn.test")
        .hasMessageContaining("server.key");
  }
}
