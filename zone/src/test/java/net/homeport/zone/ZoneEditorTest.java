package net.homeport.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** One version of a zone from the one before. */
final class ZoneEditorTest {
  private static final Rrset A = Zones.rrsetOf(DnsText.records("x. 60 A 192.0.2.1"));
  private static final Rrset NS = Zones.rrsetOf(DnsText.records("x. 60 NS ns.elsewhere.invalid."));
  private static final Rrset DNAME =
      Zones.rrsetOf(DnsText.records("x. 60 DNAME elsewhere.invalid."));

  private final Zone empty = Zones.zone("example.");
  private final ZoneEditor editor = ZoneEditor.of(empty);

  private static boolean exists(Zone zone, String name) {
    LookupResult result = Zones.snapshot(zone).lookup(name(name), Type.TXT);
    assertThat(result).isInstanceOfAny(LookupResult.NoData.class, LookupResult.NameError.class);
    return result instanceof LookupResult.NoData;
  }

  @Test
  void namesBetweenApexAndAnOwnerExistAsLongAsItDoes() {
    // RFC 4592 2.2.2: empty non-terminals.
    editor.set(name("a.b.c.example."), A);
    Zone with = editor.build();
    assertThat(exists(with, "b.c.example.")).isTrue();
    assertThat(exists(with, "c.example.")).isTrue();
    assertThat(exists(with, "x.b.c.example.")).isFalse();
    assertThat(with.nameCount()).isEqualTo(4);

    editor.remove(name("a.b.c.example."), Type.A);
    Zone without = editor.build();
    assertThat(exists(without, "b.c.example.")).isFalse();
    assertThat(exists(without, "c.example.")).isFalse();
    assertThat(without.nameCount()).isEqualTo(1);
  }

  @Test
  void anEmptyNonTerminalStaysForItsOtherChildren() {
    editor.set(name("one.b.example."), A);
    editor.set(name("two.b.example."), A);
    editor.remove(name("one.b.example."), Type.A);
    assertThat(exists(editor.build(), "b.example.")).isTrue();
    editor.remove(name("two.b.example."), Type.A);
    assertThat(exists(editor.build(), "b.example.")).isFalse();
  }

  @Test
  void aNameWithDataStaysWhenTheNameBelowItGoes() {
    editor.set(name("b.example."), A);
    editor.set(name("a.b.example."), A);
    editor.remove(name("a.b.example."), Type.A);
    assertThat(editor.build().rrset(name("b.example."), Type.A)).isEqualTo(A);
  }

  @Test
  void aNameWhoseDataGoesStaysAsAnEmptyNonTerminal() {
    // RFC 8020 2: NXDOMAIN would deny what lies below.
    editor.set(name("b.example."), A);
    editor.set(name("a.b.example."), A);
    editor.remove(name("b.example."), Type.A);
    Zone zone = editor.build();
    assertThat(exists(zone, "b.example.")).isTrue();
    assertThat(zone.rrsets(name("b.example."))).isEmpty();
  }

  @Test
  void theVersionBeforeIsNotTouched() {
    editor.set(name("www.example."), A);
    Zone second = editor.build();
    ZoneEditor third = ZoneEditor.of(second);
    third.remove(name("www.example."), Type.A);
    third.set(name("example."), A);
    third.setSerial(99);
    Zone built = third.build();
    assertThat(empty.rrset(name("www.example."), Type.A)).isNull();
    assertThat(second.rrset(name("www.example."), Type.A)).isEqualTo(A);
    assertThat(second.serial()).isEqualTo(1);
    assertThat(second.rrset(name("example."), Type.A)).isNull();
    assertThat(built.serial()).isEqualTo(99);
  }

  @Test
  void theFirstSpellingOfANameIsKept() {
    // RFC 4343 4.1: case preserving, and compared without case.
    editor.set(name("WwW.Example."), A);
    editor.set(name("www.example."), NS);
    assertThat(spelling(editor.build())).isEqualTo("WwW.example.");
  }

  @Test
  void theSpellingOfANameBetweenIsThatOfTheNameBelow() {
    editor.set(name("host.SuB.example."), A);
    editor.set(name("sub.example."), A);
    assertThat(spelling(editor.build())).isIn("SuB.example.", "host.SuB.example.");
    editor.remove(name("host.sub.example."), Type.A);
    assertThat(spelling(editor.build())).isEqualTo("SuB.example.");
  }

  private static String spelling(Zone zone) {
    var names = new java.util.ArrayList<String>();
    zone.forEach((owner, _) -> names.add(owner.toString()));
    names.remove("example.");
    return names.getFirst();
  }

  @Test
  void removingATypeThatIsNotThereDoesNothing() {
    editor.remove(name("nobody.example."), Type.A);
    editor.remove(name("example."), Type.A);
    assertThat(Zones.content(editor.build())).isEqualTo(Zones.content(empty));
    assertThat(editor.build().nameCount()).isOne();
  }

  @Test
  void namesOutsideTheZoneAreADefectOfTheCaller() {
    for (String outside : List.of("com.", "notexample.", "www.example.org.")) {
      assertThatThrownBy(() -> editor.set(name(outside), A))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not in the zone example.");
    }
  }

  @Test
  void aZoneHasExactlyOneSoa() {
    ZoneEditor fresh = Zones.nothing().newZone(name("example."));
    fresh.set(name("example."), NS);
    assertThatThrownBy(fresh::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exactly one SOA");
    editor.remove(name("example."), Type.SOA);
    assertThatThrownBy(editor::build).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
  void theSerialIsUnsigned32Bits(long serial) {
    editor.setSerial(serial);
    Zone zone = editor.build();
    assertThat(zone.serial()).isEqualTo(serial);
    assertThat(zone.soa().getMinimum()).isEqualTo(60);
    assertThat(zone.soaRrset().ttl()).isEqualTo(3600);
  }

  @Test
  void cutsAreCountedOnceANodeAndNotAtTheApex() {
    assertThat(empty.cuts()).isZero();
    editor.set(name("sub.example."), NS);
    editor.set(name("sub.example."), DNAME);
    assertThat(editor.build().cuts()).isOne();
    assertThat(editor.build().isBeyondCut(name("sub.example."))).isTrue();
    editor.remove(name("sub.example."), Type.NS);
    assertThat(editor.build().cuts()).isOne();
    assertThat(editor.build().isBeyondCut(name("sub.example."))).isFalse();
    assertThat(editor.build().isBeyondCut(name("a.sub.example."))).isTrue();
    editor.remove(name("sub.example."), Type.DNAME);
    assertThat(editor.build().cuts()).isZero();
    assertThat(editor.build().isBeyondCut(name("a.sub.example."))).isFalse();
    editor.set(Name.fromConstantString("example."), DNAME);
    assertThat(editor.build().cuts()).isOne();
  }

  @Test
  void wildcardsAreCountedAlsoWhenTheyAreEmptyNonTerminals() {
    editor.set(name("*.example."), A);
    editor.set(name("a.*.sub.example."), A);
    assertThat(editor.build().wildcards()).isEqualTo(2);
    editor.remove(name("a.*.sub.example."), Type.A);
    assertThat(editor.build().wildcards()).isOne();
    editor.remove(name("*.example."), Type.A);
    assertThat(editor.build().hasWildcards()).isFalse();
  }

  @Test
  void aZoneWhoseApexIsStarHasNoWildcardForThat() {
    assertThat(Zones.zone("*.example.", "www A 192.0.2.1").hasWildcards()).isFalse();
  }
}
