package net.homeport.registry.secondary;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** When primaries were heard is durable, but not by a synced write for each check. */
final class MirroredZoneChecksTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Name ONE = name("one.test.");
  private static final Name TWO = name("two.test.");

  private final Stored stored = new Stored();
  private final MirroredZones zones = new MirroredZones(stored, _ -> false);

  private static final class Stored implements MirroredZoneStore {
    private final Map<Name, MirroredZone> zones = new HashMap<>();
    private int writes;

    @Override
    public List<MirroredZone> mirroredZones() {
      return List.copyOf(zones.values());
    }

    @Override
    public void put(MirroredZone zone) {
      putAll(List.of(zone));
    }

    @Override
    public void putAll(List<MirroredZone> some) {
      writes++;
      some.forEach(zone -> zones.put(zone.zone(), zone));
    }

    @Override
    public void removeMirroredZone(Name zone) {
      zones.remove(zone);
    }
  }

  private static Instant second(int second) {
    return START.plus(Duration.ofSeconds(second));
  }

  private void add(Name name) {
    var primary = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    assertThat(zones.add(new MirroredZone(name, List.of(primary), null, null, null, null)))
        .isInstanceOf(MirrorAddition.Added.class);
  }

  private Instant checked(Name name) {
    return Objects.requireNonNull(Objects.requireNonNull(stored.zones.get(name)).lastChecked());
  }

  @Test
  void theFirstIsWrittenAtOnceAndOthersAreGathered() {
    add(ONE);
    add(TWO);
    zones.heard(ONE, second(0), true);
    zones.heard(TWO, second(1), true);
    assertThat(checked(ONE)).isEqualTo(second(0));
    assertThat(checked(TWO)).isEqualTo(second(1));
    int before = stored.writes;
    for (int second = 2; second < 61; second++) {
      zones.heard(second % 2 == 0 ? ONE : TWO, second(second), false);
    }
    assertThat(stored.writes).isEqualTo(before);
    assertThat(Objects.requireNonNull(zones.zone(ONE)).lastChecked()).isEqualTo(second(60));
    zones.heard(TWO, second(61), false);
    assertThat(stored.writes).isEqualTo(before + 1);
    assertThat(checked(ONE)).isEqualTo(second(60));
    assertThat(checked(TWO)).isEqualTo(second(61));
    assertThat(Objects.requireNonNull(stored.zones.get(ONE)).lastTransferred())
        .isEqualTo(second(0));
  }

  @Test
  void theRestIsWrittenAtTheEndAndNothingOfWhatIsGone() {
    add(ONE);
    add(TWO);
    zones.heard(ONE, second(0), false);
    zones.heard(TWO, second(0), false);
    zones.heard(ONE, second(5), false);
    zones.heard(TWO, second(5), false);
    assertThat(zones.release(TWO)).isTrue();
    zones.flush();
    assertThat(checked(ONE)).isEqualTo(second(5));
    assertThat(stored.zones).doesNotContainKey(TWO);
  }

  @Test
  void aClockThatGoesBackDoesNotKeepItFromBeingWritten() {
    add(ONE);
    zones.heard(ONE, second(0), false);
    zones.heard(ONE, second(-3600), false);
    assertThat(checked(ONE)).isEqualTo(second(-3600));
  }
}
