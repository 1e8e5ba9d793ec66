package net.homeport.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Several zones in one snapshot, some inside others (RFC 1034 4.3.2 step 2). */
final class NestedZonesTest {
  private static final String DIGEST = "ab".repeat(32);
  private static final Zone PARENT =
      Zones.zone(
          "example.",
          "www A 192.0.2.1",
          "child NS ns.child.example.",
          "child DS 1 13 2 " + DIGEST,
          "ns.child A 192.0.2.2",
          "www.child A 192.0.2.66");
  private static final Zone CHILD =
      Zones.zone("Child.Example.", "www A 192.0.2.3", "ns A 192.0.2.4");
  private static final Zone GRANDCHILD = Zones.zone("a.b.child.example.", "www A 192.0.2.5");
  private static final ZoneSnapshot ALL = Zones.snapshot(PARENT, GRANDCHILD, CHILD);

  @ParameterizedTest
  @CsvSource({
    "www.example.,             A,   Answer,    example.",
    "child.example.,           SOA, Answer,    child.example.",
    "child.example.,           NS,  Answer,    child.example.",
    "www.child.example.,       A,   Answer,    child.example.",
    "nobody.child.example.,    A,   NameError, child.example.",
    "b.child.example.,         A,   NameError, child.example.",
    "a.b.child.example.,       SOA, Answer,    a.b.child.example.",
    "www.a.b.child.example.,   A,   Answer,    a.b.child.example.",
    // RFC 4035 3.1.4.1: DS is the parent's.
    "child.example.,           DS,  Answer,    example.",
    "www.child.example.,       DS,  NoData,    child.example.",
    "example.,                 DS,  NoData,    example.",
  })
  void theLongestApexAnswers(String name, String type, String kind, String zone) {
    Truth truth = Truth.of(ALL.lookup(name(name), Type.value(type)));
    assertThat(truth.kind()).isEqualTo(kind);
    assertThat(truth.zone()).isEqualTo(name(zone));
  }

  @Test
  void withoutTheChildTheParentRefers() {
    ZoneSnapshot alone = ALL.without(name("CHILD.example."));
    assertThat(Truth.of(alone.lookup(name("www.child.example."), Type.A)).kind())
        .isEqualTo("Referral");
    assertThat(Truth.of(alone.lookup(name("www.a.b.child.example."), Type.A)).kind())
        .isEqualTo("Answer");
    assertThat(ALL.zoneCount()).isEqualTo(3);
    assertThat(alone.zoneCount()).isEqualTo(2);
  }

  @Test
  void withoutTheParentTheChildAnswersForItsDs() {
    Truth truth = Truth.of(ALL.without(name("example.")).lookup(name("child.example."), Type.DS));
    assertThat(truth).isEqualTo(Truth.noData(name("child.example.")));
  }

  /** A zone that is to come is nobody else's: neither the parent's nor the child's. */
  @ParameterizedTest
  @CsvSource({
    "www.example.,             A,   Answer",
    "child.example.,           SOA, NotReady",
    "www.child.example.,       A,   NotReady",
    "nobody.b.child.example.,  A,   NotReady",
    "www.a.b.child.example.,   A,   Answer",
    "child.example.,           DS,  Answer",
    "www.child.example.,       DS,  NotReady",
    "elsewhere.,               A,   NotAuthoritative",
  })
  void anAwaitedZoneIsNotReady(String name, String type, String kind) {
    ZoneSnapshot waiting =
        ALL.without(CHILD.apex()).awaiting(name("CHILD.example.")).awaiting(PARENT.apex());
    assertThat(waiting.isAwaited(CHILD.apex())).isTrue();
    assertThat(waiting.isAwaited(PARENT.apex())).as("it is here").isFalse();
    LookupResult result = waiting.lookup(name(name), Type.value(type));
    assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(waiting.zoneOf(name("www.child.example."))).isNull();
  }

  @Test
  void anAwaitedZoneComesAndIsForgotten() {
    Name www = name("www.child.example.");
    ZoneSnapshot waiting = ZoneSnapshot.empty(3).awaiting(CHILD.apex());
    assertThat(waiting.zones()).isEmpty();
    assertThat(waiting.lookup(www, Type.A)).isInstanceOf(LookupResult.NotReady.class);
    ZoneSnapshot there = Zones.snapshot(CHILD).awaiting(CHILD.apex());
    assertThat(there.lookup(www, Type.A)).isInstanceOf(LookupResult.Answer.class);
    assertThat(there.without(CHILD.apex()).lookup(www, Type.A))
        .isInstanceOf(LookupResult.NotReady.class);
    assertThat(there.without(CHILD.apex()).notAwaiting(name("CHILD.example.")).lookup(www, Type.A))
        .isInstanceOf(LookupResult.NotAuthoritative.class);
  }

  @Test
  void zonesAreFoundByApexWhateverItsCase() {
    assertThat(ALL.zone(name("CHILD.EXAMPLE."))).isSameAs(CHILD);
    assertThat(CHILD.apex()).hasToString("Child.Example.");
    assertThat(ALL.zone(name("b.child.example."))).isNull();
    assertThat(ALL.zoneOf(name("x.y.z.example."))).isSameAs(PARENT);
    assertThat(ALL.zoneOf(Name.root)).isNull();
    NameKey key = ALL.newKey();
    byte[] wire = name("WWW.a.b.child.example.").toWire();
    System.arraycopy(wire, 0, key.buffer(), 0, wire.length);
    assertThat(key.index(wire.length)).isTrue();
    assertThat(ALL.zoneOf(key)).isSameAs(GRANDCHILD);
  }

  @Test
  void aSnapshotIsNotChangedByTheNextOne() {
    Zone other = Zones.zone("example.", "www A 192.0.2.99");
    ZoneSnapshot next = ALL.with(other);
    assertThat(next.zone(name("example."))).isSameAs(other);
    assertThat(ALL.zone(name("example."))).isSameAs(PARENT);
    assertThat(next.zoneCount()).isEqualTo(3);
    assertThat(next.without(name("nobody."))).isSameAs(next);
    assertThat(next.zones()).containsExactlyInAnyOrder(other, CHILD, GRANDCHILD);
  }

  @Test
  void rrsetsOfNamesOutsideAZoneAreNotInIt() {
    assertThat(PARENT.rrset(name("www.example.org."), Type.A)).isNull();
    assertThat(PARENT.rrsets(Name.root)).isEmpty();
    // What the zone holds below its own cut is seen by those who edit it.
    assertThat(PARENT.rrset(name("www.child.example."), Type.A)).isNotNull();
  }
}
