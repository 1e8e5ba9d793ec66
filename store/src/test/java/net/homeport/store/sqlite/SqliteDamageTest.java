package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A disk that flips bits: names are given as they were or not at all. */
@Timeout(120)
final class SqliteDamageTest {
  private static final Name APEX = name("home.test.");
  private static final int SQLITE_PAGE = 4096;

  /** The schema, and all that is not names: the root pages of the tables and indexes. */
  private static final int OTHER_PAGES = 16;

  private static final int ROUNDS = 600;

  @TempDir Path folder = Path.of("");

  @Test
  void aFlippedBitAmongTheNamesNeverGivesAWrongAnswer() throws Exception {
    Path file = folder.resolve("test.db");
    SortedSet<String> content;
    try (var store = new SqliteStore(file)) {
      var created = new ZoneChange.Created(zone(), administrator());
      store.load(1);
      store.journal().append(List.of(created));
      content = ZoneLife.content(created.applyTo(ZoneSnapshot.empty(1)));
    }
    byte[] octets = Files.readAllBytes(file);
    int from = OTHER_PAGES * SQLITE_PAGE;
    assertThat(octets.length).isGreaterThan(3 * from);
    var random = new SplittableRandom(1);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = octets.clone();
      // Every other one where SQLite keeps how a page is built.
      int at = from + random.nextInt(octets.length - from);
      at = round % 2 == 0 ? at : at / SQLITE_PAGE * SQLITE_PAGE + random.nextInt(64);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try (var store = new SqliteStore(file)) {
        assertThat(ZoneLife.content(store.load(1))).as("octet %d", at).isEqualTo(content);
      } catch (SqliteStoreException e) {
        assertThat(e).hasMessageContaining("damaged");
        refused++;
      }
    }
    // The rest lies in room that SQLite does not use.
    assertThat(refused).isGreaterThan(ROUNDS / 3);
  }

  private static net.homeport.zone.Zone zone() {
    var records = new ArrayList<Record>();
    records.add(DnsText.record("home.test. 60 SOA ns. host. 1 1 1 1 1"));
    for (int i = 0; i < 6_000; i++) {
      records.add(DnsText.record("h%d.home.test. 60 A 192.0.2.%d".formatted(i, i % 256)));
    }
    return ZoneLife.created(ZoneSnapshot.empty(1), APEX, records);
  }

  private static Attribution administrator() {
    return new Attribution("administrator", "api", null, Instant.EPOCH);
  }
}
