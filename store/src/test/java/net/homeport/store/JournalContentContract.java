package net.homeport.store;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What every store of zones must do, whatever it is made of: what it is given comes back. */
public abstract class JournalContentContract extends JournalFixture {
  @Test
  void moreNamesThanOneTransactionTakes() throws InterruptedException {
    restart();
    create();
    var changes = new ArrayList<RrsetChange>();
    for (int i = 0; i < 1300; i++) {
      Name owner = name("h%d.home.test.".formatted(i));
      Rrset address = Rrset.of(DnsText.records(owner + " 60 A 192.0.2.1"), 60, Management.DYNAMIC);
      changes.add(new RrsetChange(owner, Type.A, null, address, SOMEBODY));
    }
    append(changeset(changes.toArray(RrsetChange[]::new)));
    assertSameAfterRestart();
    checkpoint();
    assertSameAfterRestart();
    changes.replaceAll(
        change -> new RrsetChange(change.owner(), Type.A, change.after(), null, SOMEBODY));
    append(changeset(changes.toArray(RrsetChange[]::new)));
    checkpoint();
    assertSameAfterRestart();
    assertThat(present().nameCount()).isOne();
  }

  @Test
  void leasesComeBackAsTheyWereLast() {
    restart();
    create();
    var first = DnsText.record("Cam.home.test. 60 A 192.0.2.1");
    var second = DnsText.record("cam.home.test. 60 AAAA 2001:db8::1");
    Instant later = SOMEBODY.at().plusSeconds(60);
    append(
        setting("cam.home.test.", "cam.home.test. 60 A 192.0.2.1"),
        new ZoneChange.Leased(
            APEX,
            List.of(
                new Lease(APEX, first, SOMEBODY.at()), new Lease(APEX, second, SOMEBODY.at()))));
    assertSameAfterRestart();
    assertThat(store().leases())
        .containsExactlyInAnyOrder(
            new Lease(APEX, first, SOMEBODY.at()), new Lease(APEX, second, SOMEBODY.at()));
    append(
        new ZoneChange.Leased(
            APEX, List.of(new Lease(APEX, first, later), new Lease(APEX, second, null))));
    restart();
    assertThat(store().leases()).containsExactly(new Lease(APEX, first, later));
    append(new ZoneChange.Removed(APEX, SOMEBODY));
    restart();
    assertThat(store().leases()).isEmpty();
  }

  @Test
  void removedAndMadeAgainItIsTheNewZone() throws InterruptedException {
    restart();
    create("old.home.test. 60 A 192.0.2.1");
    append(setting("cam.home.test.", "cam.home.test. 60 A 192.0.2.2"));
    checkpoint();
    append(setting("tv.home.test.", "tv.home.test. 60 A 192.0.2.3"));
    append(new ZoneChange.Removed(APEX, SOMEBODY));
    assertThat(restart().zones()).isEmpty();
    create("new.home.test. 60 A 192.0.2.4");
    assertSameAfterRestart();
    assertThat(store().history().lastChange(APEX, name("cam.home.test."))).isNull();
    assertThat(store().history().lastChange(APEX, name("tv.home.test."))).isNull();
    checkpoint();
    assertSameAfterRestart();
  }

  @Test
  void madeAgainDuringItsCheckpointItIsTheNewZone() throws InterruptedException {
    for (boolean failing : new boolean[] {false, true}) {
      restart();
      create();
      for (int i = 0; i < 3; i++) {
        append(setting("cam.home.test.", "cam.home.test. 60 A 192.0.2." + i));
      }
      Zone again = zone("new.home.test. 60 A 192.0.2.9");
      var calls = new AtomicInteger();
      Supplier<ZoneSnapshot> meanwhile =
          () -> {
            if (calls.getAndIncrement() == 0) {
              // With the serial of a zone file that knows nothing of the updates since.
              append(new ZoneChange.Removed(APEX, SOMEBODY));
              append(new ZoneChange.Created(again, SOMEBODY));
              if (failing) {
                throw new IllegalStateException("power cut");
              }
            }
            return zones;
          };
      if (failing) {
        assertThatThrownBy(() -> store().checkpoint(meanwhile)).hasMessage("power cut");
      } else {
        store().checkpoint(meanwhile);
      }
      assertThat(store().history().lastChange(APEX, name("cam.home.test."))).isNull();
      checkpoint();
      assertSameAfterRestart();
      assertThat(store().history().lastChange(APEX, name("cam.home.test."))).isNull();
      append(new ZoneChange.Removed(APEX, SOMEBODY));
    }
  }

