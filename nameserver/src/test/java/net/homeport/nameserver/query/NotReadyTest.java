package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import net.homeport.testkit.DnsQuery;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Type;

/** A copy of which nothing has come yet: another server of the zone may know (RFC 8914 4.15). */
final class NotReadyTest {
  private static final ZoneSnapshot ZONES =
      ConfZone.with(
              ZoneSnapshot.empty(5),
              "here.test.",
              """
              $TTL 60
              @ SOA ns host 1 2 3 4 300
              @ NS ns
              www A 192.0.2.1
              alias CNAME www.to-come.test.
              """)
          .awaiting(name("to-come.test."));

  private final FullLane lane = new FullLane(() -> ZONES, Askers.SETTINGS);

  private Said ask(String name, int type) {
    byte[] query = DnsQuery.of(name(name), type).edns(1232).octets();
    var fast = FastLane.ofDatagrams(ZONES, Askers.SETTINGS);
    assertThat(new Slot().answer(fast, query, 1500) == null)
        .as("the fast lane leaves it")
        .isEqualTo(name.contains("to-come") || name.contains("alias"));
    return Said.of(lane.answer(query, Askers.UDP));
  }

  @Test
  void itIsServfailWithTheReason() {
    for (int type : new int[] {Type.SOA, Type.A, Type.NS}) {
      Said said = ask("to-come.test.", type);
      assertThat(said.rcode()).isEqualTo("SERVFAIL");
      assertThat(said.answer()).isEmpty();
      OPTRecord opt = Objects.requireNonNull(said.message().getOPT());
      var error =
          (ExtendedErrorCodeOption) opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
      assertThat(error.getErrorCode()).isEqualTo(14);
    }
  }

  @Test
  void othersAreAnsweredAsEver() {
    assertThat(ask("www.here.test.", Type.A).answer()).hasSize(1);
    assertThat(
            Said.of(lane.answer(DnsQuery.of(name("a.test."), Type.A).octets(), Askers.UDP)).rcode())
        .isEqualTo("REFUSED");
    Said alias = ask("alias.here.test.", Type.A);
    assertThat(alias.rcode()).as("the resolver goes on").isEqualTo("NOERROR");
    assertThat(alias.answer()).hasSize(1);
  }
}
