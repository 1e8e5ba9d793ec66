package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.history.HistoryEntry;
import net.homeport.registry.history.LoggedChange.Kind;
import net.homeport.registry.history.Moment;
import net.homeport.registry.history.PastAnswer;
import net.homeport.registry.history.Recollection;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RollbackResult;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.ZoneWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What was, from the journal: who changed what, what was answered, and the way back. */
@Timeout(60)
final class SqliteHistoryTest {
  private static final Name APEX = name("home.test.");
  private static final Name HOST = name("cam.home.test.");
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder = Path.of("");
  private SqliteStore store;
  private ZoneWriter writer;
  private ZoneHistory history;
  private final Set<Name> blocked = new HashSet<>();
  private Instant now = START;

  @SuppressWarnings("NullAway.Init") // before each test
  SqliteHistoryTest() {}

  @BeforeEach
  void open() {
    store = new SqliteStore(folder.resolve("test.db"));
    writer = new ZoneWriter(store.load(1), store.journal(), _ -> {}, _ -> {});
    history =
        new ZoneHistory(
            writer, new SqliteHistory(store.database()), ZoneRoles.ALL_PRIMARY, blocked::contains);
    Zone zone =
        ZoneLife.created(
            ZoneSnapshot.empty(1),
            APEX,
            List.of(
                DnsText.record("home.test. 60 SOA ns. host. 10 1 1 1 1"),
                DnsText.record("*.wild.home.test. 60 A 192.0.2.200"),
                DnsText.record("sub.home.test. 60 NS ns.elsewhere.")));
    writer.create(new ZoneChange.Created(zone, by("administrator", ""))).join();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private Attribution by(String actor, String rule) {
    now = now.plus(Duration.ofMinutes(1));
    return new Attribution(actor, "dyndns2", InetAddress.getLoopbackAddress(), now, rule);
  }

  private void set(String owner, String address, Management management) {
    List<UpdateOperation> operations =
        List.of(
            new UpdateOperation.DeleteRrset(name(owner), Type.A),
            new UpdateOperation.AddRecord(DnsText.record(owner + " 60 A " + address)));
    writer
        .submit(new ZoneUpdate(APEX, List.of(), operations, management, by(owner, "rule 7")))
        .join();
  }

  private Zone present() {
    return Objects.requireNonNull(writer.snapshot().zone(APEX));
  }

  private PastAnswer at(int minutes, String owner) {
    var moment = new Moment.Time(START.plus(Duration.ofMinutes(minutes)));
    return PastAnswer.of(((Recollection.Known) history.zoneAt(APEX, moment)).zone(), name(owner));
  }

  private void life() {
    set("cam.home.test.", "192.0.2.1", Management.DYNAMIC); // minute 2, serial 11
    set("www.home.test.", "192.0.2.80", Management.STATIC); // minute 3, serial 12
    set("Cam.home.test.", "192.0.2.2", Management.DYNAMIC); // minute 4, serial 13
  }

  @Test
  void eachChangeIsToldTheNewestFirst() {
    life();
    List<HistoryEntry> entries = history.entries(null, HOST, null, 10);
    assertThat(entries)
        .extracting(HistoryEntry::kind)
        .containsExactly(Kind.CHANGED, Kind.CHANGED, Kind.CREATED);
    HistoryEntry last = entries.getFirst();
    assertThat(last.serial()).isEqualTo(13);
    assertThat(Objects.requireNonNull(last.before()).records(HOST))
        .hasToString("[cam.home.test.\t\t60\tIN\tA\t192.0.2.1]");
    assertThat(last.by().actor()).isEqualTo("Cam.home.test.");
    assertThat(last.by().rule()).isEqualTo("rule 7");
    assertThat(history.entries(APEX, null, null, 10)).hasSize(4);
    assertThat(history.entries(null, null, START.plus(Duration.ofMinutes(3)), 10)).hasSize(2);
    assertThat(history.entries(null, null, null, 1)).hasSize(1);
    assertThat(history.entries(name("other.test."), null, null, 10)).isEmpty();
  }

  @Test
  void aRemovedZoneKeepsItsHistory() {
    life();
    writer.remove(new ZoneChange.Removed(APEX, by("administrator", ""))).join();
    assertThat(history.entries(null, HOST, null, 10))
        .extracting(HistoryEntry::kind)
        .containsExactly(Kind.REMOVED, Kind.CHANGED, Kind.CHANGED, Kind.CREATED);
    assertThat(history.zoneAt(APEX, new Moment.Time(now)))
        .isInstanceOf(Recollection.NoSuchZone.class);
  }

  @Test
  void whatWasAnsweredAtATime() {
    life();
    assertThat(at(4, "cam.home.test.").rrsets().toString()).contains("192.0.2.2");
    assertThat(at(3, "cam.home.test.").rrsets().toString()).contains("192.0.2.1");
    assertThat(at(1, "cam.home.test.").how()).isEqualTo(PastAnswer.How.ABSENT);
    assertThat(at(4, "x.wild.home.test.").how()).isEqualTo(PastAnswer.How.WILDCARD);
    assertThat(at(4, "wild.home.test.").how()).isEqualTo(PastAnswer.How.EMPTY);
    assertThat(at(4, "x.sub.home.test.").how()).isEqualTo(PastAnswer.How.DELEGATION);
    assertThat(history.zoneAt(APEX, new Moment.Time(START)))
        .isEqualTo(new Recollection.NotYetThere(START.plus(Duration.ofMinutes(1))));
    assertThat(history.zoneAt(APEX, new Moment.Serial(5)))
        .isInstanceOf(Recollection.NotYetThere.class);
  }

  @Test
  void everyPastStateIsWhatItWas() {
    var states = new ArrayList<Zone>();
    for (int i = 0; i < 60; i++) {
      set("h%d.home.test.".formatted(i * 7 % 11), "192.0.2." + i, Management.DYNAMIC);
      states.add(present());
    }
    for (Zone state : states) {
      Recollection past = history.zoneAt(APEX, new Moment.Serial(state.serial()));
      assertThat(ZoneLife.content(ZoneSnapshot.empty(1).with(((Recollection.Known) past).zone())))
          .isEqualTo(ZoneLife.content(ZoneSnapshot.empty(1).with(state)));
    }
  }

  @Test
  void aRollbackIsANewChange() {
    life();
    RollbackResult foreseen =
        history.rollback(APEX, new Moment.Serial(11), null, false, true, by("administrator", ""));
    assertThat(((RollbackResult.Done) foreseen).difference().rrsets()).hasSize(2);
    assertThat(present().serial()).isEqualTo(13);
    RollbackResult done =
        history.rollback(APEX, new Moment.Serial(11), null, false, false, by("administrator", ""));
    assertThat(((RollbackResult.Done) done).serial()).isEqualTo(14);
    assertThat(present().serial()).isEqualTo(14);
    assertThat(String.valueOf(present().rrset(HOST, Type.A))).contains("192.0.2.1");
    assertThat(Objects.requireNonNull(present().rrset(HOST, Type.A)).management())
        .isEqualTo(Management.DYNAMIC);
    assertThat(present().exists(name("www.home.test."))).isFalse();
    HistoryEntry last = history.entries(APEX, null, null, 1).getFirst();
    assertThat(last.by().actor()).isEqualTo("administrator");
    assertThat(last.by().rule()).isEqualTo("rolled back to serial 11");
  }

  @Test
  void aRollbackMayLeaveHostsOrBeOfOneName() {
    life();
    RollbackResult _ =
        history.rollback(APEX, new Moment.Serial(10), null, true, false, by("administrator", ""));
    assertThat(String.valueOf(present().rrset(HOST, Type.A))).contains("192.0.2.2");
    assertThat(present().exists(name("www.home.test."))).isFalse();
    RollbackResult _ =
        history.rollback(APEX, new Moment.Serial(11), HOST, false, false, by("administrator", ""));
    assertThat(String.valueOf(present().rrset(HOST, Type.A))).contains("192.0.2.1");
    assertThat(present().exists(name("www.home.test."))).isFalse();
  }

  @Test
  void aRollbackGivesNoAddressBackToABlockedName() {
    life();
    blocked.add(HOST);
    RollbackResult _ =
        history.rollback(APEX, new Moment.Serial(11), null, false, false, by("administrator", ""));
    assertThat(String.valueOf(present().rrset(HOST, Type.A))).contains("192.0.2.2");
    assertThat(present().exists(name("www.home.test."))).isFalse();
  }

  @Test
  void rejectedAttemptsAreKept() {
    var address = InetAddress.getLoopbackAddress();
    try (var rejected = new SqliteRejectedAttempts(store.database())) {
      for (int i = 0; i < 3; i++) {
        rejected.record(
            new RejectedAttempt(
                "mallory",
                "dyndns2",
                address,
                List.of("cam.home.test", "b" + i),
                "A 192.0.2.6",
                "no",
                START));
      }
    }
    try (var rejected = new SqliteRejectedAttempts(store.database())) {
      assertThat(rejected.latest("CAM.home.test", null, 10)).hasSize(3);
      assertThat(rejected.latest("b1", null, 10))
          .singleElement()
          .isEqualTo(
              new RejectedAttempt(
                  "mallory",
                  "dyndns2",
                  address,
                  List.of("cam.home.test", "b1"),
                  "A 192.0.2.6",
                  "no",
                  START));
      assertThat(rejected.latest(null, START.plusMillis(1), 10)).isEmpty();
      assertThat(rejected.dropped()).isZero();
    }
  }
}
