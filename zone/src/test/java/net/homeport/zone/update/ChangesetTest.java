package net.homeport.zone.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** What a commit changed, applied again: at a restart, and on a node that follows. */
final class ChangesetTest {
  private static final Zone ZONE = Zones.zone("dyn.test.", "e A 192.0.2.10", "f TXT t");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  private static Zone applied(Zone zone, Changeset changeset) {
    ZoneEditor editor = ZoneEditor.of(zone);
    changeset.applyTo(editor);
    return editor.build();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void applyingItGivesWhatTheEvaluationGaveOnceAndTwice(long seed) {
    var dns = new RandomDns(seed);
    Zone start = Zones.of(ZONE.apex(), dns.zone(ZONE.apex()));
    Zone zone = start;
    List<RrsetChange> all = new ArrayList<>();
    int changes = 0;
    for (int i = 0; i < 40; i++) {
      Management management = dns.oneIn(2) ? Management.STATIC : Management.DYNAMIC;
      ZoneUpdate update = RandomUpdate.of(dns, zone, management);
      if (UpdateEvaluation.evaluate(zone, update) instanceof UpdateResult.Changed changed) {
        changes++;
        Zone next = changed.next();
        var changeset = new Changeset(zone.apex(), zone.serial(), next.serial(), changed.changes());
        assertSame(applied(zone, changeset), next);
        assertSame(applied(next, changeset), next);
        assertThat(changed.changes())
            .isNotEmpty()
            .allSatisfy(change -> assertThat(change.before()).isNotEqualTo(change.after()));
        all.addAll(changed.changes());
        zone = next;
      }
    }
    assertThat(changes).isPositive();
    // A node that missed some, or has seen a part already, ends the same.
    var whole = new Changeset(zone.apex(), start.serial(), zone.serial(), all);
    assertSame(applied(start, whole), zone);
    assertSame(applied(applied(start, whole), whole), zone);
  }

  private static void assertSame(Zone one, Zone other) {
    assertThat(Zones.content(one)).isEqualTo(Zones.content(other));
    assertThat(one.nameCount()).isEqualTo(other.nameCount());
  }

  @Test
  void itListsEachRrsetOnceFromFirstToLast() {
    Zone before = ZONE;
    UpdateResult result =
        UpdateEvaluation.evaluate(
            before,
            Updates.of("dyn.test.")
                .add("e.dyn.test. 60 A 192.0.2.11")
                .add("g.dyn.test. 60 A 192.0.2.12")
                .deleteRrset("E.dyn.test.", "A")
                .add("E.dyn.test. 60 A 192.0.2.13")
                .asStatic());
    List<RrsetChange> changes = ((UpdateResult.Changed) result).changes();
    assertThat(changes)
        .extracting(change -> change.owner().toString().toLowerCase(java.util.Locale.ROOT))
        .containsExactly("e.dyn.test.", "g.dyn.test.");
    assertThat(changes.getFirst().before()).isEqualTo(before.rrset(name("e.dyn.test."), Type.A));
    assertThat(changes.getFirst().attribution()).isEqualTo(Updates.SOMEBODY);
    assertThat(changes.get(1).before()).isNull();
  }

  @Test
  void whatAnUpdateUndoesItselfIsNotListed() {
    UpdateResult result =
        UpdateEvaluation.evaluate(
            ZONE,
            Updates.of("dyn.test.")
                .deleteRrset("e.dyn.test.", "A")
                .add("e.dyn.test. 300 A 192.0.2.10")
                .add("new.dyn.test. 60 A 192.0.2.1")
                .asStatic());
    assertThat(((UpdateResult.Changed) result).changes())
        .extracting(RrsetChange::owner)
        .containsExactly(name("new.dyn.test."));
  }

  @Test
  void itSetsTheSerial() {
    Zone next = applied(ZONE, new Changeset(ZONE.apex(), 1, 0xFFFF_FFFFL, List.of()));
    assertThat(next.serial()).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void itContinuesTheSerialOfTheZoneOrIsRefused() {
    ZoneSnapshot snapshot = Zones.snapshot(ZONE);
    var next = new Changeset(ZONE.apex(), 1, 2, List.of());
    ZoneSnapshot second = next.applyTo(snapshot);
    assertThat(second.zone(ZONE.apex())).extracting(Zone::serial).isEqualTo(2L);
    assertThatThrownBy(() -> next.applyTo(second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dyn.test.")
        .hasMessageContaining("serial 1");
    assertThatThrownBy(() -> next.applyTo(Zones.nothing()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void wholeZonesComeAndGo() {
    var created = new ZoneChange.Created(ZONE, Updates.SOMEBODY);
    ZoneSnapshot snapshot = created.applyTo(Zones.nothing());
    assertThat(snapshot.zone(created.zone())).isSameAs(ZONE);
    var removed = new ZoneChange.Removed(name("DYN.test."), Updates.SOMEBODY);
    assertThat(removed.applyTo(snapshot).zones()).isEmpty();
    assertThat(snapshot.zones()).hasSize(1);
  }
}
