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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    ZoneLoader loader = Zones.nothing().newLoader(apex);
    stored.forEach(loader::add);
    assertSame(loader.finish().build(), zone);
  }

  private static void assertSame(Zone loaded, Zone zone) {
    assertThat(Zones.content(loaded)).isEqualTo(Zones.content(zone));
    assertThat(loaded.nameCount()).isEqualTo(zone.nameCount());
    assertThat(loaded.cuts()).isEqualTo(zone.cuts());
    assertThat(loaded.wildcards()).isEqualTo(zone.wildcards());
    assertThat(spellings(loaded)).isEqualTo(spellings(zone));
    assertThat(children(loaded)).isEqualTo(children(zone));
  }

  /** The number of names below each name: what tells when an empty non-terminal goes. */
  private static Map<Name, Integer> children(Zone zone) {
    Map<Name, Integer> children = new HashMap<>();
    zone.names()
        .forEach(node ->
            children.put(
                Zone.nameOf(PackedNode.spelling(node), zone.apex()), PackedNode.children(node)));
    return children;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 96, 97, 20_000})
  void aLargeZoneLoadedFromItsNodesIsTheSame(int names) {
    Name apex = name("example.");
    ZoneEditor editor = ZoneEditor.of(Zones.zone("example."));
    Rrset address = Zones.rrsetOf(net.homeport.testkit.DnsText.records("x. 60 A 192.0.2.1"));
    for (int i = 0; i < names; i++) {
      String text =
          i % 3 == 0 ? "h%d.a%d.example." : i % 3 == 1 ? "H%d.example." : "h%d.x.y.example.";
      editor.set(name(text.formatted(i, i % 7)), address);
    }
    Zone zone = editor.build();
    ZoneLoader loader = Zones.nothing().newLoader(apex);
    StoredNode.forEach(zone, loader::add);
    assertSame(loader.finish().build(), zone);
  }

  @Test
  void namesInBetweenThatHaveRrsetsThemselvesAreCountedOnce() {
    Zone zone =
        Zones.zone(
            "example.", "a.b.c A 192.0.2.1", "c A 192.0.2.1", "*.d.c A 192.0.2.1", "*.c NS x.");
    var stored = new ArrayList<byte[]>();
    StoredNode.forEach(zone, stored::add);
    for (long seed = 1; seed <= 20; seed++) {
      java.util.Collections.shuffle(stored, new java.util.Random(seed));
      ZoneLoader loader = Zones.nothing().newLoader(name("example."));
      stored.forEach(loader::add);
      assertSame(loader.finish().build(), zone);
    }
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() {
    Zone zone = Zones.zone("example.", "www A 192.0.2.1");
    ZoneLoader loader = Zones.nothing().newLoader(name("example."));
    StoredNode.forEach(zone, loader::add);
    loader.add(Objects.requireNonNull(StoredNode.of(zone, name("www.example."))));
    assertThatThrownBy(loader::finish).hasMessageContaining("twice");
  }

  @Test
  void aZoneWithoutItsApexIsRefused() {
    Zone zone = Zones.zone("example.", "a.b A 192.0.2.1", "c A 192.0.2.1");
    ZoneLoader loader = Zones.nothing().newLoader(name("example."));
    StoredNode.forEach(
        zone,
        stored -> {
          if (StoredNode.key(stored).length > 0) {
            loader.add(stored);
          }
        });
    assertThatThrownBy(() -> loader.finish().build()).hasMessageContaining("SOA");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, a name cut short",
    "0, 5, a name that goes on in the flags",
    "1, 4, a label that passes the end of the name",
    "1, 0, an empty label",
    "1, -64, a pointer",
    "2, 65, an upper-case letter in the key",
    "2, 46, a key that is not what is spelled",
    "7, 46, a spelling that is another name",
  })
  void namesThatAreNoneAreRefused(int at, byte octet, String what) {
    byte[] stored =
        Objects.requireNonNull(
            StoredNode.of(Zones.zone("example.", "Www A 192.0.2.1"), name("www.example.")));
    assertThat(stored).startsWith(4, 3, 'w', 'w', 'w', 1, 3, 'W', 'w', 'w');
    byte[] damaged = stored.clone();
    damaged[at] = octet;
    assertThatThrownBy(() -> Zones.nothing().newLoader(name("example.")).add(damaged))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("example.");
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
      ZoneLoader loader = Zones.nothing().newLoader(name("example."));
      if (PackedNode.isWhole(damaged)) {
        assertThat(length).isIn(headOctets(), headOctets() + 7 + 16, stored.length);
      } else {
        assertThatThrownBy(() -> loader.add(damaged))
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
