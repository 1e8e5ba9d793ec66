package net.homeport.web.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What Cloudflare's clients send, and what they must be told. */
final class CloudflareTranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CAM = "cam.dyn.example.org";
  private static final String OTHER = "other.dyn.example.org";
  private static final String CHALLENGE = "_acme-challenge." + HOST;
  private static final String ANSWER = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";

  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture web;
  private String token;
  private String zoneId;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    token = web.host(HOST);
    web.hostOf(HOST, CAM);
    web.host(OTHER);
    zoneId = id(ask("GET", "/zones?name=dyn.example.org", ""));
  }

  @AfterEach
  void stop() {
    web.close();
    http.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + "client/v4" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .headers(headers)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String ask(String method, String path, String body) throws Exception {
    HttpResponse<String> response = send(method, path, body, "Authorization", "Bearer " + token);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Content-Length")).isPresent();
    assertThat(response.body()).contains("\"success\":true,\"errors\":[],\"messages\":[]");
    return response.body();
  }

  private void refused(int status, int code, String method, String path, String body)
      throws Exception {
    HttpResponse<String> response = send(method, path, body, "Authorization", "Bearer " + token);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .startsWith("{\"result\":null,\"success\":false,\"errors\":[{\"code\":" + code + ",");
  }

  /** The first number in an answer. */
  private static String id(String body) {
    Matcher matcher = Pattern.compile("\"id\":\"([0-9a-f]{32})\"").matcher(body);
    assertThat(matcher.find()).as(body).isTrue();
    return matcher.group(1);
  }

  private String records(String query) throws Exception {
    return ask("GET", "/zones/" + zoneId + "/dns_records" + query, "");
  }

  private String record(String id) {
    return "/zones/" + zoneId + "/dns_records/" + id;
  }

  @Test
  void theTokenIsVerified() throws Exception {
    assertThat(ask("GET", "/user/tokens/verify", "")).contains("\"status\":\"active\"");
    HttpResponse<String> wrong =
        send("GET", "/user/tokens/verify", "", "Authorization", "Bearer wrong");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"code\":1000,\"message\":\"Invalid API Token\"");
  }

  @Test
  void aGlobalKeyIsTheTokenWhateverTheMailAddress() throws Exception {
    HttpResponse<String> response =
        send(
            "GET",
            "/zones?name=dyn.example.org",
            "",
            "X-Auth-Email",
            "someone@example.org",
            "X-Auth-Key",
            token);
    assertThat(id(response.body())).isEqualTo(zoneId);
    assertThat(send("GET", "/zones", "", "X-Auth-Email", "a@b", "X-Auth-Key", "no").statusCode())
        .isEqualTo(403);
    assertThat(send("GET", "/zones", "", "Accept", "*/*").body()).contains("\"code\":9106");
  }

  /** Exactly what ddclient 3.11 asks for; it takes the zone whose name is its own. */
  @Test
  void zonesAreListedInTheirEnvelope() throws Exception {
    assertThat(ask("GET", "/zones/?name=dyn.example.org", ""))
        .isEqualTo(
            ("{\"result\":[{\"id\":\"%s\",\"name\":\"dyn.example.org\",\"status\":\"active\",\"paused\":false,\"type\":\"full\","
                    + "\"name_servers\":[\"ns1.dyn.example.org\"],\"permissions\":[\"#dns_records:read\",\"#dns_records:edit\"]}],"
                    + "\"success\":true,\"errors\":[],\"messages\":[],"
                    + "\"result_info\":{\"page\":1,\"per_page\":100,\"count\":1,\"total_count\":1,\"total_pages\":1}}")
                .formatted(zoneId));
    assertThat(ask("GET", "/zones?name=example.net", "")).startsWith("{\"result\":[],");
    assertThat(ask("GET", "/zones/" + zoneId, "")).contains("\"name\":\"dyn.example.org\"");
    refused(404, 7003, "GET", "/zones/0123456789abcdef0123456789abcdef", "");
    refused(404, 7000, "GET", "/accounts", "");
  }

  /** ddclient changes only what is there: a new host has a record to put its first address into. */
  @Test
  void ddclientPatchesTheFirstAddress() throws Exception {
    String listed = records("?type=A&name=" + HOST);
    assertThat(listed).contains("\"name\":\"" + HOST + "\",\"type\":\"A\",\"content\":\"0.0.0.0\"");
    assertThat(web.addresses(HOST)).isEmpty();
    String id = id(listed);
    assertThat(ask("PATCH", record(id), "{\"content\":\"198.51.100.7\"}"))
        .contains("\"id\":\"" + id + "\"", "\"content\":\"198.51.100.7\"");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(records("?type=A&name=" + HOST)).contains("198.51.100.7").contains(id);
  }

  @Test
  void inadynPutsAndProxiedIsSaidFalse() throws Exception {
    String id = id(records("?type=AAAA&name=" + HOST));
    String answer =
        ask(
            "PUT",
            record(id),
            "{\"type\":\"AAAA\",\"name\":\"%s\",\"content\":\"2001:db8::7\",\"ttl\":1,\"proxied\":true}"
                .formatted(HOST));
    assertThat(answer).contains("\"proxiable\":false,\"proxied\":false,\"ttl\":1,");
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:7");
    assertThat(web.addresses(HOST)).as("the other family stays").isEmpty();
  }

  @Test
  void aRecordIsMadeAndTakenAway() throws Exception {
    String made =
        ask(
            "POST",
            "/zones/" + zoneId + "/dns_records",
            "{\"type\":\"A\",\"name\":\"%s\",\"content\":\"198.51.100.7\",\"ttl\":120}"
                .formatted(CAM));
    String id = id(made);
    assertThat(web.addresses(CAM)).containsExactly("198.51.100.7");
    assertThat(ask("GET", record(id), "")).contains(CAM);
    assertThat(ask("DELETE", record(id), "")).startsWith("{\"result\":{\"id\":\"" + id + "\"}");
    assertThat(web.addresses(CAM)).isEmpty();
  }

  /** Numbers are kept in scripts: they must hold without a list before, and for any secret. */
  @Test
  void aRecordKeepsItsNumber() throws Exception {
    String id = id(records("?type=A&name=" + HOST));
    ask("PATCH", record(id), "{\"content\":\"198.51.100.7\"}");
    ask("PUT", record(id), "{\"content\":\"198.51.100.8\"}");
    assertThat(id(records("?type=A&name=" + HOST))).isEqualTo(id);
    assertThat(id(records("?type=AAAA&name=" + HOST))).isNotEqualTo(id);
    assertThat(id(records("?type=A&name=" + CAM))).isNotEqualTo(id);
  }

  @Test
  void allOfAZoneInPages() throws Exception {
    ask("PATCH", record(id(records("?type=A&name=" + HOST))), "{\"content\":\"198.51.100.7\"}");
    ask("PATCH", record(id(records("?type=A&name=" + CAM))), "{\"content\":\"198.51.100.8\"}");
    assertThat(records("")).contains(HOST, CAM).contains("\"total_count\":2");
    assertThat(records("?per_page=1&page=2"))
        .contains(CAM)
        .doesNotContain(HOST)
        .contains(
            "\"result_info\":{\"page\":2,\"per_page\":1,\"count\":1,\"total_count\":2,\"total_pages\":2}");
    assertThat(records("?per_page=1&page=9")).startsWith("{\"result\":[],");
    assertThat(records("?content=198.51.100.8")).contains(CAM).doesNotContain(HOST);
  }

  /** As lego, cert-manager and acme.sh do: two values at a time, each taken away by its number. */
  @Test
  void answersToChallenges() throws Exception {
    String second = "x" + ANSWER.substring(1);
    String body = "{\"type\":\"TXT\",\"name\":\"%s\",\"content\":\"%s\",\"ttl\":120}";
    String first =
        id(ask("POST", "/zones/" + zoneId + "/dns_records", body.formatted(CHALLENGE, ANSWER)));
    ask(
        "POST",
        "/zones/" + zoneId + "/dns_records",
        body.formatted(CHALLENGE, "\\\"" + second + "\\\""));
    assertThat(web.records(CHALLENGE, Type.TXT)).hasSize(2);
    assertThat(records("?type=TXT&name=" + CHALLENGE + "&content=" + ANSWER)).contains(first);
    assertThat(records("?type=TXT&name=" + CHALLENGE)).contains("\"total_count\":2");
    ask("DELETE", record(first), "");
    assertThat(web.records(CHALLENGE, Type.TXT)).hasSize(1).allMatch(text -> text.contains(second));
  }

  @Test
  void onlyAnswersToChallengesOfOwnHostsAndOnlyAddresses() throws Exception {
    String records = "/zones/" + zoneId + "/dns_records";
    String body = "{\"type\":\"%s\",\"name\":\"%s\",\"content\":\"%s\"}";
    refused(403, 10000, "POST", records, body.formatted("TXT", "_acme-challenge." + OTHER, ANSWER));
    refused(403, 10000, "POST", records, body.formatted("TXT", HOST, ANSWER));
    refused(400, 1004, "POST", records, body.formatted("TXT", CHALLENGE, "v=spf1 -all"));
    refused(403, 10000, "POST", records, body.formatted("CNAME", HOST, "elsewhere.example"));
    refused(403, 10000, "POST", records, body.formatted("A", CHALLENGE, "192.0.2.1"));
    refused(403, 10000, "POST", records, body.formatted("A", "new.dyn.example.org", "192.0.2.1"));
    refused(400, 9005, "POST", records, body.formatted("A", HOST, "2001:db8::1"));
    refused(400, 9006, "POST", records, body.formatted("AAAA", HOST, "192.0.2.1"));
    refused(400, 1004, "POST", records, body.formatted("A", HOST, "224.0.0.1"));
    refused(400, 9207, "POST", records, "{");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
  }

  /** Threat: another's host must look as one that is not there does. */
  @Test
  void whatIsAnothersIsNotThere() throws Exception {
    String anothers = web.host("third.dyn.example.org");
    HttpResponse<String> response =
        send(
            "GET",
            "/zones/" + zoneId + "/dns_records?type=A&name=third.dyn.example.org",
            "",
            "Authorization",
            "Bearer " + anothers);
    String id = id(response.body());
    assertThat(records("?type=A&name=third.dyn.example.org")).startsWith("{\"result\":[],");
    assertThat(records("?type=A&name=nobody.dyn.example.org")).startsWith("{\"result\":[],");
    for (String unknown : new String[] {id, "0123456789abcdef0123456789abcdef"}) {
      refused(404, 81044, "PATCH", record(unknown), "{\"content\":\"198.51.100.7\"}");
      refused(404, 81044, "DELETE", record(unknown), "");
      refused(404, 81044, "GET", record(unknown), "");
    }
    assertThat(web.addresses("third.dyn.example.org")).isEmpty();
  }

  @Test
  void aRecordCannotBeRenamed() throws Exception {
    String id = id(records("?type=A&name=" + HOST));
    refused(
        400, 1004, "PUT", record(id), "{\"name\":\"%s\",\"content\":\"192.0.2.1\"}".formatted(CAM));
    refused(400, 1004, "PUT", record(id), "{\"type\":\"AAAA\",\"content\":\"2001:db8::1\"}");
    assertThat(ask("PATCH", record(id), "{\"proxied\":true,\"comment\":\"x\"}"))
        .contains("\"proxied\":false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/zones?name=%", "/zones?name=%ff", "/zones/x/dns_records?name=..a"})
  void whatCannotBeReadIsNoFault(String path) throws Exception {
    String answer =
        web.raw(
            "GET /client/v4"
                + path
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + token
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 (200|400|404) ");
  }

  @Test
  void ourFaultIsTriedAgain() throws Exception {
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new java.io.IOException("no space"));
            })) {
      String secret = broken.host(HOST);
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(broken.url() + "client/v4/zones/" + zoneId + "/dns_records"))
                  .header("Authorization", "Bearer " + secret)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"type\":\"A\",\"name\":\"%s\",\"content\":\"192.0.2.1\"}"
                              .formatted(HOST)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(response.body()).contains("\"success\":false");
    }
  }
}
