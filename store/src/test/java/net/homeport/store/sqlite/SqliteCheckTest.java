package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedSet;
import java.util.SplittableRandom;
import net.homeport.registry.check.IntegrityReport;
import net.homeport.registry.check.IntegrityReport.Finding;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.store.ZoneLife;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole store passes; each kind of damage is told, or has done no harm. */
@Timeout(120)
final class SqliteCheckTest {
  private static final int ROUNDS = 200;
  private static final int BATCHES = 60;

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);

  /** Zones made, changed, removed and made again, the later half after a checkpoint; a host. */
  @BeforeEach
  void live() throws Exception {
    file = folder.resolve("homeport.db");
    try (var store = new SqliteStore(file)) {
      var life = new ZoneLife(7, store.load(1));
      for (int left = BATCHES; left > 0 || life.snapshot().zoneCount() == 0; left--) {
        var batch = life.nextBatch();
        store.journal().append(batch);
        life.publish(batch);
        if (left == BATCHES / 2) {
          store.checkpoint(life::snapshot);
        }
      }
      zones = life.snapshot();
      Zone zone = zones.zones().getFirst();
      new SqliteRegistryStore(store.database())
          .addHost(
              new Host(name("cam." + zone.apex()), zone.apex(), 1, 60, Instant.EPOCH),
              new Credential(1, "cam", new SecretHash(new byte[32]), Instant.EPOCH));
    }
  }

  private void execute(String sql) {
    try (var database = SqliteDatabase.open(file)) {
      int changed =
          database.write(
              "damage",
              connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("PRAGMA defer_foreign_keys = ON");
                  return statement.executeUpdate(sql);
                }
              });
      assertThat(changed).as(sql).isPositive();
    }
  }

  private void assertFound(String where, String what) {
    IntegrityReport report = SqliteCheck.file(file);
    assertThat(report.isClean()).isFalse();
    assertThat(report.findings())
        .as("%s", report)
        .anySatisfy(finding -> {
          assertThat(finding.where()).contains(where);
          assertThat(finding.what()).contains(what);
        })
        .extracting(Finding::action)
        .allSatisfy(action -> assertThat(action).contains("backup"));
  }

  @Test
  void aWholeStoreIsClean() throws Exception {
    byte[] before = Files.readAllBytes(file);
    IntegrityReport report = SqliteCheck.file(file);
    assertThat(report.findings()).isEmpty();
    assertThat(report.counts().zones()).isEqualTo(zones.zoneCount());
    assertThat(report.counts().names())
        .isEqualTo(zones.zones().stream().mapToLong(Zone::nameCount).sum());
    assertThat(report.counts().changesets()).isGreaterThan(BATCHES);
    assertThat(report.counts().hosts()).isOne();
    assertThat(Files.readAllBytes(file)).as("nothing is written").isEqualTo(before);
  }

  @Test
  void whatIsServedIsComparedWithWhatIsStored() {
    try (var store = new SqliteStore(file)) {
      ZoneSnapshot stored = store.load(1);
      assertThat(new SqliteCheck(store.database(), () -> stored, () -> {}).check().findings())
          .isEmpty();
      Zone zone = stored.zones().getFirst();
      var editor = ZoneEditor.of(zone);
      editor.setSerial(zone.serial() + 1);
      ZoneSnapshot ahead = stored.with(editor.build());
      assertThat(new SqliteCheck(store.database(), () -> ahead, () -> {}).check().findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.what()).contains("is served, but only"));
    }
  }

  @Test
  void flippedBitsAreFoundOrHarmless() throws Exception {
    SortedSet<String> content = ZoneLife.content(zones);
    byte[] octets = Files.readAllBytes(file);
    var random = new SplittableRandom(3);
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = octets.clone();
      int at = random.nextInt(octets.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      boolean isClean;
      try {
        isClean = SqliteCheck.file(file).isClean();
      } catch (SqliteStoreException e) {
        isClean = false;
      }
      if (!isClean) {
        found++;
        continue;
      }
      try (var store = new SqliteStore(file)) {
        assertThat(ZoneLife.content(store.load(1))).as("octet %d", at).isEqualTo(content);
      }
    }
    // Many pages of a small store are almost empty.
    assertThat(found).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void aMissingChangesetIsFound() {
    execute(
        "DELETE FROM changeset WHERE id = (SELECT min(c.id) FROM changeset c JOIN zone z ON z.id = c.zone_id WHERE z.removed_at IS NULL AND c.kind = 1 AND EXISTS (SELECT 1 FROM changeset d WHERE d.zone_id = c.zone_id AND d.id > c.id))");
    assertFound("zone ", "are missing");
  }

  @Test
  void theMissingNewestChangesetIsFound() {
    execute("DELETE FROM changeset WHERE id = (SELECT max(id) FROM changeset)");
    assertFound("table changeset", "was the last one written");
  }

  @Test
  void anAlteredChangesetIsFound() {
    execute("UPDATE changeset SET serial_after = serial_after + 1 WHERE id = 3");
    assertFound("zone ", "changeset 3 cannot be read");
  }

  @Test
  void aMissingPageIsFound() {
    execute("DELETE FROM page");
    assertFound("zone ", "a page of names is missing");
  }

  @Test
  void aHostOfAZoneThatIsGoneIsFound() {
    execute("UPDATE host SET zone = x'04676f6e6500'");
    assertFound("host cam.", "its zone gone does not exist");
  }

  @Test
  void aCredentialOfNoHostIsFound() {
    execute("DELETE FROM host");
    assertFound("credential 1", "it is of no host");
  }
}
