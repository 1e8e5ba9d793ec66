package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static net.homeport.testkit.DnsText.records;
import static net.homeport.zone.writer.Writers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneDifference;
import net.homeport.zone.update.ZoneMirror;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone is what its primary has, serial and all, however it is told. */
@Timeout(60)
final class ZoneMirrorTest {
  private static final Name APEX = name("m.test.");
  private static final ZoneSnapshot NOTHING = Zones.snapshot();

  private final List<ZoneChange> journal = new ArrayList<>();
  private final ZoneWriter writer = new ZoneWriter(NOTHING, journal::addAll, _ -> {}, _ -> {});

  @AfterEach
  void close() {
    writer.close();
  }

  private static SOARecord soa(long serial) {
    return (SOARecord)
        record("m.test. 300 SOA ns.m.test. admin.m.test. " + serial + " 60 30 600 30");
  }

  private static Zone content(long serial, String... records) {
    return Zones.of(
        APEX,
        Stream.concat(
                Stream.<Record>of(soa(serial), record("m.test. 300 NS ns.m.test.")),
                records(records).stream())
            .toList());
  }

  private CommitResult whole(Zone content) {
    return result(writer.mirror(ZoneMirror.whole(content, Updates.SOMEBODY)));
  }

  private CommitResult steps(ZoneDifference... steps) {
    return result(writer.mirror(ZoneMirror.differences(APEX, List.of(steps), Updates.SOMEBODY)));
  }

  private Zone zone() {
    return Objects.requireNonNull(writer.snapshot().zone(APEX));
  }

  /** What a restart would have. */
  private void assertReplays() {
    ZoneSnapshot replayed = NOTHING;
    for (ZoneChange change : journal) {
      replayed = change.applyTo(replayed);
    }
    assertThat(Zones.content(replayed)).isEqualTo(Zones.content(writer.snapshot()));
  }

  @Test
  void theFirstTransferMakesTheZone() {
    Zone content = content(7, "a.m.test. 60 A 192.0.2.1");
    assertThat(whole(content)).isEqualTo(new CommitResult.Committed(7));
    assertThat(Zones.content(zone())).isEqualTo(Zones.content(content));
    assertReplays();
  }

  @Test
  void anotherWholeIsTheDifferenceInTheJournal() {
    whole(content(7, "a.m.test. 60 A 192.0.2.1", "b.m.test. 60 A 192.0.2.2"));
    Zone next = content(9, "a.m.test. 60 A 192.0.2.3", "c.m.test. 60 A 192.0.2.2");
    assertThat(whole(next)).isEqualTo(new CommitResult.Committed(9));
    assertThat(Zones.content(zone())).isEqualTo(Zones.content(next));
    assertThat(journal.getLast())
        .isInstanceOfSatisfying(
            Changeset.class,
            changeset -> {
              assertThat(changeset.serialBefore()).isEqualTo(7);
              assertThat(changeset.serialAfter()).isEqualTo(9);
              assertThat(changeset.changes()).hasSize(4);
            });
    assertReplays();
  }

  @Test
  void theSameAgainChangesNothing() {
    whole(content(7));
    assertThat(whole(content(7))).isEqualTo(new CommitResult.Unchanged(7));
    assertThat(journal).hasSize(1);
  }

  @Test
  void aSerialThatGoesBackIsTakenAsItIs() {
    whole(content(7, "a.m.test. 60 A 192.0.2.1"));
    Zone older = content(3, "b.m.test. 60 A 192.0.2.1");
    assertThat(whole(older)).isEqualTo(new CommitResult.Committed(3));
    assertThat(Zones.content(zone())).isEqualTo(Zones.content(older));
    assertThat(journal.getLast()).isInstanceOf(ZoneChange.Created.class);
    Zone sameSerial = content(3, "c.m.test. 60 A 192.0.2.1");
    assertThat(whole(sameSerial)).isEqualTo(new CommitResult.Committed(3));
    assertThat(Zones.content(zone())).isEqualTo(Zones.content(sameSerial));
    assertReplays();
  }

  @Test
  void differencesArePerformedInTheirOrder() {
    whole(content(7, "a.m.test. 60 A 192.0.2.1", "a.m.test. 60 A 192.0.2.2"));
    assertThat(
            steps(
                new ZoneDifference(
                    soa(7),
                    records("a.m.test. 60 A 192.0.2.1"),
                    soa(8),
                    records("b.m.test. 60 A 192.0.2.9")),
                new ZoneDifference(
                    soa(8),
                    records("b.m.test. 60 A 192.0.2.9", "a.m.test. 60 A 192.0.2.2"),
                    soa(11),
                    records("a.m.test. 90 A 192.0.2.4"))))
        .isEqualTo(new CommitResult.Committed(11));
    assertThat(Zones.content(zone()))
        .isEqualTo(Zones.content(content(11, "a.m.test. 90 A 192.0.2.4")));
    assertThat(journal.getLast())
        .isInstanceOfSatisfying(
            Changeset.class,
            changeset ->
                // What came and went on the way is not told: the SOA and one RRset changed.
                assertThat(changeset.changes()).hasSize(2));
    assertReplays();
  }

  @Test
  void differencesThatDoNotFitChangeNothing() {
    assertThat(steps(new ZoneDifference(soa(7), List.of(), soa(8), List.of())))
        .isEqualTo(new CommitResult.Refused(Refusal.NO_SUCH_ZONE));
    Zone content = content(7, "a.m.test. 60 A 192.0.2.1");
    whole(content);
    var missing = new CommitResult.Refused(Refusal.RRSET_MISSING);
    assertThat(steps(new ZoneDifference(soa(6), List.of(), soa(8), List.of()))).isEqualTo(missing);
    assertThat(
            steps(
                new ZoneDifference(soa(7), records("a.m.test. 60 A 192.0.2.2"), soa(8), List.of())))
        .isEqualTo(missing);
    assertThat(
            steps(
                new ZoneDifference(soa(7), List.of(), soa(8), List.of()),
                new ZoneDifference(soa(9), List.of(), soa(10), List.of())))
        .isEqualTo(missing);
    assertThat(Zones.content(zone())).isEqualTo(Zones.content(content));
    assertThat(journal).hasSize(1);
  }

  @Test
  void anExpiredZoneSaysNothingUntilItIsHeardOfAgain() {
    whole(content(7, "a.m.test. 60 A 192.0.2.1"));
    result(writer.setExpired(APEX, true));
    assertThat(writer.snapshot().lookup(name("a.m.test."), Type.A))
        .isInstanceOf(LookupResult.Expired.class);
    assertThat(writer.snapshot().lookup(name("no.m.test."), Type.A))
        .isInstanceOf(LookupResult.Expired.class);
    assertThat(journal).hasSize(1);

    result(writer.setExpired(APEX, false));
    assertThat(writer.snapshot().lookup(name("a.m.test."), Type.A))
        .isInstanceOf(LookupResult.Answer.class);

    result(writer.setExpired(APEX, true));
    steps(new ZoneDifference(soa(7), List.of(), soa(8), List.of()));
    assertThat(writer.snapshot().lookup(name("a.m.test."), Type.A))
        .isInstanceOf(LookupResult.Answer.class);
    assertReplays();
  }
}
