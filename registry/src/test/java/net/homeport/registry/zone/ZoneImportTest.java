package net.homeport.registry.zone;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.zone.Zone;
import net.homeport.zone.text.ZoneTextSource;
import net.homeport.zone.text.ZoneTextWriter;
import net.homeport.zone.update.Changeset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** A zone file into a zone that exists: what it says is static; hosts keep what is theirs. */
final class ZoneImportTest {
  private static final String HEAD =
      "$TTL 300\n@ SOA ns host %d 7200 900 1209600 60\n@ NS ns.elsewhere.invalid.\n";

  private final House house =
      new House("home.test.\nwww A 192.0.2.1\nwww AAAA ::1\nold TXT a\nstay TXT b");

  @AfterEach
  void close() {
    house.close();
  }

  private ZoneImport run(String text, boolean dryRun) {
    return house.zones.replace(
        name("home.test."), ZoneTextSource.of("f", text), dryRun, House.ADMINISTRATOR);
  }

  private ZoneImport.Imported imported(String records) {
    return (ZoneImport.Imported) run(HEAD.formatted(1) + records, false);
  }

  private Zone zone() {
    return Objects.requireNonNull(house.zones.zone(name("home.test.")));
  }

  private void update(String host, String address) throws IOException {
    var added = house.host(host);
    house.updates.update(
        new UpdateRequest(
            new Presented.Token(Objects.requireNonNull(added.secret())),
            new RequestOrigin(InetAddress.getLoopbackAddress(), "test"),
            List.of(
                new HostWish(
                    host,
                    new AddressWish.Publish(InetAddress.getByName(address)),
                    AddressWish.KEEP))));
  }

  private String exported() throws IOException {
    var out = new ByteArrayOutputStream();
    ZoneTextWriter.write(zone(), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesAreAddedChangedAndRemovedInOneChangeset() {
    ZoneImport.Imported done = imported("www A 192.0.2.2\nstay TXT b\nnew.deep TXT c\n");
    assertThat(done.summary().added()).isEqualTo(1);
    assertThat(done.summary().changed()).isEqualTo(1);
    assertThat(done.summary().removed()).isEqualTo(1);
    assertThat(done.serial()).isEqualTo(2).isEqualTo(zone().serial());
    assertThat(house.rdata("www.home.test.", Type.A)).containsExactly("192.0.2.2");
    assertThat(house.rdata("www.home.test.", Type.AAAA)).isEmpty();
    assertThat(house.rdata("old.home.test.", Type.TXT)).isEmpty();
    assertThat(house.rdata("new.deep.home.test.", Type.TXT)).containsExactly("c");
    assertThat(house.journal)
        .singleElement()
        .isInstanceOfSatisfying(
            Changeset.class, changeset -> assertThat(changeset.changes()).hasSize(4));
  }

  @Test
  void aDryRunChangesNothing() {
    var foreseen = (ZoneImport.Imported) run(HEAD.formatted(1), true);
    assertThat(foreseen.changes()).isTrue();
    assertThat(foreseen.summary().removed()).isEqualTo(3);
    assertThat(foreseen.serial()).isEqualTo(1);
    assertThat(house.journal).isEmpty();
  }

  @Test
  void whatWasExportedChangesNothing() throws IOException {
    var same = (ZoneImport.Imported) run(exported(), false);
    assertThat(same.changes()).isFalse();
    assertThat(house.journal).isEmpty();
  }

  @Test
  void theSerialOnlyGrows() {
    // RFC 1982: that of the file if it is greater, else the zone's next one.
    assertThat(((ZoneImport.Imported) run(HEAD.formatted(2026010100), false)).serial())
        .isEqualTo(2026010100);
    assertThat(imported("a TXT a\n").serial()).isEqualTo(2026010101);
    assertThat(zone().soa().getExpire()).isEqualTo(1_209_600);
  }

  @Test
  void addressesOfHostsStay() throws IOException {
    update("host.home.test", "192.0.2.77");
    String before = exported();
    assertThat(before).contains("192.0.2.77 ; dynamic");
    assertThat(imported("host TXT mine\n").summary().kept()).isZero();
    assertThat(house.rdata("host.home.test.", Type.A)).containsExactly("192.0.2.77");
    assertThat(house.rdata("host.home.test.", Type.TXT)).containsExactly("mine");
    // An export of some time ago: the zone's address is newer.
    ZoneImport again = run(before.replace("192.0.2.77", "192.0.2.66"), false);
    assertThat(((ZoneImport.Imported) again).summary().kept()).isEqualTo(1);
    assertThat(house.rdata("host.home.test.", Type.A)).containsExactly("192.0.2.77");
  }

  @Test
  void aFileThatTakesAHostsNameAwayIsRefused() throws IOException {
    update("host.sub.home.test", "192.0.2.77");
    house.host("quiet.home.test");
    var inTheWay = new ZoneImport.HostsInTheWay(List.of(name("host.sub.home.test.")));
    assertThat(run(HEAD.formatted(1) + "host.sub CNAME www\n", false)).isEqualTo(inTheWay);
    assertThat(run(HEAD.formatted(1) + "sub NS ns.elsewhere.invalid.\n", true)).isEqualTo(inTheWay);
    assertThat(run(HEAD.formatted(1) + "sub DNAME elsewhere.invalid.\n", false))
        .isEqualTo(inTheWay);
    assertThat(run(HEAD.formatted(1) + "quiet A 192.0.2.1\n", false))
        .isEqualTo(new ZoneImport.HostsInTheWay(List.of(name("quiet.home.test."))));
    assertThat(house.rdata("old.home.test.", Type.TXT)).containsExactly("a");
  }

  @Test
  void badTextChangesNothing() {
    assertThat(run(HEAD.formatted(1) + "www A x\n", false))
        .isInstanceOfSatisfying(
            ZoneImport.BadText.class, bad -> assertThat(bad.why()).contains("f:4:7: "));
    assertThat(
            house.zones.replace(name("x."), ZoneTextSource.of("f", ""), false, House.ADMINISTRATOR))
        .isEqualTo(new ZoneImport.NoSuchZone(name("x.")));
    house.diskFull(true);
    assertThat(run(HEAD.formatted(1), false)).isInstanceOf(ZoneImport.Failed.class);
    assertThat(house.rdata("old.home.test.", Type.TXT)).containsExactly("a");
  }
}
