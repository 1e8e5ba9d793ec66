package net.homeport.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients are known by what they call themselves, and judge each in its own way. */
final class DeviceClientTest {
  @ParameterizedTest
  @CsvSource({
    "ddclient/3.10.0, DDCLIENT",
    "inadyn/2.9.1 https://github.com/troglobit/inadyn/issues, INADYN",
    "Fritz!Box DDNS/1.0.1, FRITZ_BOX",
    "phpDynDNS/0.7, PFSENSE",
    "OPNsense-dyndns, OPNSENSE",
    "curl/7.88.1, CURL",
    "Wget/1.21.3, WGET",
    "Mikrotik/6.x Fetch, MIKROTIK",
    "'', OTHER",
    "Mozilla/5.0, OTHER"
  })
  void knownByWhatItCallsItself(String userAgent, DeviceClient client) {
    assertThat(DeviceClient.of(userAgent)).isEqualTo(client);
  }

  @ParameterizedTest
  @EnumSource
  void noneTakesOurFailureForSuccessOrForFinal(DeviceClient client) {
    assertThat(client.understands(503, "911\n"))
        .doesNotStartWith("success")
        .doesNotContain("process ends")
        .doesNotContain("final");
    assertThat(client.understands(200, "good 192.0.2.1\n")).startsWith("success");
  }

  @Test
  void gnuDipsNoByHttpIsNoSuccessThoughItIs200() {
    for (String number : new String[] {"0", "1"}) {
      var exchange =
          new Exchange(
              Instant.EPOCH,
              InetAddress.getLoopbackAddress(),
              "gnudip",
              null,
              true,
              "GET /gnudip/cgi-bin/gdipupdt.cgi",
              "",
              200,
              "<meta name=\"retc\" content=\"%s\">".formatted(number),
              List.of());
      assertThat(exchange.understood()).startsWith(number.equals("0") ? "success" : "failure");
    }
  }

  @Test
  void inadynEndsAtA4xx() {
    assertThat(DeviceClient.INADYN.understands(401, "badauth\n")).contains("process ends");
    assertThat(DeviceClient.INADYN.understands(404, "nohost\n")).contains("process ends");
    assertThat(DeviceClient.DDCLIENT.understands(401, "badauth\n")).contains("tries again");
    assertThat(DeviceClient.DDCLIENT.understands(200, "nochg 192.0.2.1\n")).contains("warning");
  }
}
