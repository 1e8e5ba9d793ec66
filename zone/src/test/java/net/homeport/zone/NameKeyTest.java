package net.homeport.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

/** Names as octets of a question (RFC 1035 3.1, 4.1.2), good and bad. */
final class NameKeyTest {
  private final NameKey key = new NameKey(Zones.SEED);

  private boolean index(byte... wire) {
    System.arraycopy(wire, 0, key.buffer(), 0, wire.length);
    return key.index(wire.length);
  }

  @ParameterizedTest
  @CsvSource({"., 1, 1", "example., 2, 9", "www.example., 3, 13", "*.a.example., 4, 13"})
  void knowsLabelsAndOctets(String name, int labels, int octets) {
    assertThat(index(DnsText.name(name).toWire())).isTrue();
    assertThat(key.labels()).isEqualTo(labels);
    assertThat(key.length()).isEqualTo(octets);
  }

  @Test
  void octetsBehindTheNameDoNotMatter() {
    byte[] wire = Arrays.copyOf(DnsText.name("www.example.").toWire(), 60);
    Arrays.fill(wire, 13, 60, (byte) 0xFF);
    assertThat(index(wire)).isTrue();
    assertThat(key.length()).isEqualTo(13);
  }

  @Test
  void letterCaseOfAsciiIsLoweredAndNothingElse() {
    // RFC 4343 3: only A-Z; '@', '[', octets above 127 and digits are themselves.
    assertThat(
            index(
                (byte) 8,
                (byte) 'A',
                (byte) 'Z',
                (byte) '@',
                (byte) '[',
                (byte) 0xC1,
                (byte) 'q',
                (byte) 0,
                (byte) '5',
                (byte) 0))
        .isTrue();
    assertThat(Arrays.copyOf(key.wire(), key.length()))
        .containsExactly(8, 'a', 'z', '@', '[', 0xC1, 'q', 0, '5', 0);
  }

  @ParameterizedTest
  @CsvSource({
    "pointer at once,       C00C",
    "pointer after a label, 0161C00C",
    "extended label 0x40,   416100",
    "reserved label 0x80,   8000",
    "label off the end,     056162",
    "label ends at the end, 026162",
    "no root label,         0161",
    "nothing,               ''",
  })
  void refusesWhatIsNoCompleteUncompressedName(String why, String octets) {
    assertThat(index(HexFormat.of().parseHex(octets))).as(why).isFalse();
  }

  @Test
  void aNameCutAnywhereIsRefused() {
    byte[] wire = DnsText.name("a.bc.def.example.").toWire();
    System.arraycopy(wire, 0, key.buffer(), 0, wire.length);
    for (int available = 0; available < wire.length; available++) {
      assertThat(key.index(available)).as("%d octets", available).isFalse();
    }
    assertThat(key.index(wire.length)).isTrue();
  }

  @Test
  void aNameOf127LabelsAnd255OctetsIsTheLongest() {
    byte[] wire = new byte[NameKey.MAX_OCTETS];
    for (int i = 0; i < 254; i += 2) {
      wire[i] = 1;
      wire[i + 1] = 'x';
    }
    assertThat(index(wire)).isTrue();
    assertThat(key.labels()).isEqualTo(128);
    assertThat(key.length()).isEqualTo(255);
  }

  @Test
  void aNameOf256OctetsIsRefused() {
    byte[] wire = new byte[NameKey.MAX_OCTETS];
    for (int i = 0; i < 252; i += 2) {
      wire[i] = 1;
      wire[i + 1] = 'x';
    }
    wire[252] = 2; // the label's octets would be 253 and 254, the root label octet 255
    assertThat(index(wire)).isFalse();
  }

  @Test
  void aKeyThatRefusedIsGoodForTheNextName() {
    assertThat(index((byte) 3, (byte) 'a')).isFalse();
    assertThat(index(DnsText.name("b.example.").toWire())).isTrue();
    assertThat(key.suffixHash(0))
        .isEqualTo(NameKey.of(Zones.SEED, DnsText.name("b.example.")).suffixHash(0));
  }

  @Test
  void suffixHashesAreThoseOfTheSuffixesWhateverTheirCase() {
    for (long seed = 1; seed <= 200; seed++) {
      var dns = new RandomDns(seed);
      Name name = dns.nameBelow(DnsText.name("very-long-label-of-many-octets.example."));
      NameKey whole = NameKey.of(Zones.SEED, dns.spelledAnew(name));
      for (int label = 0; label < name.labels(); label++) {
        NameKey suffix = NameKey.of(Zones.SEED, new Name(name, label));
        assertThat(whole.suffixHash(label)).as("seed %d", seed).isEqualTo(suffix.suffixHash(0));
      }
    }
  }

  @Test
  void theHashDependsOnTheSeedAndOnEachOctet() {
    byte[] wire = DnsText.name("abcdefghijklmnopq.rs.example.").toWire();
    long hash = NameKey.of(1, DnsText.name("abcdefghijklmnopq.rs.example.")).suffixHash(0);
    assertThat(NameKey.of(2, DnsText.name("abcdefghijklmnopq.rs.example.")).suffixHash(0))
        .isNotEqualTo(hash);
    var changed = new NameKey(1);
    for (int i = 0; i < wire.length; i++) {
      if (wire[i] > 'Z') {
        System.arraycopy(wire, 0, changed.buffer(), 0, wire.length);
        changed.buffer()[i] = '7';
        assertThat(changed.index(wire.length)).isTrue();
        assertThat(changed.suffixHash(0)).as("octet %d", i).isNotEqualTo(hash);
      }
    }
  }

  @Test
  void labelsJoinedDifferentlyHashDifferently() {
    assertThat(NameKey.of(1, DnsText.name("a.bc.")).suffixHash(0))
        .isNotEqualTo(NameKey.of(1, DnsText.name("ab.c.")).suffixHash(0));
    assertThat(NameKey.of(1, DnsText.name("a\\.b.")).suffixHash(0))
        .isNotEqualTo(NameKey.of(1, DnsText.name("a.b.")).suffixHash(0));
  }

  @Test
  void randomOctetsAreRefusedOrANameThatDnsjavaReadsToo() {
    for (long seed = 1; seed <= 3000; seed++) {
      var random = new SplittableRandom(seed);
      byte[] octets = new byte[random.nextInt(NameKey.MAX_OCTETS + 1)];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(4));
      }
      if (index(octets)) {
        Name read = parsed(Arrays.copyOf(octets, key.length()));
        assertThat(key.labels()).as("seed %d", seed).isEqualTo(read.labels());
        assertThat(Arrays.copyOf(key.wire(), key.length()))
            .as("seed %d", seed)
            .isEqualTo(read.toWireCanonical());
      }
    }
  }

  private static Name parsed(byte[] wire) {
    try {
      return new Name(wire);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
