package net.homeport.web.dyndns2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;
import net.homeport.web.dynv6.Dynv6Dialect;
import net.homeport.zone.address.AddressBlock;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routers say of the networks at their sites, as the use case hears it. */
final class SiteNetworksTest {
  private static final String HOST = "hostname=gw7.dyn.example.org&token=x&";

  private static Question read(Dialect dialect, String source, String query) {
    var parameters = new Fields(true);
    UrlEncoded.decodeUtf8To(HOST + query, parameters);
    return dialect.read(
        new DoorRequest(
            "/",
            parameters,
            "",
            null,
            null,
            false,
            new Presented.Signed("", "", "", "", ""),
            InetAddress.ofLiteral(source)));
  }

  private static Question read(String query) {
    return read(new Dyndns2Dialect(), "203.0.113.9", query);
  }

  private static Map<String, AddressBlock> networks(Question question) {
    assertThat(question.flaw()).isNull();
    return question.wishes().getFirst().sources();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip6lanprefix", "ipv6prefix", "lanprefix", "prefix-lan"})
  void theLanHasSeveralNames(String parameter) {
    assertThat(networks(read("myip=198.51.100.7&" + parameter + "=2001:db8:1:2::/64")))
        .isEqualTo(Map.of("lan", AddressBlock.parse("2001:db8:1:2::/64")));
  }

  @Test
  void aNetworkOfAnyNameIsTold() {
    Question question =
        read(
            "ip6lanprefix=2001:db8:1:2::/64&prefix-guest=2001:db8:1:3::/64&prefix-iot_2=192.0.2.0/24&prefix-x=");
    assertThat(networks(question))
        .isEqualTo(
            Map.of(
                "lan", AddressBlock.parse("2001:db8:1:2::/64"),
                "guest", AddressBlock.parse("2001:db8:1:3::/64"),
                "iot_2", AddressBlock.parse("192.0.2.0/24")));
    assertThat(question.spelling()).as("no address is guessed").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prefix-guest=nonsense",
        "prefix-guest=2001:db8::/129",
        "prefix-=2001:db8:1:3::/64",
        "prefix-Guest=2001:db8:1:3::/64",
        "prefix-3=2001:db8:1:3::/64",
        "prefix-reported=2001:db8:1:3::/64",
        "prefix-a%20b=2001:db8:1:3::/64"
      })
  void whatIsNoNetworkOrNoNameIsRefused(String parameter) {
    Question question = read("myip=198.51.100.7&" + parameter);
    assertThat(question.flaw()).isEqualTo(Reason.UNUSABLE_ADDRESS);
    assertThat(question.notes()).hasSize(1);
  }

  @Test
  void networksAreBoundedInNumber() {
    var query = new StringBuilder("myip=198.51.100.7");
    for (int i = 0; i < Dyndns2Dialect.NETWORKS_MAX; i++) {
      query.append("&prefix-n%d=2001:db8:1:%d::/64".formatted(i, i));
    }
    assertThat(networks(read(query.toString()))).hasSize(Dyndns2Dialect.NETWORKS_MAX);
    query.append("&prefix-more=2001:db8:2::/64");
    assertThat(read(query.toString()).flaw()).isEqualTo(Reason.UNUSABLE_ADDRESS);
  }

  @Test
  void dynv6TellsTheLanOrTheNetworkAroundItsOwnAddress() {
    var dialect = new Dynv6Dialect();
    assertThat(networks(read(dialect, "203.0.113.9", "ipv6prefix=2001:db8:1::/56")))
        .isEqualTo(Map.of("lan", AddressBlock.parse("2001:db8:1::/56")));
    assertThat(networks(read(dialect, "2001:db8:1:2::9", "ipv6prefix=auto")))
        .isEqualTo(Map.of("lan", AddressBlock.parse("2001:db8:1:2::/64")));
    for (String nothing : new String[] {"ipv6prefix=auto", "ipv6prefix=-", "ipv6prefix=", ""}) {
      assertThat(networks(read(dialect, "203.0.113.9", nothing))).as(nothing).isEmpty();
    }
  }
}
