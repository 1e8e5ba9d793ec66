package net.homeport.web.dyndns2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What devices send and what they must be told, octet for octet (docs/protocols/dyndns2.md). */
final class Dyndns2TranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";

  private WebFixture web;
  private String password;

  @BeforeEach
  void start() throws Exception {
    web =
        WebFixture.start(
            """
            fixed A 192.0.2.9
            alias CNAME fixed
            """,
            _ -> {});
    password = web.host(HOST);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String get(String pathAndQuery) throws Exception {
    return get(pathAndQuery, HOST + ":" + password);
  }

  private String get(String pathAndQuery, String credentials) throws Exception {
    return web.raw(
        "GET "
            + pathAndQuery
            + " HTTP/1.1\r\nHost: members.dyndns.org\r\nUser-Agent: Test - Test - 1\r\n"
            + authorization(credentials)
            + "Connection: close\r\n\r\n");
  }

  private static String authorization(String credentials) {
    byte[] octets = credentials.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(octets) + "\r\n";
  }

  private static void assertAnswer(String answer, int status, String body) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("Content-Type: text/plain");
    assertThat(answer).contains("Content-Length: " + body.length() + "\r\n");
    assertThat(answer).doesNotContain("chunked");
    assertThat(answer).endsWith("\r\n\r\n" + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nic/update", "/v2/update", "/v3/update"})
  void changedThenUnchanged(String path) throws Exception {
    String query = path + "?hostname=" + HOST + "&myip=198.51.100.7";
    assertAnswer(get(query), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertAnswer(get(query), 200, "nochg 198.51.100.7\n");
  }

  @Test
  void bothFamiliesTogether() throws Exception {
    assertAnswer(
        get("/nic/update?hostname=" + HOST + "&myip=2001:db8::7,198.51.100.7"),
        200,
        "good 198.51.100.7,2001:db8::7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void theFamilyNotGivenStays() throws Exception {
    get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(
        get("/nic/update?hostname=" + HOST + "&myip=198.51.100.8"), 200, "good 198.51.100.8\n");
    assertThat(web.records(HOST, Type.AAAA)).hasSize(1);
  }

  @Test
  void theSpellingOfTheClientComesBack() throws Exception {
    assertAnswer(
        get("/nic/update?hostname=" + HOST + "&myip=2001:0DB8::0007"),
        200,
        "good 2001:0DB8::0007\n");
  }

  @Test
  void theSourceAddressWhenNoneIsGiven() throws Exception {
    assertAnswer(get("/nic/update?hostname=" + HOST), 200, "good 127.0.0.1\n");
    assertAnswer(get("/nic/update?hostname=" + HOST + "&myip="), 200, "nochg 127.0.0.1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%25i", "%3Cipaddr%3E", "__MYIP__", "[IP]"})
  void aPlaceholderLeftInIsNoAddress(String placeholder) throws Exception {
    assertAnswer(
        get("/nic/update?hostname=" + HOST + "&myip=" + placeholder), 200, "good 127.0.0.1\n");
  }

  @Test
  void oneLineAHostInTheirOrder() throws Exception {
    String second = "cam.dyn.example.org";
    web.hostOf(HOST, second);
    web.host("other.dyn.example.org");
    assertAnswer(
        get(
            "/nic/update?hostname="
                + second
                + ",nowhere.dyn.example.org,other.dyn.example.org,"
                + HOST
                + "&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\nnohost\nnohost\ngood 198.51.100.7\n");
  }

  @Test
  void historicParametersAreIgnored() throws Exception {
    assertAnswer(
        get(
            "/nic/update?system=dyndns&hostname="
                + HOST
                + "&myip=198.51.100.7&wildcard=NOCHG&mx=NOCHG&backmx=NO&offline=NO&url=x"),
        200,
        "good 198.51.100.7\n");
  }

  @Test
  void letterCaseAndTrailingDotDoNotMatter() throws Exception {
    assertAnswer(
        get("/nic/update?hostname=BRANCH1.dyn.Example.ORG.&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
  }

  @Test
  void wrongPasswordAndUnknownUserAreToldTheSame() throws Exception {
    String query = "/nic/update?hostname=" + HOST + "&myip=198.51.100.7";
    String wrong = get(query, HOST + ":guess");
    assertAnswer(wrong, 401, "badauth\n");
    assertThat(wrong).contains("WWW-Authenticate: Basic realm=");
    assertThat(get(query, "nobody.dyn.example.org:guess")).isEqualTo(wrong);
    assertThat(web.raw("GET " + query + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .isEqualTo(wrong);
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Digest x=y"})
  void anUnreadableAuthorizationIsNone(String header) throws Exception {
    assertAnswer(
        web.raw(
            "GET /nic/update?hostname="
                + HOST
                + " HTTP/1.1\r\nHost: h\r\nAuthorization: "
                + header
                + "\r\nConnection: close\r\n\r\n"),
        401,
        "badauth\n");
  }

  @Test
  void credentialsInTheQueryForThoseWhoHaveNothingElse() throws Exception {
    assertAnswer(
        web.raw(
            "GET /nic/update?hostname=%s&myip=198.51.100.7&username=%s&password=%s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                .formatted(HOST, HOST, password)),
        200,
        "good 198.51.100.7\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostname=foo", "hostname=a..b", "hostname=%zz"})
  void noFullHostName(String query) throws Exception {
    assertAnswer(get("/nic/update?myip=198.51.100.7&" + query), 400, "notfqdn\n");
  }

  @Test
  void aNameTooLongIsNone() throws Exception {
    String label = "a".repeat(64);
    assertAnswer(get("/nic/update?hostname=" + label + ".dyn.example.org"), 400, "notfqdn\n");
  }

  @Test
  void unknownHost() throws Exception {
    assertAnswer(
        get("/nic/update?hostname=nowhere.dyn.example.org&myip=198.51.100.7"), 404, "nohost\n");
  }

  @Test
  void twentyHostsAreTakenAndTwentyOneAreNot() throws Exception {
    String names = IntStream.range(0, 20).mapToObj(i -> HOST).collect(Collectors.joining(","));
    assertThat(get("/nic/update?hostname=" + names + "&myip=198.51.100.7"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("good 198.51.100.7\n".repeat(20));
    assertAnswer(
        get("/nic/update?hostname=" + names + ",x.dyn.example.org&myip=198.51.100.8"),
        400,
        "numhost\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999.1.1.1",
        "1.2.3",
        "hello",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "fe80::1",
        "255.255.255.255",
        "198.51.100.7,198.51.100.8"
      })
  void anAddressThatNoHostCanHave(String address) throws Exception {
    assertAnswer(get("/nic/update?hostname=" + HOST + "&myip=" + address), 400, "badip\n");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void postWithAForm() throws Exception {
    String form = "hostname=" + HOST + "&myip=198.51.100.7";
    String request =
        "POST /nic/update HTTP/1.1\r\nHost: h\r\n"
            + authorization(HOST + ":" + password)
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\nConnection: close\r\n\r\n"
            + form;
    assertAnswer(web.raw(request), 200, "good 198.51.100.7\n");
  }

  @Test
  void http10WithoutAHost() throws Exception {
    String answer =
        web.raw(
            "GET /nic/update?hostname="
                + HOST
                + "&myip=198.51.100.7 HTTP/1.0\r\n"
                + authorization(HOST + ":" + password)
                + "\r\n");
    assertThat(answer).contains(" 200 ").endsWith("\r\n\r\ngood 198.51.100.7\n");
    assertThat(answer).doesNotContain("chunked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS"})
  void otherMethodsChangeNothing(String method) throws Exception {
    String answer =
        web.raw(
            method
                + " /nic/update?hostname="
                + HOST
                + "&myip=198.51.100.7 HTTP/1.1\r\nHost: h\r\n"
                + authorization(HOST + ":" + password)
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, POST");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void headChangesNothing() throws Exception {
    String answer =
        web.raw(
            "HEAD /nic/update?hostname="
                + HOST
                + "&myip=198.51.100.7 HTTP/1.1\r\nHost: h\r\n"
                + authorization(HOST + ":" + password)
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void lineBreaksInAHostNameStayInside() throws Exception {
    String answer = get("/nic/update?hostname=a%0d%0aX-Evil:%20yes.dyn.example.org");
    assertThat(answer).doesNotContain("X-Evil");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  void fiftyKilobytesOfQueryAreRefused() throws Exception {
    String answer = get("/nic/update?hostname=" + "a".repeat(50_000));
    assertThat(answer).startsWith("HTTP/1.1 414 ");
    assertAnswer(
        get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
  }

  @Test
  void theStoreRefuses() throws Exception {
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new IllegalStateException());
            })) {
      String secret = broken.host(HOST);
      String answer =
          broken.raw(
              "GET /nic/update?hostname="
                  + HOST
                  + "&myip=198.51.100.7 HTTP/1.1\r\nHost: h\r\n"
                  + authorization(HOST + ":" + secret)
                  + "Connection: close\r\n\r\n");
      assertAnswer(answer, 503, "911\n");
      assertThat(answer).contains("Retry-After: ");
      assertThat(broken.addresses(HOST)).isEmpty();
    }
  }

  @Test
  void proxiesAreBelievedOnlyByConfiguration() throws Exception {
    String query = "/nic/update?hostname=" + HOST;
    String forwarded = "X-Forwarded-For: 203.0.113.66, 203.0.113.9\r\n";
    assertThat(
            web.raw(
                "GET "
                    + query
                    + " HTTP/1.1\r\nHost: h\r\n"
                    + forwarded
                    + authorization(HOST + ":" + password)
                    + "Connection: close\r\n\r\n"))
        .endsWith("good 127.0.0.1\n");
    try (var behind = WebFixture.start("", _ -> {}, "127.0.0.0/8")) {
      String secret = behind.host(HOST);
      List<String> addresses =
          List.of(
              // The right-most hop that is no proxy of ours: what is left of it is a claim.
              "X-Forwarded-For: 203.0.113.66, 203.0.113.9\r\n",
              "X-Forwarded-For: 203.0.113.66\r\nX-Forwarded-For: 203.0.113.9, 127.0.0.5\r\n",
              "X-Forwarded-For: 203.0.113.9:4711\r\n");
      for (String header : addresses) {
        assertThat(
                behind.raw(
                    "GET "
                        + query
                        + " HTTP/1.1\r\nHost: h\r\n"
                        + header
                        + authorization(HOST + ":" + secret)
                        + "Connection: close\r\n\r\n"))
            .as(header)
            .endsWith(" 203.0.113.9\n");
      }
      assertThat(
              behind.raw(
                  "GET "
                      + query
                      + " HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: garbage\r\n"
                      + authorization(HOST + ":" + secret)
                      + "Connection: close\r\n\r\n"))
          .endsWith("good 127.0.0.1\n");
    }
  }

  @Test
  void staticRecordsAndAliasesAreNotTouched() throws Exception {
    // A host cannot be added over them; one that is there when they come is not harmed either.
    assertThat(web.addresses("fixed.dyn.example.org")).containsExactly("192.0.2.9");
    assertAnswer(
        get("/nic/update?hostname=fixed.dyn.example.org&myip=198.51.100.7"), 404, "nohost\n");
    assertThat(web.addresses("fixed.dyn.example.org")).containsExactly("192.0.2.9");
    web.hostOf(HOST, "late.dyn.example.org");
    web.hostOf(HOST, "named.dyn.example.org");
    web.addStatic("late.dyn.example.org", Type.A, "192.0.2.10");
    web.addStatic("named.dyn.example.org", Type.CNAME, "fixed.dyn.example.org.");
    for (String name : List.of("late", "named")) {
      assertAnswer(
          get("/nic/update?hostname=" + name + ".dyn.example.org&myip=198.51.100.7"),
          500,
          "dnserr\n");
    }
    // All that a request may change in one zone does so, or nothing.
    assertAnswer(
        get("/nic/update?hostname=late.dyn.example.org," + HOST + "&myip=198.51.100.7"),
        500,
        "dnserr\ndnserr\n");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(web.addresses("late.dyn.example.org")).containsExactly("192.0.2.10");
    assertThat(web.records("named.dyn.example.org", Type.CNAME)).hasSize(1);
  }
}
