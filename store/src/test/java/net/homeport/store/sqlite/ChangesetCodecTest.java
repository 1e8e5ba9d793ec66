package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.RrsetChange;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Changesets as octets of the journal. */
final class ChangesetCodecTest {
  private static final Rrset A =
      Rrset.of(DnsText.records("x. 60 A 192.0.2.1"), 60, Management.DYNAMIC);
  private static final Rrset TXT =
      Rrset.of(DnsText.records("x. 5 TXT a", "x. 5 TXT b"), 5, Management.STATIC);

  private static Attribution by(String actor, String source) throws Exception {
    return new Attribution(
        actor,
        "dyndns2",
        source.isEmpty() ? null : InetAddress.getByName(source),
        Instant.ofEpochMilli(1_767_225_600_123L));
  }

  private static List<RrsetChange> changes() throws Exception {
    return List.of(
        new RrsetChange(name("Cam.home.test."), Type.A, null, A, by("cam", "192.0.2.7")),
        new RrsetChange(name("cam.home.test."), Type.TXT, TXT, null, by("cam", "192.0.2.7")),
        new RrsetChange(name("\\000.home.test."), Type.TXT, TXT, TXT, by("Büro ☎", "2001:db8::1")),
        new RrsetChange(name("."), 65_535, null, null, by("", "")));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    List<RrsetChange> read = ChangesetCodec.decode(ChangesetCodec.encode(changes()));
    assertThat(read).isEqualTo(changes());
    assertThat(read.getFirst().owner()).hasToString("Cam.home.test.");
    assertThat(ChangesetCodec.decode(ChangesetCodec.encode(List.of()))).isEmpty();
  }

  @Test
  void anAttributionIsWrittenOnce() throws Exception {
    RrsetChange change = changes().getFirst();
    int one = ChangesetCodec.encode(List.of(change)).length;
    int two = ChangesetCodec.encode(List.of(change, change)).length;
    assertThat(two - one).isLessThan(one);
  }

  @Test
  void theLayoutIsStable() throws Exception {
    // Stores of older versions are read: this test may gain cases, never change one.
    byte[] octets = ChangesetCodec.encode(changes().subList(0, 1));
    assertThat(HexFormat.of().formatHex(octets))
        .isEqualTo(
            "01" // version
                + "00000001" // attributions
                + "000363616d" // cam
                + "000764796e646e7332" // dyndns2
                + "04c0000207" // source
                + "0000019b76daa87b" // at
                + "00000001" // changes
                + "00000000" // attribution
                + "0f0343616d04686f6d65047465737400" // owner as spelled
                + "0001" // type
                + "ff" // before: absent
                + "0100010010c00c000100010000003c0004c0000201"); // after
  }

  @Test
  void damagedOctetsAreNotTakenForAChangeset() throws Exception {
    byte[] octets = ChangesetCodec.encode(changes());
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> ChangesetCodec.decode(cut))
          .as("%d octets", length)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("damaged");
    }
    byte[] newer = octets.clone();
    newer[0] = 9;
    assertThatThrownBy(() -> ChangesetCodec.decode(newer))
        .hasMessageContaining("unknown version 9");
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = octets.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(ChangesetCodec.decode(damaged)).isNotNull();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
  }
}
