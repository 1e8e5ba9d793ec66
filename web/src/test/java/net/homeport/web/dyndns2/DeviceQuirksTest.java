package net.homeport.web.dyndns2;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What single makes of devices send beyond the protocol, and how they judge the answer. */
final class DeviceQuirksTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String UPDATE = "/nic/update?hostname=" + HOST;

  private WebFixture web;
  private DoorClient client;
  private String password;
  private String login;

  @BeforeEach
  void start() throws Exception {
    // Behind a proxy, so that a device may come from anywhere.
    web = WebFixture.start("", _ -> {}, "127.0.0.0/8");
    client = new DoorClient(web);
    password = web.host(HOST);
    login = basic(HOST + ":" + password);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String get(String pathAndQuery) throws Exception {
    return client.get(pathAndQuery, login);
  }

  private String getFrom(String source, String pathAndQuery) throws Exception {
    return client.get(pathAndQuery, login, "X-Forwarded-For: " + source + "\r\n");
  }

  private String aaaa() throws Exception {
    return String.join(" ", web.records(HOST, Type.AAAA));
  }

  /** UniFi's firmware leaves placeholders in, appends the host to the path, or doubles a slash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nic/update?hostname=%h&myip=%i",
        "/nic/update?hostname=%25h&myip=%25i",
        "/nic/update?myip=%i&hostname=" + HOST,
        "/nic/update/" + HOST + "?myip=127.0.0.1",
        "/nic/update/" + HOST,
        "/v2/update/" + HOST + "/?myip=%i",
        "/nic/update/?hostname=" + HOST + "&myip=127.0.0.1",
        "//nic/update?hostname=" + HOST + "&myip=127.0.0.1",
      })
  void uniFiMeansItsHostAtItsOwnAddress(String url) throws Exception {
    assertAnswer(get(url), 200, "good 127.0.0.1\n");
    assertThat(web.addresses(HOST)).containsExactly("127.0.0.1");
  }

  /** What nobody can have meant is refused, and changes nothing, least the host of the login. */
  @Test
  void aPathThatNamesNoHostOfTheirsChangesNothing() throws Exception {
    assertAnswer(get("/nic/update/garbage/more?myip=192.0.2.9"), 400, "notfqdn\n");
    assertAnswer(get("/nic/update/other.dyn.example.org?myip=192.0.2.9"), 404, "nohost\n");
    assertThat(get("/nic//update?myip=192.0.2.9")).startsWith("HTTP/1.1 400 ");
    assertThat(get("//nic/update/..//update?myip=192.0.2.9")).startsWith("HTTP/1.1 400 ");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** It compares the whole answer, trimmed of tabs and line breaks only, with "good ADDRESS". */
  @Test
  void pfSenseComparesTheExactBody() throws Exception {
    String answer = get(UPDATE + "&myip=198.51.100.7");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(body.replaceAll("^[\t\n\r]+|[\t\n\r]+$", "")).isEqualTo("good 198.51.100.7");
    // Nothing to echo leaves no blank behind.
    assertAnswer(get(UPDATE + "&offline=YES"), 200, "good\n");
  }

  /** It takes any 2xx for success, so nothing but success may be one. */
  @Test
  void opnSenseTakesAny2xxForSuccess() throws Exception {
    for (String wrong :
        List.of(
            "/nic/update?hostname=nowhere.example.org&myip=198.51.100.7",
            UPDATE + "&myip=999.1.1.1",
            "/nic/update?hostname=a..b&myip=198.51.100.7",
            "/update?domains=nowhere&ip=198.51.100.7&token=" + password,
            "/api/update?zone=nowhere&token=" + password,
            "/desec/?hostname=nowhere.example.org",
            "/u/guess/")) {
      assertThat(get(wrong)).as(wrong).startsWith("HTTP/1.1 4");
    }
    assertAnswer(
        get(UPDATE + "&myip=198.51.100.7&system=dyndns&wildcard=NOCHG"),
        200,
        "good 198.51.100.7\n");
  }

  /** Its preset looks for these words anywhere: names of hosts must not bring them in. */
  @Test
  void pfSensesPresetReadsWordsAnywhereSoNamesAreNotEchoed() throws Exception {
    assertAnswer(
        get("/nic/update?hostname=good.nochg.example.org&myip=198.51.100.7"), 404, "nohost\n");
  }

  /** inadyn's process ends at 429 and others, and at badauth; at 5xx it comes back. */
  @Test
  void inadynExitsOnA4xxSoOnlyAFinalNoIsOne() throws Exception {
    assertAnswer(client.get(UPDATE, basic(HOST + ":wrong")), 401, "badauth\n");
    assertAnswer(get(UPDATE + "&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    // Too many guesses from its address, perhaps of others, and a store that is down, are not
    // final.
    String guessed = "";
    for (int i = 0; i <= 2 * FailedAttempts.SOURCE_FREE; i++) {
      guessed = client.get(UPDATE, basic(HOST + ":guess" + i), "X-Forwarded-For: 203.0.113.66\r\n");
    }
    assertAnswer(guessed, 503, "911\n");
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new IllegalStateException());
            })) {
      String secret = broken.host(HOST);
      assertAnswer(
          new DoorClient(broken).get(UPDATE + "&myip=192.0.2.1", basic(HOST + ":" + secret)),
          503,
          "911\n");
    }
  }

  @Test
  void openWrtsDummyForNoIpIsAcknowledgedAndNotPublished() throws Exception {
    assertAnswer(getFrom("203.0.113.9", UPDATE + "&myip=127.0.0.1"), 200, "good 127.0.0.1\n");
    assertThat(web.addresses(HOST)).isEmpty();
    assertAnswer(getFrom("203.0.113.9", UPDATE + "&myip=203.0.113.9"), 200, "good 203.0.113.9\n");
    assertThat(web.addresses(HOST)).containsExactly("203.0.113.9");
    assertAnswer(getFrom("203.0.113.9", UPDATE + "&myip=::1"), 200, "good ::1\n");
    assertThat(aaaa()).isEmpty();
  }

  @Test
  void noIpsTwoFamiliesInTwoParameters() throws Exception {
    assertAnswer(
        get(UPDATE + "&myip=198.51.100.7&myipv6=2001:db8::7"),
        200,
        "good 198.51.100.7,2001:db8::7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(aaaa()).isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void noIpsOfflineTakesTheAddressesOut() throws Exception {
    get(UPDATE + "&myip=198.51.100.7");
    assertAnswer(get(UPDATE + "&myip=198.51.100.7&offline=NO"), 200, "nochg 198.51.100.7\n");
    assertAnswer(get(UPDATE + "&myip=198.51.100.7&offline=YES"), 200, "good\n");
    assertThat(web.addresses(HOST)).isEmpty();
    assertAnswer(get(UPDATE + "&offline=YES"), 200, "nochg\n");
  }

  /** A FRITZ!Box escapes nothing, and leaves values empty for a family that is down. */
  @Test
  void fritzBoxSendsEmptyValuesForAFamilyThatIsDown() throws Exception {
    get(UPDATE + "&myip=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(
        get(UPDATE + "&myip=198.51.100.8&myipv6=&ip6lanprefix=&dualstack=0"),
        200,
        "good 198.51.100.8\n");
    assertThat(aaaa()).as("empty is absent, not a deletion").isNotEmpty();
    assertAnswer(get(UPDATE + "&myip=&myipv6=2001:db8::8"), 200, "good 2001:db8::8\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.8");
  }

  /** What becomes of it: {@link SiteNetworksTest}. */
  @Test
  void fritzBoxTellsTheNetworkOfItsSite() throws Exception {
    assertAnswer(
        get(UPDATE + "&myip=198.51.100.7&myipv6=2001:db8::7&ip6lanprefix=2001:db8:1:2::/64"),
        200,
        "good 198.51.100.7,2001:db8::7\n");
    assertAnswer(get(UPDATE + "&ip6lanprefix=nonsense"), 400, "badip\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%3Cip6addr%3E",
        "%3Cip6lanprefix%3E",
        "<ip6addr>",
        "__MYIP__",
        "__IPV6PREFIX__",
        "%25i",
        "[IP]",
        "%7Bip%7D"
      })
  void aPlaceholderThatWasLeftInIsAbsent(String placeholder) throws Exception {
    get(UPDATE + "&myip=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(
        get(UPDATE + "&myip=198.51.100.8&myipv6=" + placeholder), 200, "good 198.51.100.8\n");
    assertThat(aaaa()).isNotEmpty();
  }

  /** UniFi with the service "dyndns" leaves them in: the host is then the one it logs in as. */
  @ParameterizedTest
  @ValueSource(strings = {"%25h", "__HOSTNAME__", "[DOMAIN]", "YES", ""})
  void aHostNameThatWasLeftOutIsTheUserName(String name) throws Exception {
    assertAnswer(
        get("/nic/update?hostname=" + name + "&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostname", "host_id", "domain", "host"})
  void theHostHasSeveralNamesForItsName(String parameter) throws Exception {
    assertAnswer(
        get("/nic/update?" + parameter + "=" + HOST + "&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?username=HOST&password=SECRET",
        "?user=HOST&pass=SECRET",
        "?password=SECRET",
        "?token=SECRET"
      })
  void credentialsInTheQueryForSynologyAndOthers(String query) throws Exception {
    String credentials = query.replace("HOST", HOST).replace("SECRET", password);
    assertAnswer(
        client.get("/nic/update" + credentials + "&hostname=" + HOST + "&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
  }

  @Test
  void aTokenInTheHeaderOrThePathNamesItsHostItself() throws Exception {
    assertAnswer(
        client.get("/nic/update?myip=198.51.100.7", "Authorization: Bearer " + password + "\r\n"),
        200,
        "good 198.51.100.7\n");
    assertAnswer(
        client.get("/nic/update?myip=198.51.100.7&token=" + password), 200, "nochg 198.51.100.7\n");
    assertAnswer(client.get("/nic/update", "Authorization: Bearer guess\r\n"), 401, "badauth\n");
  }

  @Test
  void aPostedFormMayHoldEverything() throws Exception {
    assertAnswer(
        client.post(
            "/nic/update",
            "hostname=" + HOST + "&myip=198.51.100.7&username=" + HOST + "&password=" + password),
        200,
        "good 198.51.100.7\n");
  }

  @Test
  void aNetworkMovesTheHostsAddresses() throws Exception {
    get(UPDATE + "&myip=2001:db8:a::7");
    assertAnswer(get(UPDATE + "&myip=2001:db8:b::/64"), 200, "good 2001:db8:b::/64\n");
    assertThat(aaaa()).isEqualTo("2001:db8:b:0:0:0:0:7");
    assertAnswer(get(UPDATE + "&myip=2001:db8:b::/64"), 200, "nochg 2001:db8:b::/64\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::7/64", "2001:db8::7/128"})
  void theLengthBehindAnAddressIsNotNeeded(String address) throws Exception {
    assertAnswer(get(UPDATE + "&myip=" + address), 200, "good " + address + "\n");
    assertThat(aaaa()).isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::/129", "198.51.100.7/33", "198.51.100.0/x", "/64"})
  void lengthsThatCannotBe(String address) throws Exception {
    assertAnswer(get(UPDATE + "&myip=" + address), 400, "badip\n");
  }

  @Test
  void preserveAndAutoAreUnderstood() throws Exception {
    get(UPDATE + "&myip=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(
        getFrom("203.0.113.9", UPDATE + "&myipv4=auto&myipv6=preserve"), 200, "good 203.0.113.9\n");
    assertThat(aaaa()).isNotEmpty();
  }

  @Test
  void nsupdateInfosDeletion() throws Exception {
    get(UPDATE + "&myip=198.51.100.7,2001:db8::7");
    assertAnswer(get("/nic/delete?hostname=" + HOST + "&myip=::"), 200, "deleted AAAA\n");
    assertThat(aaaa()).isEmpty();
    assertThat(web.addresses(HOST)).isNotEmpty();
    assertAnswer(get("/nic/delete"), 200, "deleted A\n");
    assertThat(web.addresses(HOST)).isEmpty();
    assertAnswer(get("/nic/delete?myip=0.0.0.0,::"), 200, "deleted A,AAAA\n");
    assertAnswer(get("/nic/delete?myip=rubbish"), 400, "badip\n");
    assertAnswer(client.get("/nic/delete?hostname=" + HOST), 401, "badauth\n");
  }

  @Test
  void aNameInItsOwnLetters() throws Exception {
    web.hostOf(HOST, "xn--bcher-kva.dyn.example.org");
    assertAnswer(
        get("/nic/update?hostname=b%C3%BCcher.dyn.example.org&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
    assertThat(web.addresses("xn--bcher-kva.dyn.example.org")).containsExactly("198.51.100.7");
    assertAnswer(
        get("/nic/update?hostname=XN--BCHER-KVA.dyn.example.org.&myip=198.51.100.7"),
        200,
        "nochg 198.51.100.7\n");
  }

  @Test
  void severalParametersOfOneNameAreAList() throws Exception {
    web.hostOf(HOST, "cam.dyn.example.org");
    assertAnswer(
        get(UPDATE + "&hostname=cam.dyn.example.org&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\ngood 198.51.100.7\n");
  }

  @Test
  void headChangesNothingAtAnyDoor() throws Exception {
    for (String path :
        List.of(
            UPDATE + "&myip=198.51.100.7",
            "/update?domains=branch1&ip=198.51.100.7&token=" + password,
            "/api/update?zone=branch1&ipv4=198.51.100.7&token=" + password,
            "/desec/?myip=198.51.100.7",
            "/nic/delete",
            "/u/" + password)) {
      assertThat(web.raw(DoorClient.request("HEAD", path, login)))
          .as(path)
          .startsWith("HTTP/1.1 405 ");
    }
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void http10WithoutAHostOnEachListenerAndNoRedirect() throws Exception {
    String request = "GET " + UPDATE + "&myip=198.51.100.7 HTTP/1.0\r\n" + login + "\r\n";
    for (String answer : List.of(web.raw(request), web.rawOverIpv6(request))) {
      assertThat(answer).contains(" 200 ").containsPattern("(good|nochg) 198.51.100.7\n$");
      assertThat(answer).contains("Content-Length: ");
      assertThat(answer).doesNotContain("chunked").doesNotContain("Location:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkip", "/nic/checkip", "/myip"})
  void theAddressEchoInBothFamilies(String path) throws Exception {
    assertThat(client.get(path, "X-Forwarded-For: 203.0.113.9\r\n"))
        .endsWith("\r\n\r\n203.0.113.9\n");
    assertThat(web.rawOverIpv6(DoorClient.request("GET", path))).endsWith("\r\n\r\n::1\n");
  }
}
