package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** What the journal tells of the past. */
final class SqliteChangeLogTest {
  private static final Name APEX = name("Home.Test.");
  private static final Attribution SOMEBODY =
      new Attribution("cam", "dyndns2", null, Instant.EPOCH);
  private static final long PLENTY = 1_000_000;

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private SqliteJournal journal;
  private SqliteChangeLog log;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    journal = new SqliteJournal(database);
    journal.load(1);
    log = new SqliteChangeLog(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void create(long serial) {
    ZoneEditor editor = ZoneSnapshot.empty(1).newZone(APEX);
    String soa = "home.test. 60 SOA ns. host. %d 1 1 1 1".formatted(serial);
    editor.set(APEX, Rrset.of(DnsText.records(soa), 60, Management.STATIC));
    editor.set(APEX, Rrset.of(DnsText.records("home.test. 60 NS ns."), 60, Management.STATIC));
    journal.append(List.of(new ZoneChange.Created(editor.build(), SOMEBODY)));
  }

  private Changeset change(long before, long after) {
    Rrset rrset =
        Rrset.of(List.of(record("a.home.test. 60 TXT s" + after)), 60, Management.DYNAMIC);
    var change = new RrsetChange(name("a.home.test."), rrset.type(), null, rrset, SOMEBODY);
    return new Changeset(APEX, before, after, List.of(change));
  }

  private Optional<List<Long>> between(long after, long upTo, long octets) {
    return log.between(APEX, after, upTo, octets)
        .map(changesets -> changesets.stream().map(Changeset::serialAfter).toList());
  }

  @Test
  void tellsWhatLeadsFromOneSerialToAnother() {
    create(10);
    List.of(change(10, 11), change(11, 20), change(20, 21))
        .forEach(changeset -> journal.append(List.of(changeset)));

    assertThat(between(10, 21, PLENTY)).contains(List.of(11L, 20L, 21L));
    assertThat(between(11, 20, PLENTY)).contains(List.of(20L)); // 21 is not published yet
    assertThat(between(21, 21, PLENTY)).contains(List.of());
    assertThat(log.between(APEX, 11, 20, PLENTY))
        .hasValueSatisfying(found -> assertThat(found).containsExactly(change(11, 20)));
  }

  @Test
  void tellsNothingOfSerialsThatItDoesNotKnow() {
    create(10);
    journal.append(List.of(change(10, 11)));
    assertThat(between(9, 11, PLENTY)).isEmpty();
    assertThat(between(10, 12, PLENTY)).isEmpty();
    assertThat(log.between(name("other.test."), 10, 11, PLENTY)).isEmpty();
  }

  @Test
  void tellsNothingThatIsTooLarge() {
    create(10);
    journal.append(List.of(change(10, 11)));
    journal.append(List.of(change(11, 12)));
    assertThat(between(10, 12, 250)).isEmpty();
    assertThat(between(10, 12, PLENTY)).isPresent();
  }

  @Test
  void goesOnAcrossTheLastSerial() {
    create(0xFFFF_FFFFL);
    journal.append(List.of(change(0xFFFF_FFFFL, 1)));
    journal.append(List.of(change(1, 2)));
    assertThat(between(0xFFFF_FFFFL, 2, PLENTY)).contains(List.of(1L, 2L));
  }

  @Test
  void aZoneMadeAnewHasNothingOfTheOldOnesPast() {
    create(10);
    journal.append(List.of(change(10, 11)));
    journal.append(List.of(new ZoneChange.Removed(APEX, SOMEBODY)));
    create(11);
    journal.append(List.of(change(11, 12)));
    assertThat(between(10, 12, PLENTY)).isEmpty();
    assertThat(between(11, 12, PLENTY)).contains(List.of(12L));
  }
}
