package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import net.homeport.nameserver.query.Asker.Carrier;
import net.homeport.testkit.DnsQuery;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** What the server says of itself and of the asker. */
final class ServerFactsTest {
  private static final ZoneSnapshot ZONES =
      ConfZone.with(
          ConfZone.with(
              ZoneSnapshot.empty(1),
              "plain.test.",
              "@ 60 SOA ns host 1 2 3 4 300\n@ 60 NS ns\n*.x 60 A 192.0.2.9\n"),
          "own.test.",
          "@ 60 SOA ns host 1 2 3 4 300\n@ 60 NS ns\nwhoami 60 A 192.0.2.1\n* 60 A 192.0.2.9\n");
  private static final Asker IPV6 = new Asker(InetAddress.ofLiteral("2001:db8::7%1"), Carrier.TCP);

  private final FullLane lane = new FullLane(() -> ZONES, Askers.SETTINGS);

  @ParameterizedTest
  @CsvSource({
    "whoami.plain.test., 1, whoami.plain.test. 0 A 192.0.2.7",
    "WhoAmI.Plain.test., 1, WhoAmI.Plain.test. 0 A 192.0.2.7",
    "whoami.plain.test., 16, whoami.plain.test. 0 TXT 192.0.2.7",
    "whoami.plain.test., 255, whoami.plain.test. 0 A 192.0.2.7",
    "whoami.own.test.,   1, whoami.own.test. 60 A 192.0.2.1", // the zone's own name
    "x.own.test.,        1, x.own.test. 60 A 192.0.2.9",
  })
  void whoamiTellsAnAskerItsAddress(String name, int type, String answer) {
    Said said = Said.of(lane.answer(DnsQuery.of(name, type).octets(), Askers.UDP));
    assertThat(said.flags()).isEqualTo("qr aa");
    assertThat(said.answer()).containsExactly(answer);
  }

  @Test
  void whoamiOverIpv6() {
    DnsQuery aaaa = DnsQuery.of("whoami.plain.test.", Type.AAAA);
    assertThat(Said.of(lane.answer(aaaa.octets(), IPV6)).answer())
        .containsExactly("whoami.plain.test. 0 AAAA 2001:db8:0:0:0:0:0:7");
    DnsQuery txt = DnsQuery.of("whoami.plain.test.", Type.TXT);
    assertThat(Said.of(lane.answer(txt.octets(), IPV6)).answer())
        .containsExactly("whoami.plain.test. 0 TXT 2001:db8::7");
  }

  @ParameterizedTest
  @CsvSource({"28, NOERROR", "15, NOERROR"})
  void theOtherFamilyIsNoDataThatNobodyKeeps(int type, String rcode) {
    Said said = Said.of(lane.answer(DnsQuery.of("whoami.plain.test.", type).octets(), Askers.UDP));
    assertThat(said.rcode()).isEqualTo(rcode);
    assertThat(said.answer()).isEmpty();
    assertThat(said.authority()).singleElement().asString().startsWith("plain.test. 0 SOA ");
  }

  @ParameterizedTest
  @CsvSource({"x.whoami.plain.test.", "whoami.x.plain.test.", "whoamii.plain.test."})
  void onlyThatName(String name) {
    Said said = Said.of(lane.answer(DnsQuery.of(name, Type.A).octets(), Askers.UDP));
    assertThat(said.answer()).allMatch(line -> line.endsWith("192.0.2.9"));
  }

  @ParameterizedTest
  @CsvSource({
    "version.bind.,   NOERROR, Homeport",
    "VERSION.server., NOERROR, Homeport",
    "id.server.,      NOERROR, ns1.example",
    "hostname.bind.,  NOERROR, ns1.example",
    "authors.bind.,   REFUSED, ",
  })
  void chaosTellsWhoServes(String name, String rcode, String text) {
    // RFC 4892
    Said said =
        Said.of(
            lane.answer(DnsQuery.of(name, Type.TXT).inClass(DClass.CHAOS).octets(), Askers.UDP));
    assertThat(said.rcode()).isEqualTo(rcode);
    if (text != null) {
      assertThat(said.answer()).singleElement().asString().endsWith("0 CH TXT " + text);
    }
  }

  @Test
  void whatIsNotToBeToldIsNotTold() {
    var quiet =
        new NameServerSettings(
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ofSeconds(1),
            Askers.COOKIES,
            InstantSource.fixed(Askers.NOW));
    var silent = new FullLane(() -> ZONES, quiet);
    DnsQuery version = DnsQuery.of("version.bind.", Type.TXT).inClass(DClass.CHAOS);
    assertThat(Said.of(silent.answer(version.octets(), Askers.UDP)).rcode()).isEqualTo("REFUSED");
    DnsQuery whoami = DnsQuery.of("whoami.plain.test.", Type.A);
    assertThat(Said.of(silent.answer(whoami.octets(), Askers.UDP)).rcode()).isEqualTo("NXDOMAIN");
    DnsQuery nsid =
        DnsQuery.of("plain.test.", Type.SOA)
            .opt(1232, 0, 0, 0, (byte) 0, (byte) 3, (byte) 0, (byte) 0);
    assertThat(
            java.util.Objects.requireNonNull(
                    Said.of(silent.answer(nsid.octets(), Askers.UDP)).opt())
                .getOptions())
        .isEmpty();
  }
}
