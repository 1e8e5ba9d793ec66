package net.homeport.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the registry, the zone and the history say of a host, together. */
final class HostStatusReaderTest {
  private final House house = new House("home.test.");
  private final Host cam = house.host("cam.home.test.").host();
  private final HostStatusReader reader =
      new HostStatusReader(
          house.hosts,
          house.writer::snapshot,
          (zone, owner) ->
              zone.equals(cam.zone()) && owner.equals(cam.name()) ? House.ADMINISTRATOR : null);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void beforeItsFirstUpdateAHostHasNoAddress() {
    HostStatus status = reader.status(cam);
    assertThat(status.host()).isEqualTo(cam);
    assertThat(status.username()).isEqualTo("cam.home.test");
    assertThat(status.addresses()).isEmpty();
    assertThat(status.lastChange()).isEqualTo(House.ADMINISTRATOR);
  }

  @Test
  void addressesAreListedIpv4First() throws Exception {
    List<UpdateOperation> additions =
        DnsText.records("cam.home.test. 60 AAAA 2001:db8::1", "cam.home.test. 60 A 192.0.2.1")
            .stream()
            .<UpdateOperation>map(UpdateOperation.AddRecord::new)
            .toList();
    house
        .writer
        .submit(
            new ZoneUpdate(
                cam.zone(), List.of(), additions, Management.DYNAMIC, House.ADMINISTRATOR))
        .join();
    assertThat(reader.status(cam).addresses())
        .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
  }

  @Test
  void aChangeOfWhoHadTheNameBeforeIsNotTold() {
    house.clock.advance(Duration.ofMillis(1));
    house.hosts.remove(cam.name());
    Host again = house.host("cam.home.test.").host();
    assertThat(reader.status(again).lastChange()).isNull();
  }

  /** After the clock was set back, all changes seem to be older than their host. */
  @Test
  void whatIsPublishedIsTheHostsOwnWhateverTheClockSays() {
    house.clock.advance(Duration.ofDays(30));
    house.hosts.remove(cam.name());
    Host later = house.host("cam.home.test.").host();
    house
        .writer
        .submit(
            new ZoneUpdate(
                cam.zone(),
                List.of(),
                List.of(
                    new UpdateOperation.AddRecord(DnsText.record("cam.home.test. 60 A 192.0.2.1"))),
                Management.DYNAMIC,
                House.ADMINISTRATOR))
        .join();
    assertThat(reader.status(later).lastChange()).isEqualTo(House.ADMINISTRATOR);
  }

  @Test
  void aHostWhoseZoneOrCredentialIsGoneHasAStatusToo() {
    house.writer.remove(new ZoneChange.Removed(cam.zone(), House.ADMINISTRATOR)).join();
    Host orphan = new Host(cam.name(), cam.zone(), 999, 60, cam.createdAt());
    HostStatus status = reader.status(orphan);
    assertThat(status.addresses()).isEmpty();
    assertThat(status.username()).isEmpty();
    assertThat(Objects.requireNonNull(status.lastChange())).isEqualTo(House.ADMINISTRATOR);
  }
}
