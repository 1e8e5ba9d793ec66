package net.homeport.registry.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.zone.Zone;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Whole zones come and go. */
final class ZoneRegistryTest {
  private static final String TEXT =
      "$TTL 60\n@ SOA ns host 5 1 1 1 60\n@ NS ns\nwww A 192.0.2.1\n";

  private final House house = new House("home.test.");
  private final ZoneRegistry zones = house.zones;

  @AfterEach
  void close() {
    house.close();
  }

  private ZoneAddition add(String zone) {
    return zones.add(name(zone), name("ns.elsewhere.test."), House.ADMINISTRATOR);
  }

  @Test
  void aNewZoneHasASoaANameServerAndTheTimeAsSerial() {
    var added = (ZoneAddition.Added) add("New.test.");
    Zone zone = Objects.requireNonNull(zones.zone(name("new.TEST.")));
    assertThat(zone).isSameAs(added.zone());
    assertThat(zone.serial()).isEqualTo(house.clock.instant().getEpochSecond());
    assertThat(house.rdata("new.test.", Type.NS)).containsExactly("ns.elsewhere.test.");
    assertThat(house.journal).containsExactly(new ZoneChange.Created(zone, House.ADMINISTRATOR));
  }

  @Test
  void aZoneThatComesBackGoesOnWithAGreaterSerial() {
    // RFC 1982: or secondaries would keep the old one.
    add("new.test.");
    long before = Objects.requireNonNull(zones.zone(name("new.test."))).serial();
    zones.remove(name("new.test."), House.ADMINISTRATOR);
    house.clock.advance(Duration.ofSeconds(1));
    add("new.test.");
    assertThat(Objects.requireNonNull(zones.zone(name("new.test."))).serial())
        .isGreaterThan(before);
  }

  @Test
  void aZoneFromText() {
    assertThat(zones.addText(name("text.test."), TEXT, House.ADMINISTRATOR))
        .isInstanceOf(ZoneAddition.Added.class);
    assertThat(house.rdata("www.text.test.", Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void textThatIsNoZoneChangesNothingAndSaysWhy() {
    ZoneAddition addition =
        zones.addText(name("text.test."), TEXT + "www2 A oops\n", House.ADMINISTRATOR);
    assertThat(addition)
        .isInstanceOfSatisfying(
            ZoneAddition.BadText.class,
            bad -> assertThat(bad.why()).contains("zone file:5:8: ", "oops"));
    assertThat(zones.zone(name("text.test."))).isNull();
    assertThat(house.journal).isEmpty();
  }

  @Test
  void aZoneThatIsThereIsNotReplaced() {
    var there = new ZoneAddition.AlreadyThere(name("home.test."));
    assertThat(add("HOME.test.")).isEqualTo(there);
    assertThat(zones.addText(name("home.test."), TEXT, House.ADMINISTRATOR)).isEqualTo(there);
    assertThat(zones.addText(name("home.test."), "no zone", House.ADMINISTRATOR)).isEqualTo(there);
    assertThat(house.journal).isEmpty();
  }

  @Test
  void zonesAreListedInCanonicalOrder() {
    add("b.test.");
    add("a.test.");
    add("a.b.test.");
    assertThat(zones.zones())
        .extracting(zone -> zone.apex().toString())
        .containsExactly("a.test.", "b.test.", "a.b.test.", "home.test.");
  }

  @Test
  void aZoneInWhichHostsLiveIsNotRemoved() {
    house.host("cam.home.test.");
    house.host("nas.home.test.");
    assertThat(zones.remove(name("Home.test."), House.ADMINISTRATOR))
        .isEqualTo(new ZoneRemoval.HasHosts(name("home.test."), 2));
    assertThat(zones.zone(name("home.test."))).isNotNull();
    house.hosts.remove(name("cam.home.test."));
    house.hosts.remove(name("nas.home.test."));
    assertThat(zones.remove(name("Home.test."), House.ADMINISTRATOR))
        .isEqualTo(new ZoneRemoval.Removed(name("home.test.")));
    assertThat(zones.zones()).isEmpty();
    assertThat(zones.remove(name("Home.test."), House.ADMINISTRATOR))
        .isEqualTo(new ZoneRemoval.NoSuchZone(name("home.test.")));
  }

  @Test
  void aStoreThatRefusesIsAFailureAndNothingElse() {
    house.diskFull(true);
    assertThat(add("new.test.")).isEqualTo(new ZoneAddition.Failed("the disk is full"));
    assertThat(zones.remove(name("home.test."), House.ADMINISTRATOR))
        .isEqualTo(new ZoneRemoval.Failed("the disk is full"));
    assertThat(zones.zone(name("home.test."))).isNotNull();
    assertThat(zones.zone(name("new.test."))).isNull();
  }

  @Test
  void aClosedWriterIsAFailureToo() {
    house.writer.close();
    assertThat(add("new.test.")).isInstanceOf(ZoneAddition.Failed.class);
    assertThat(zones.remove(name("home.test."), House.ADMINISTRATOR))
        .isInstanceOf(ZoneRemoval.Failed.class);
  }
}
