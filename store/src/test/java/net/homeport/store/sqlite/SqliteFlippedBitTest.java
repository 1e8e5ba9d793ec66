package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.key.SealedSecret;
import net.homeport.registry.key.StoredKey;
import net.homeport.store.ZoneLife;
import net.homeport.zone.Zone;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bit flipped anywhere in the database: all that a server starts with is read as it was written,
 * or refused with words. {@code -Ddamage.flips=1000} flips that many bits of each page.
 */
@Timeout(3600)
final class SqliteFlippedBitTest {
  private static final int FLIPS = Integer.getInteger("damage.flips", 6);
  private static final int SQLITE_PAGE = 4096;
  private static final int BATCHES = 40;
  private static final int HOSTS = 50;

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("test.db");
  }

  @Test
  void aFlippedBitAnywhereIsRefusedOrHarmless() throws Exception {
    write();
    SortedSet<String> content = content();
    assertThat(content).hasSizeGreaterThan(2 * HOSTS);
    byte[] octets = Files.readAllBytes(file());
    var random = new SplittableRandom(5);
    int refused = 0;
    int rounds = 0;
    for (int page = 0; page < octets.length; page += SQLITE_PAGE) {
      for (int flip = 0; flip < FLIPS; flip++, rounds++) {
        byte[] damaged = octets.clone();
        // Half of them where SQLite keeps how a page is built.
        int at = page + random.nextInt(flip % 2 == 0 ? 64 : SQLITE_PAGE);
        int bit = random.nextInt(8);
        damaged[at] ^= (byte) (1 << bit);
        for (String log : List.of("-wal", "-shm")) {
          Files.deleteIfExists(file().resolveSibling("test.db" + log));
        }
        Files.write(file(), damaged);
        try {
          assertThat(content()).as("octet %d, bit %d", at, bit).isEqualTo(content);
        } catch (SqliteStoreException e) {
          assertThat(e).hasMessageContaining("test.db");
          refused++;
        }
      }
    }
    // Of many tables the page is almost empty.
    assertThat(refused).as("of %d", rounds).isGreaterThan(rounds / 10);
  }

  private void write() throws Exception {
    try (var store = new SqliteStore(file())) {
      var life = new ZoneLife(11, store.load(1));
      for (int left = BATCHES; left > 0 || life.snapshot().zoneCount() == 0; left--) {
        List<ZoneChange> batch = life.nextBatch();
        store.journal().append(batch);
        life.publish(batch);
        if (left == BATCHES / 2) {
          store.checkpoint(life::snapshot);
        }
      }
      Zone zone = life.snapshot().zones().getFirst();
      var registry = new SqliteRegistryStore(store.database());
      for (int i = 0; i < HOSTS; i++) {
        byte[] hash = new byte[SecretHash.OCTETS];
        hash[0] = (byte) i;
        registry.addHost(
            new Host(name("h%d.%s".formatted(i, zone.apex())), zone.apex(), i, 60, Instant.EPOCH),
            new Credential(i, "user" + i, new SecretHash(hash), Instant.EPOCH));
      }
      var rules = new TreeMap<Integer, String>();
      rules.put(1, "grant name www." + zone.apex());
      new SqliteKeyStore(store.database())
          .put(
              new StoredKey(
                  name("kea."),
                  "hmac-sha256",
                  List.of(new SealedSecret(new byte[] {1, 2, 3}, Instant.EPOCH, null)),
                  null,
                  "the DHCP server",
                  Instant.EPOCH,
                  false,
                  rules));
      store.database().putSetting("token", new byte[32]);
    }
  }

  /** All of it, in lines. */
  private SortedSet<String> content() {
    try (var store = new SqliteStore(file())) {
      var lines = new TreeSet<>(ZoneLife.content(store.load(1)));
      var registry = new SqliteRegistryStore(store.database());
      registry.hosts().forEach(host -> lines.add(host.toString()));
      registry
          .credentials()
          .forEach(each ->
              lines.add(
                  "%d %s %s %s"
                      .formatted(
                          each.id(),
                          each.username(),
                          HexFormat.of().formatHex(each.secretHash().octets()),
                          each.createdAt())));
      for (StoredKey key : new SqliteKeyStore(store.database()).keys()) {
        lines.add(
            "%s %s %s %s %s %s"
                .formatted(
                    key.name(),
                    key.algorithm(),
                    key.comment(),
                    key.createdAt(),
                    key.disabled(),
                    key.rules()));
        key.secrets()
            .forEach(secret ->
                lines.add(HexFormat.of().formatHex(secret.octets()) + secret.createdAt()));
      }
      new SqliteSecondaryStore(store.database())
          .secondaries()
          .forEach(each -> lines.add("" + each));
      new SqliteMirroredZoneStore(store.database())
          .mirroredZones()
          .forEach(each -> lines.add("" + each));
      lines.add(
          HexFormat.of()
              .formatHex(
                  Objects.requireNonNullElse(store.database().setting("token"), new byte[0])));
      return lines;
    }
  }
}