  @Test
  void allOfThatInOneBatch() throws InterruptedException {
    restart();
    create("old.home.test. 60 A 192.0.2.1");
    Changeset before = setting("cam.home.test.", "cam.home.test. 60 A 192.0.2.2");
    Zone again = zone("new.home.test. 60 A 192.0.2.3");
    Rrset address = Rrset.of(DnsText.records("x. 60 A 192.0.2.4"), 60, Management.DYNAMIC);
    append(
        before,
        new ZoneChange.Removed(APEX, SOMEBODY),
        new ZoneChange.Created(again, SOMEBODY),
        new Changeset(
            APEX,
            1,
            2,
            List.of(new RrsetChange(name("tv.home.test."), Type.A, null, address, SOMEBODY))));
    assertThat(store().history().lastChange(APEX, name("tv.home.test."))).isEqualTo(SOMEBODY);
    assertThat(store().history().lastChange(APEX, name("cam.home.test."))).isNull();
    assertSameAfterRestart();
    append(setting("tv.home.test.", "tv.home.test. 60 A 192.0.2.5"));
    checkpoint();
    assertSameAfterRestart();
    append(
        new ZoneChange.Removed(APEX, SOMEBODY),
        new ZoneChange.Created(again, SOMEBODY),
        new ZoneChange.Removed(APEX, SOMEBODY));
    assertThat(restart().zones()).isEmpty();
  }

  @Test
  void whoChangedANameLastIsToldFromMemoryAndFromDisk() throws InterruptedException {
    restart();
    create("fixed.home.test. 60 A 192.0.2.1");
    ChangeHistory history = store().history();
    assertThat(history.lastChange(APEX, name("fixed.home.test."))).isNull();
    assertThat(history.lastChange(APEX, name("nobody.home.test."))).isNull();
    assertThat(history.lastChange(name("nobody.test."), name("nobody.test."))).isNull();
    append(setting("Cam.home.test.", "cam.home.test. 60 A 192.0.2.2"));
    assertThat(history.lastChange(APEX, name("CAM.home.test."))).isEqualTo(SOMEBODY);
    restart();
    assertThat(store().history().lastChange(APEX, name("CAM.home.test."))).isEqualTo(SOMEBODY);
    checkpoint();
    assertThat(store().history().lastChange(APEX, name("CAM.home.test."))).isEqualTo(SOMEBODY);
    restart();
    assertThat(store().history().lastChange(APEX, name("CAM.home.test."))).isEqualTo(SOMEBODY);
    assertThat(store().history().lastChange(APEX, name("fixed.home.test."))).isNull();
  }

  @Test
  void serialsPassTheEndOfTheirRange() throws InterruptedException {
    // RFC 1982
    restart();
    create();
    append(new Changeset(APEX, 1, 0x8000_0000L, List.of()));
    append(new Changeset(APEX, 0x8000_0000L, 0xFFFF_FFFFL, List.of()));
    append(setting("a.home.test.", "a.home.test. 60 A 192.0.2.1"));
    assertThat(present().serial()).isOne();
    assertSameAfterRestart();
    checkpoint();
    append(setting("b.home.test.", "b.home.test. 60 A 192.0.2.1"));
    assertSameAfterRestart();
  }

  @Test
  void extremesComeBackAsTheyWere() throws InterruptedException {
    restart();
    create();
    String label = "x".repeat(61);
    Name longest = name("%s.%s.%s.%s.home.test.".formatted(label, label, label, "y".repeat(57)));
    assertThat(longest.length()).isEqualTo((short) 255);
    var text = new ArrayList<String>();
    for (int i = 0; i < 240; i++) {
      text.add("%s 2147483647 TXT %03d%s".formatted(longest, i, "z".repeat(250)));
    }
    append(setting(longest.toString(), text.toArray(String[]::new)));
    append(setting("\\000\\255\\..home.test.", "x. 0 TYPE65535 \\# 0"));
    append(setting("*.home.test.", "x. 0 TYPE65280 \\# 3 00ff00"));
    append(setting("home.test.", "home.test. 60 TXT apex"));
    assertSameAfterRestart();
    checkpoint();
    assertSameAfterRestart();
  }

  @Test
  void aSoaThatWasSetIsKept() throws InterruptedException {
    restart();
    create();
    ZoneEditor editor = ZoneEditor.of(present());
    editor.setSerial(77);
    Rrset soa =
        Rrset.of(DnsText.records("home.test. 9 SOA new. who. 77 2 3 4 5"), 9, Management.STATIC);
    append(
        new Changeset(
            APEX,
            1,
            77,
            List.of(new RrsetChange(APEX, Type.SOA, present().soaRrset(), soa, SOMEBODY))));
    assertThat(present().soaRrset()).isEqualTo(soa);
    assertSameAfterRestart();
    checkpoint();
    append(setting("a.home.test.", "a.home.test. 60 A 192.0.2.1"));
    assertSameAfterRestart();
    assertThat(present().soa().getHost()).isEqualTo(name("new."));
  }

  @Test
  void aChangeOfAZoneThatIsNotThereIsRefused() {
    restart();
    create();
    var elsewhere = new Changeset(name("nobody.test."), 1, 2, List.of());
    assertThatThrownBy(() -> store().journal().append(List.of(elsewhere)))
        .isInstanceOf(RuntimeException.class);
    assertSameAfterRestart();
  }
}
