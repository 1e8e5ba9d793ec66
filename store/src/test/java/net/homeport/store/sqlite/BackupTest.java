package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.homeport.store.ZoneLife;
import net.homeport.store.backup.Backup;
import net.homeport.store.backup.BackupContent;
import net.homeport.store.backup.BackupException;
import net.homeport.store.folder.DataFolder;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** A backup made of a store in use, and a data folder made of it again. */
@Timeout(60)
final class BackupTest {
  private static final Name APEX = name("home.test.");
  private static final byte[] KEY = {1, 2, 3};
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);

  @BeforeEach
  void backUp() throws Exception {
    file = folder.resolve("backup.zip");
    Path data = folder.resolve("data");
    try (var opened = DataFolder.open(data)) {
      opened.createKey(KEY);
      opened.writeToken("token");
      try (var database = SqliteDatabase.open(opened.database())) {
        var journal = new SqliteJournal(database);
        zones = journal.load(1);
        Zone zone =
            ZoneLife.created(
                zones,
                APEX,
                List.of(
                    DnsText.record("home.test. 60 SOA ns. host. 10 1 1 1 1"),
                    DnsText.record("www.home.test. 60 A 192.0.2.80")));
        var created =
            new ZoneChange.Created(zone, new Attribution("administrator", "api", null, NOW));
        journal.append(List.of(created));
        zones = created.applyTo(zones);
        try (OutputStream out = Files.newOutputStream(file)) {
          Backup.write(database, opened, NOW, out);
        }
      }
      try (var left = Files.list(data)) {
        assertThat(left.filter(Files::isDirectory)).as("what was made for it is gone").isEmpty();
      }
    }
  }

  private ZoneSnapshot loaded(Path data) throws Exception {
    try (var opened = DataFolder.open(data);
        var database = SqliteDatabase.open(opened.database())) {
      assertThat(opened.key()).hasValueSatisfying(key -> assertThat(key).isEqualTo(KEY));
      return new SqliteJournal(database).load(1);
    }
  }

  @Test
  void whatIsRestoredIsWhatWasThere() throws Exception {
    Path data = folder.resolve("restored");
    BackupContent content = Backup.restore(file, data, false, 0, NOW);
    assertThat(content.zones()).containsExactly(new SqliteCopy.ZoneSerial("home.test", 10));
    assertThat(content.created()).isEqualTo(NOW);
    assertThat(ZoneLife.content(loaded(data))).isEqualTo(ZoneLife.content(zones));
    assertThat(DataFolder.readToken(data)).hasValue("token");
    assertThat(Files.getPosixFilePermissions(data.resolve("server.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void serialsAreRaised() throws Exception {
    Path data = folder.resolve("restored");
    BackupContent _ = Backup.restore(file, data, false, 1_000, NOW);
    Zone zone = Objects.requireNonNull(loaded(data).zone(APEX));
    assertThat(zone.serial()).isEqualTo(1_010);
    assertThat(zone.exists(name("www.home.test."))).isTrue();
  }

  @Test
  void aFolderInUseIsNotReplacedUnlessTold() throws Exception {
    Path data = folder.resolve("data");
    assertThatThrownBy(() -> Backup.restore(file, data, false, 0, NOW))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("--force");
    BackupContent _ = Backup.restore(file, data, true, 0, NOW);
    assertThat(ZoneLife.content(loaded(data))).isEqualTo(ZoneLife.content(zones));
  }

  @Test
  void whatCannotBeLoadedLeavesTheFolderAsItWas() throws Exception {
    Path data = folder.resolve("data");
    Path bad = folder.resolve("bad.zip");
    // Whole as a file, but its database is none.
    byte[] database = new byte[8192];
    Arrays.fill(database, (byte) 7);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(database));
    try (var zip = new ZipOutputStream(Files.newOutputStream(bad))) {
      zip.putNextEntry(new ZipEntry("manifest.txt"));
      zip.write(
          "homeport-backup 1\nschema 8\ncreated %s\nhosts 0\nfile homeport.db %d %s\n"
              .formatted(NOW, database.length, sum)
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("homeport.db"));
      zip.write(database);
    }
    assertThatThrownBy(() -> Backup.restore(bad, data, true, 0, NOW))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("what was in that folder is as it was");
    assertThat(ZoneLife.content(loaded(data))).isEqualTo(ZoneLife.content(zones));
    assertNothingElse(data);

    // What an older database left behind is not taken for the new one's.
    Files.write(data.resolve("homeport.db-wal"), database);
    BackupContent _ = Backup.restore(file, data, true, 0, NOW);
    assertThat(ZoneLife.content(loaded(data))).isEqualTo(ZoneLife.content(zones));
    assertNothingElse(data);
  }

  private static void assertNothingElse(Path data) throws Exception {
    try (var left = Files.list(data)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder(
              "homeport.db", "homeport.lock", "server.key", "administrator.token");
    }
  }

  @Test
  void aDamagedBackupIsNotRestored() throws Exception {
    byte[] octets = Files.readAllBytes(file);
    var random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      byte[] damaged = octets.clone();
      damaged[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        // A date of an entry may be another one; the content never is.
        assertThat(Backup.verify(file).zones()).hasSize(1);
      } catch (BackupException e) {
        assertThat(e).hasMessageContaining("cannot be restored");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
    Files.write(file, Arrays.copyOf(octets, octets.length / 2));
    assertThatThrownBy(() -> Backup.verify(file)).isInstanceOf(BackupException.class);
  }
}
