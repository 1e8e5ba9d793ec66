package net.homeport.web.dyndns2;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole requests as single makes of devices send them, and how they read the answer: those of the
 * table in docs/protocols/http-checklist.md that no other test has.
 */
final class DeviceRequestsTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String UPDATE = "/nic/update?hostname=" + HOST + "&myip=198.51.100.7";

  private WebFixture web;
  private DoorClient client;
  private String password;
  private String login;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    password = web.host(HOST);
    login = basic(HOST + ":" + password);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String agent(String userAgent) {
    return login + "User-Agent: " + userAgent + "\r\n";
  }

  /** It escapes nothing, and a family that it does not have stays a placeholder. */
  @Test
  void fritzBoxSendsItsTemplateUnescaped() throws Exception {
    assertAnswer(
        client.get(
            UPDATE
                + "&myipv6=<ip6addr>&ip6lanprefix=<ip6lanprefix>&dualstack=<dualstack>&username="
                + HOST
                + "&passwd="
                + password,
            "User-Agent: Fritz!Box DDNS/1.0.1\r\n"),
        200,
        "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  /** An old box takes two URLs with a blank between for one: no request, and no half of one. */
  @Test
  void fritzBoxWithTwoUrlsInOneIsToldNo() throws Exception {
    String answer =
        web.raw(
            DoorClient.request(
                "GET", UPDATE + " http://ddns.example.org" + UPDATE + "&myipv6=", login));
    assertThat(answer).containsPattern("^HTTP/1.[01] 4");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** Its preset sends each parameter, empty where nothing was filled in. */
  @Test
  void pfSensesPresetSendsEmptyParameters() throws Exception {
    String answer =
        client.get(
            "/nic/update?system=dyndns&hostname="
                + HOST
                + "&myip=198.51.100.7&wildcard=&mx=&backmx=NO",
            agent("phpDynDNS/0.7"));
    assertAnswer(answer, 200, "good 198.51.100.7\n");
  }

  /** Its scripts look for one of two words, in any letter case. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&[PARAMENC]", "&[PARAMOPT]="})
  void openWrtReadsGoodOrNochg(String left) throws Exception {
    Pattern success = Pattern.compile("good|nochg", Pattern.CASE_INSENSITIVE);
    assertThat(client.get(UPDATE + left, login))
        .startsWith("HTTP/1.1 200")
        .containsPattern(success);
    assertThat(client.get(UPDATE + left, login))
        .startsWith("HTTP/1.1 200")
        .containsPattern(success);
    assertThat(client.get("/nic/update?hostname=good.example.org", login))
        .doesNotContainPattern(success);
  }

  /** It wants the word first and the address after it, of a repetition too. */
  @Test
  void ddnsUpdaterReadsTheAddressBack() throws Exception {
    assertAnswer(client.get(UPDATE, login), 200, "good 198.51.100.7\n");
    assertAnswer(client.get(UPDATE, login), 200, "nochg 198.51.100.7\n");
    assertAnswer(
        client.get("/nic/update?hostname=" + HOST + "&myip=2001:db8::7", login),
        200,
        "good 2001:db8::7\n");
  }

  @Test
  void uniFiThatAppendsTheHostsNameToThePathIsUnderstood() throws Exception {
    String target = "/nic/update/branch1.dyn.example.org?myip=198.51.100.7";
    assertAnswer(client.get(target, agent("inadyn/2.9.1")), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  /** Where it cannot be told from an address or a path, it must not look like success. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nic/update?myip=198.51.100.7branch1.dyn.example.org",
        "/nic/updatebranch1.dyn.example.org"
      })
  void uniFiThatAppendsTheHostsNameIsToldNo(String target) throws Exception {
    assertThat(client.get(target, agent("inadyn/2.9.1"))).startsWith("HTTP/1.1 4");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** ddclient 3.8, as EdgeOS has it. */
  @Test
  void edgeOsSendsHttp10() throws Exception {
    String answer =
        web.raw(
            "GET /nic/update?system=dyndns&hostname="
                + HOST
                + "&myip=198.51.100.7 HTTP/1.0\r\nHost: ddns.example.org\r\n"
                + agent("ddclient/3.8.3")
                + "Connection: close\r\n\r\n");
    assertThat(answer).contains(" 200 ").endsWith("\r\n\r\ngood 198.51.100.7\n");
  }

  /** {@code /tool fetch url=... user=... password=... mode=http}. */
  @Test
  void mikroTikFetchesWithALogin() throws Exception {
    assertAnswer(client.get(UPDATE, agent("Mikrotik/6.x Fetch")), 200, "good 198.51.100.7\n");
  }

  /** DynDNS as recorders and cameras have it: in clear, all of the historic parameters. */
  @Test
  void hikvisionAndDahuaSendTheHistoricParameters() throws Exception {
    assertAnswer(
        client.get(UPDATE + "&wildcard=NOCHG&mx=NOCHG&backmx=NOCHG&system=dyndns", login),
        200,
        "good 198.51.100.7\n");
  }

  /** Its field holds 255 characters, and a password in it no colon. */
  @Test
  void panasonicsUrlIsShort() throws Exception {
    String host = "a".repeat(63) + "." + "b".repeat(63) + ".dyn.example.org";
    String token = web.host(host);
    String target = "/u/" + token + "?hostname=" + host;
    assertThat("http://ddns.example.org" + target).hasSizeLessThanOrEqualTo(255);
    assertThat(token).doesNotContain(":");
    assertAnswer(client.get(target), 200, "good 127.0.0.1\n");
  }

  /** {@code add http://user:pass@s/nic/update?hostname=<h>&myip=<a>}, and {@code remove}. */
  @Test
  void ciscoIosAddsAndRemoves() throws Exception {
    assertAnswer(client.get(UPDATE, agent("cisco-IOS")), 200, "good 198.51.100.7\n");
    assertAnswer(client.get(UPDATE + "&offline=YES", agent("cisco-IOS")), 200, "good\n");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** {@code <h>} and {@code <a>} that were left in: the host it logs in as, and where it is. */
  @Test
  void comwareLeavesItsPlaceholdersIn() throws Exception {
    assertAnswer(client.get("/nic/update?hostname=<h>&myip=<a>", login), 200, "good 127.0.0.1\n");
  }
}
