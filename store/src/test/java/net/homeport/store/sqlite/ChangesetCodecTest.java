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

  private static final ChangesetCodec.Row ROW = new ChangesetCodec.Row(3, 1, 5, 6);

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
    List<RrsetChange> read = ChangesetCodec.decode(ROW, ChangesetCodec.encode(ROW, changes()));
    assertThat(read).isEqualTo(changes());
    assertThat(read.getFirst().owner()).hasToString("Cam.home.test.");
    assertThat(ChangesetCodec.decode(ROW, ChangesetCodec.encode(ROW, List.of()))).isEmpty();
  }

  @Test
  void anAttributionIsWrittenOnce() throws Exception {
    RrsetChange change = changes().getFirst();
    int one = ChangesetCodec.encode(ROW, List.of(change)).length;
    int two = ChangesetCodec.encode(ROW, List.of(change, change)).length;
    assertThat(two - one).isLessThan(one);
  }

  private static final String CONTENT_AT_FIRST =
      "00000001" // attributions
          + "000363616d" // cam
          + "000764796e646e7332" // dyndns2
          + "04c0000207" // source
          + "0000019b76daa87b"; // at
  private static final String CHANGE =
      "00000001" // changes
          + "00000000" // attribution
          + "0f0343616d04686f6d65047465737400" // owner as spelled
          + "0001" // type
          + "ff" // before: absent
          + "0100010010c00c000100010000003c0004c0000201"; // after

  @Test
  void theLayoutOfTheFirstVersionIsRead() throws Exception {
    // Stores of older versions are read: this test may gain cases, never change one.
    byte[] octets = HexFormat.of().parseHex("01" + CONTENT_AT_FIRST + CHANGE);
    assertThat(ChangesetCodec.decode(ROW, octets)).isEqualTo(changes().subList(0, 1));
  }

  @Test
  void theLayoutIsStable() throws Exception {
    RrsetChange first = changes().getFirst();
    var who =
        new Attribution(
            "cam", "dyndns2", first.attribution().source(), first.attribution().at(), "rule 1");
    var ruled = new RrsetChange(first.owner(), first.type(), first.before(), first.after(), who);
    String octets =
        "02" // version
            + "038abd99" // checksum
            + CONTENT_AT_FIRST
            + "000672756c652031" // rule 1
            + CHANGE;
    assertThat(HexFormat.of().formatHex(ChangesetCodec.encode(ROW, List.of(ruled))))
        .isEqualTo(octets);
    assertThat(ChangesetCodec.decode(ROW, HexFormat.of().parseHex(octets))).containsExactly(ruled);
  }

  @Test
  void anAttributionAloneIsReadAsItWasBeforeThereWereRules() throws Exception {
    String old = "000363616d" + "000764796e646e7332" + "04c0000207" + "0000019b76daa87b";
    Attribution cam = by("cam", "192.0.2.7");
    assertThat(AttributionCodec.decode(HexFormat.of().parseHex(old))).isEqualTo(cam);
    assertThat(HexFormat.of().formatHex(AttributionCodec.encode(cam))).isEqualTo(old);
    var ruled = new Attribution(cam.actor(), cam.frontDoor(), cam.source(), cam.at(), "rule 1");
    assertThat(HexFormat.of().formatHex(AttributionCodec.encode(ruled)))
        .isEqualTo(old + "000672756c652031");
    assertThat(AttributionCodec.decode(AttributionCodec.encode(ruled))).isEqualTo(ruled);
    byte[] more = Arrays.copyOf(AttributionCodec.encode(ruled), 50);
    assertThatThrownBy(() -> AttributionCodec.decode(more))
        .isInstanceOf(DamagedContentException.class);
  }

  @Test
  void aChangesetOfAnotherRowIsNotTaken() throws Exception {
    byte[] octets = ChangesetCodec.encode(ROW, changes());
    for (var other :
        List.of(
            new ChangesetCodec.Row(4, 1, 5, 6),
            new ChangesetCodec.Row(3, 2, 5, 6),
            new ChangesetCodec.Row(3, 1, 4, 6),
            new ChangesetCodec.Row(3, 1, 5, 7))) {
      assertThatThrownBy(() -> ChangesetCodec.decode(other, octets))
          .isInstanceOf(DamagedContentException.class)
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void damagedOctetsAreNotTakenForAChangeset() throws Exception {
    byte[] octets = ChangesetCodec.encode(ROW, changes());
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> ChangesetCodec.decode(ROW, cut))
          .as("%d octets", length)
          .isInstanceOf(DamagedContentException.class)
          .hasMessageContaining("damaged");
    }
    byte[] newer = octets.clone();
    newer[0] = 9;
    assertThatThrownBy(() -> ChangesetCodec.decode(ROW, newer))
        .hasMessageContaining("unknown version 9");
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = octets.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(ChangesetCodec.decode(ROW, damaged)).isEqualTo(changes());
      } catch (DamagedContentException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
  }
}
