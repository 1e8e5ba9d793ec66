package net.homeport.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import net.homeport.testkit.RandomDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Owner names as a store keeps them. */
final class StoredNodeTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aZoneLoadedFromItsNodesInAnyOrderIsTheSame(long seed) {
    var dns = new RandomDns(seed);
    Name apex = name("home.Example.");
    Zone zone = Zones.of(apex, dns.zone(apex));
    var stored = new ArrayList<byte[]>();
    StoredNode.forEach(zone, stored::add);
    java.util.Collections.shuffle(stored, new java.util.Random(seed));

    ZoneEditor editor = Zones.nothing().newZone(apex);
    stored.forEach(node -> StoredNode.load(editor, node));
    Zone loaded = editor.build();

    assertThat(Zones.content(loaded)).isEqualTo(Zones.content(zone));
    assertThat(loaded.nameCount()).isEqualTo(zone.nameCount());
    assertThat(loaded.cuts()).isEqualTo(zone.cuts());
    assertThat(loaded.wildcards()).isEqualTo(zone.wildcards());
    assertThat(spellings(loaded)).isEqualTo(spellings(zone));
  }

  private static List<String> spellings(Zone zone) {
    var names = new ArrayList<String>();
    zone.forEach((owner, _) -> names.add(owner.toString()));
    names.sort(null);
    return names;
  }

  @Test
  void theKeyIsTheOwnerRelativeToTheApexInLowerCase() {
    Zone zone = Zones.zone("Example.", "WwW.Sub A 192.0.2.1");
    byte[] key = StoredNode.key(name("example."), name("WWW.sub.EXAMPLE."));
    assertThat(key).isEqualTo(new byte[] {3, 'w', 'w', 'w', 3, 's', 'u', 'b'});
    byte[] stored = Objects.requireNonNull(StoredNode.of(zone, name("www.sub.example.")));
    assertThat(StoredNode.key(stored)).isEqualTo(key);
    assertThat(StoredNode.key(name("example."), name("example."))).isEmpty();
  }

  @Test
  void namesWithoutRrsetsAreNotKept() {
    // They come back by themselves (RFC 4592 2.2.2).
    Zone zone = Zones.zone("example.", "a.b A 192.0.2.1");
    assertThat(StoredNode.of(zone, name("b.example."))).isNull();
    assertThat(StoredNode.of(zone, name("nobody.example."))).isNull();
    Map<Integer, byte[]> kept = new HashMap<>();
    StoredNode.forEach(zone, node -> kept.put(StoredNode.key(node).length, node));
    assertThat(kept).containsOnlyKeys(0, 4);
  }

  @Test
  void whatIsKeptDoesNotDependOnTheNamesBelow() {
    byte[] alone = StoredNode.of(Zones.zone("example.", "b A 192.0.2.1"), name("b.example."));
    byte[] parent =
        StoredNode.of(
            Zones.zone("example.", "b A 192.0.2.1", "a.b A 192.0.2.1"), name("b.example."));
    assertThat(parent).isEqualTo(alone);
  }

  @Test
  void theLayoutIsStable() {
    // Stores of older versions are read: this test may gain cases, never change one.
    ZoneEditor editor = ZoneEditor.of(Zones.zone("example."));
    editor.set(
        name("Ab.example."),
        Zones.rrsetOf(net.homeport.testkit.DnsText.records("x. 60 A 192.0.2.1"))
            .managedBy(Management.DYNAMIC));
    assertThat(StoredNode.of(editor.build(), name("ab.example.")))
        .containsExactly(
            3, 2, 'a', 'b', // name
            1, 2, 'A', 'b', // spelling follows
            0, Type.A, 1, 0, 1, 0, 16, // type, management, count, octets
            0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1);
  }

  @Test
  void octetsThatWereCutShortOrGotLongerAreRefused() {
    Zone zone = Zones.zone("example.", "Www A 192.0.2.1", "www TXT text");
    byte[] stored = Objects.requireNonNull(StoredNode.of(zone, name("www.example.")));
    for (int length = 0; length < stored.length + 3; length++) {
      byte[] damaged = Arrays.copyOf(stored, length);
      // Whole RRsets may be missing from the end; what is there is never half of one.
      ZoneEditor editor = Zones.nothing().newZone(name("example."));
      if (PackedNode.isWhole(damaged)) {
        assertThat(length).isIn(headOctets(), headOctets() + 7 + 16, stored.length);
      } else {
        assertThatThrownBy(() -> StoredNode.load(editor, damaged))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("example.");
      }
    }
  }

  /** Of the name in lower case, its spelling, and what tells of them. */
  private static int headOctets() {
    return 1 + 4 + 1 + 4;
  }
}
