package net.homeport.zone.update;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.update.Updates.assertRefused;
import static net.homeport.zone.update.Updates.assertUnchanged;
import static net.homeport.zone.update.Updates.changed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A dynamic update never changes a static record, and never seems to succeed where it cannot. */
final class UpdateManagementTest {
  private static final Zone ZONE =
      Zones.zone(
          "dyn.test.",
          "fixed A 192.0.2.1",
          "alias CNAME fixed",
          "sub NS ns.sub",
          "ns.sub A 192.0.2.2",
          "dn DNAME other.test.",
          "mixed TXT static");

  private static Updates update() {
    return Updates.of("dyn.test.");
  }

  private static Arguments rule(Refusal why, String what, UnaryOperator<Updates> update) {
    return Arguments.of(why, what, update);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        rule(Refusal.STATIC_RECORD, "add", u -> u.add("Fixed.dyn.test. 60 A 192.0.2.9")),
        rule(Refusal.STATIC_RECORD, "same value", u -> u.add("fixed.dyn.test. 300 A 192.0.2.1")),
        rule(Refusal.STATIC_RECORD, "delete RRset", u -> u.deleteRrset("fixed.dyn.test.", "A")),
        rule(
            Refusal.STATIC_RECORD,
            "delete record",
            u -> u.deleteRecord("fixed.dyn.test. 0 A 192.0.2.1")),
        rule(Refusal.STATIC_RECORD, "delete name", u -> u.deleteName("fixed.dyn.test.")),
        rule(
            Refusal.STATIC_RECORD,
            "replace CNAME",
            u -> u.add("alias.dyn.test. 60 CNAME other.test.")),
        rule(Refusal.STATIC_RECORD, "apex NS", u -> u.add("dyn.test. 60 NS ns.attacker.invalid.")),
        rule(Refusal.STATIC_RECORD, "SOA", u -> u.add("dyn.test. 60 SOA a. b. 9999 1 1 1 1")),
        rule(Refusal.ALIAS, "data onto CNAME", u -> u.add("alias.dyn.test. 60 A 192.0.2.9")),
        rule(Refusal.ALIAS, "CNAME onto data", u -> u.add("mixed.dyn.test. 60 CNAME a.test.")),
        rule(Refusal.BELOW_ZONE_CUT, "at a cut", u -> u.add("sub.dyn.test. 60 A 192.0.2.9")),
        rule(Refusal.BELOW_ZONE_CUT, "below a cut", u -> u.add("a.sub.dyn.test. 60 A 192.0.2.9")),
        rule(Refusal.BELOW_ZONE_CUT, "glue", u -> u.deleteRrset("ns.sub.dyn.test.", "A")),
        rule(Refusal.BELOW_ZONE_CUT, "below a DNAME", u -> u.add("a.dn.dyn.test. 60 A 192.0.2.9")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refused(Refusal why, String what, UnaryOperator<Updates> update) {
    assertRefused(ZONE, update.apply(update()).asDynamic(), why);
    assertThat(why.rcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void anAddressBesideStaticRecordsOfAnotherTypeIsAllowed() {
    Zone next = changed(ZONE, update().add("mixed.dyn.test. 60 A 192.0.2.9").asDynamic());
    assertThat(Objects.requireNonNull(next.rrset(name("mixed.dyn.test."), Type.A)).management())
        .isEqualTo(Management.DYNAMIC);
    assertThat(Objects.requireNonNull(next.rrset(name("mixed.dyn.test."), Type.TXT)).management())
        .isEqualTo(Management.STATIC);
    Zone dnameOwner = changed(ZONE, update().add("dn.dyn.test. 60 A 192.0.2.9").asDynamic());
    assertThat(dnameOwner.rrset(name("dn.dyn.test."), Type.A)).isNotNull();
  }

  @Test
  void aCutThatTheUpdateMakesItselfCounts() {
    Updates delegation =
        update()
            .add("new.dyn.test. 60 NS ns.elsewhere.invalid.")
            .add("a.new.dyn.test. 60 A 192.0.2.9");
    assertRefused(ZONE, delegation.asDynamic(), Refusal.BELOW_ZONE_CUT);
    Updates redirection =
        update().add("new.dyn.test. 60 DNAME other.test.").add("a.new.dyn.test. 60 A 192.0.2.9");
    assertRefused(ZONE, redirection.asDynamic(), Refusal.BELOW_ZONE_CUT);
    // RFC 6672 2.3: a DNAME does not redirect its own name.
    Updates beside =
        update().add("new.dyn.test. 60 DNAME other.test.").add("new.dyn.test. 60 A 192.0.2.9");
    assertThat(changed(ZONE, beside.asDynamic()).rrsets(name("new.dyn.test."))).hasSize(2);
  }

  @Test
  void aHostChangesItsOwnAddress() {
    Zone first = changed(ZONE, update().add("host.dyn.test. 60 A 192.0.2.9").asDynamic());
    Updates move =
        update().deleteRrset("host.dyn.test.", "A").add("host.dyn.test. 60 A 192.0.2.10");
    Zone second = changed(first, move.asDynamic());
    Zone gone = changed(second, update().deleteName("host.dyn.test.").asDynamic());
    assertThat(Zones.content(gone)).isEqualTo(Zones.content(ZONE));
  }

  @Test
  void deletingWhatIsNotThereIsNoOffence() {
    assertUnchanged(ZONE, update().deleteRrset("fixed.dyn.test.", "AAAA").asDynamic());
    assertUnchanged(ZONE, update().deleteRecord("fixed.dyn.test. 0 A 192.0.2.200").asDynamic());
    assertUnchanged(ZONE, update().deleteRrset("dyn.test.", "NS").asDynamic());
  }

  @Test
  void somebodyWhoMayChangeAllTakesAHostsRecordOver() {
    Zone first = changed(ZONE, update().add("host.dyn.test. 60 A 192.0.2.9").asDynamic());
    Zone second = changed(first, update().add("host.dyn.test. 60 A 192.0.2.9").asStatic());
    assertRefused(
        second, update().deleteRrset("host.dyn.test.", "A").asDynamic(), Refusal.STATIC_RECORD);
  }

  @Test
  void nothingOfARefusedUpdateTakesEffect() {
    Updates half =
        update()
            .add("one.dyn.test. 60 A 192.0.2.9")
            .deleteName("mixed.dyn.test.")
            .add("two.other.test. 60 A 192.0.2.9");
    SortedSet<String> before = Zones.content(ZONE);
    assertRefused(ZONE, half.asStatic(), Refusal.OUTSIDE_ZONE);
    assertThat(Zones.content(ZONE)).isEqualTo(before);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noRandomDynamicUpdateChangesAStaticRecord(long seed) {
    var dns = new RandomDns(seed);
    Zone zone = Zones.of(ZONE.apex(), dns.zone(ZONE.apex()));
    SortedSet<String> before = statics(zone);
    for (int i = 0; i < 60; i++) {
      UpdateResult result =
          UpdateEvaluation.evaluate(zone, RandomUpdate.of(dns, zone, Management.DYNAMIC));
      if (result instanceof UpdateResult.Changed changed) {
        zone = changed.next();
        assertThat(statics(zone)).as("update %d", i).isEqualTo(before);
      }
    }
  }

  private static SortedSet<String> statics(Zone zone) {
    var lines = new TreeSet<>(Zones.content(zone));
    lines.removeIf(line -> line.endsWith("DYNAMIC"));
    return lines;
  }

  @Test
  void aCutThatTheSameUpdateTakesAwayIsNoCut() {
    Zone zone =
        changed(
            Zones.zone("dyn.test.", "fixed A 192.0.2.1"),
            Updates.of("dyn.test.").add("sub.dyn.test. 60 NS ns.other.test.").asDynamic());
    Updates below = Updates.of("dyn.test.").add("cam.sub.dyn.test. 60 A 192.0.2.7");
    assertRefused(zone, below.asDynamic(), Refusal.BELOW_ZONE_CUT);
    Updates instead =
        Updates.of("dyn.test.")
            .deleteRrset("sub.dyn.test.", "NS")
            .add("cam.sub.dyn.test. 60 A 192.0.2.7");
    Zone after = changed(zone, instead.asDynamic());
    assertThat(after.rrset(name("cam.sub.dyn.test."), Type.A)).isNotNull();
    Updates again =
        Updates.of("dyn.test.")
            .deleteRrset("sub.dyn.test.", "NS")
            .add("sub.dyn.test. 60 NS ns2.other.test.")
            .add("cam.sub.dyn.test. 60 A 192.0.2.7");
    assertRefused(zone, again.asDynamic(), Refusal.BELOW_ZONE_CUT);
  }
}
