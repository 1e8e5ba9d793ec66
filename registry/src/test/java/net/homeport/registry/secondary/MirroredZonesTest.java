package net.homeport.registry.secondary;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.host.ZoneRoles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** Which zones are copies of others' zones: added, refused, kept, let go; stored first. */
final class MirroredZonesTest {
  private static final InetSocketAddress PRIMARY =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 53);
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Disk disk = new Disk();
  private final Keeper keeper = new Keeper();
  private final Set<Name> ours = Set.of(name("ours.test."));
  private final MirroredZones zones = new MirroredZones(disk, ours::contains);

  /** A store in memory that can fail. */
  private static final class Disk implements MirroredZoneStore {
    private final Map<Name, MirroredZone> stored = new LinkedHashMap<>();
    private boolean full;

    private void refuseIfFull() {
      if (full) {
        throw new RegistryStoreException("the disk is full", new IllegalStateException());
      }
    }

    @Override
    public List<MirroredZone> mirroredZones() {
      return List.copyOf(stored.values());
    }

    @Override
    public void put(MirroredZone zone) {
      putAll(List.of(zone));
    }

    @Override
    public void putAll(List<MirroredZone> zones) {
      refuseIfFull();
      zones.forEach(zone -> stored.put(zone.zone(), zone));
    }

    @Override
    public void removeMirroredZone(Name zone) {
      refuseIfFull();
      stored.remove(zone);
    }
  }

  /** Writes down what it is to do. */
  private static final class Keeper implements MirrorKeeper {
    private final List<String> told = new ArrayList<>();

    @Override
    public void keep(MirroredZone zone) {
      told.add("keep " + zone.zone());
    }

    @Override
    public void release(Name zone) {
      told.add("release " + zone);
    }

    @Override
    public @Nullable MirrorStatus status(Name zone) {
      return null;
    }

    @Override
    public @Nullable CompletableFuture<MirrorStatus> check(Name zone, boolean all) {
      return null;
    }
  }

  private static MirroredZone zone(String apex, int primaries) {
    return new MirroredZone(
        name(apex), Collections.nCopies(primaries, PRIMARY), null, null, null, null);
  }

  @Test
  void oneIsStoredThenKept() {
    zones.keepBy(keeper);
    MirroredZone added = zone("Theirs.test.", 1);
    assertThat(zones.add(added)).isEqualTo(new MirrorAddition.Added(added));
    assertThat(disk.mirroredZones()).containsExactly(added);
    assertThat(keeper.told).containsExactly("keep Theirs.test.");
    assertThat(zones.isSecondary(name("THEIRS.test."))).isTrue();
    assertThat(zones.isSecondary(name("ours.test."))).isFalse();
    assertThat(zones.isSecondary(name("below.theirs.test."))).isFalse();
  }

  @Test
  void whatTheStoreHoldsIsKeptAfterARestart() {
    zones.add(zone("b.test.", 1));
    zones.add(zone("a.test.", 8));
    var again = new MirroredZones(disk, ours::contains);
    again.keepBy(keeper);
    assertThat(again.zones()).containsExactly(zone("a.test.", 8), zone("b.test.", 1));
    assertThat(keeper.told).containsExactlyInAnyOrder("keep a.test.", "keep b.test.");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    zones.keepBy(keeper);
    assertThat(zones.add(zone("ours.test.", 1)))
        .isEqualTo(new MirrorAddition.AlreadyThere(name("ours.test.")));
    zones.add(zone("theirs.test.", 1));
    assertThat(zones.add(zone("THEIRS.test.", 2))).isInstanceOf(MirrorAddition.AlreadyThere.class);
    assertThat(disk.mirroredZones()).containsExactly(zone("theirs.test.", 1));
    assertThat(keeper.told).hasSize(1);
  }

  @Test
  void noneAndTooManyPrimariesAreRefusedWithWords() {
    for (int primaries : new int[] {0, MirroredZone.PRIMARIES_MAX + 1}) {
      assertThat(zones.add(zone("theirs.test.", primaries)))
          .isInstanceOfSatisfying(
              MirrorAddition.Refused.class,
              refused -> assertThat(refused.why()).contains("1 to 8 primaries, not " + primaries));
    }
    assertThat(zones.zones()).isEmpty();
    assertThat(disk.mirroredZones()).isEmpty();
  }

  @Test
  void theirNumberIsBounded() {
    for (int i = 0; i < MirroredZones.ZONES_MAX; i++) {
      assertThat(zones.add(zone("z" + i + ".test.", 1))).isInstanceOf(MirrorAddition.Added.class);
    }
    assertThat(zones.add(zone("one.more.test.", 1)))
        .isInstanceOfSatisfying(
            MirrorAddition.Refused.class,
            refused -> assertThat(refused.why()).contains("no more can be added"));
    assertThat(zones.release(name("z7.test."))).isTrue();
    assertThat(zones.add(zone("one.more.test.", 1))).isInstanceOf(MirrorAddition.Added.class);
  }

  @Test
  void whatCouldNotBeStoredIsNotThere() {
    zones.keepBy(keeper);
    disk.full = true;
    assertThatThrownBy(() -> zones.add(zone("theirs.test.", 1)))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(zones.isSecondary(name("theirs.test."))).isFalse();
    assertThat(keeper.told).isEmpty();
    disk.full = false;
    zones.add(zone("theirs.test.", 1));
    disk.full = true;
    assertThatThrownBy(() -> zones.release(name("theirs.test.")))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(zones.isSecondary(name("theirs.test."))).as("still, as in the store").isTrue();
  }

  @Test
  void releasedItIsKeptNoLonger() {
    zones.keepBy(keeper);
    zones.add(zone("theirs.test.", 1));
    assertThat(zones.release(name("Theirs.test."))).isTrue();
    assertThat(zones.release(name("theirs.test."))).isFalse();
    assertThat(keeper.told).containsExactly("keep theirs.test.", "release Theirs.test.");
    assertThat(disk.mirroredZones()).isEmpty();
    zones.heard(name("theirs.test."), NOW, true);
    assertThat(disk.mirroredZones()).as("heard too late").isEmpty();
  }

  @Test
  void theRefusalNamesTheZoneAndWhereToChangeIt() {
    ZoneRoles theirs =
        new ZoneRoles() {
          @Override
          public boolean isSecondary(Name zone) {
            return true;
          }

          @Override
          public boolean release(Name zone) {
            return false;
          }
        };
    assertThat(theirs.refusal(name("Theirs.test.")))
        .contains("Theirs.test is a copy of another server's zone", "change it there");
    assertThat(ZoneRoles.ALL_PRIMARY.isSecondary(name("theirs.test."))).isFalse();
    assertThat(ZoneRoles.ALL_PRIMARY.release(name("theirs.test."))).isFalse();
  }
}
