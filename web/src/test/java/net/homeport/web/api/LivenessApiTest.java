package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What silence does and what addresses are, as the API says and shows it. */
final class LivenessApiTest {
  private static final String HOST = "cam.dyn.example.org";

  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture web;
  private String password = "";

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    password = web.host(HOST);
  }

  @AfterEach
  void stop() {
    http.close();
    web.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String authorization)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(web.url().resolve(path))
            .header("Authorization", authorization)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String resource, String body) throws Exception {
    return send(method, ApiHandler.PREFIX + resource, body, "Bearer " + WebFixture.TOKEN);
  }

  private String report(String address) throws Exception {
    byte[] login = (HOST + ":" + password).getBytes(StandardCharsets.UTF_8);
    return send(
            "GET",
            "/nic/update?hostname=%s&myip=%s".formatted(HOST, address),
            "",
            "Basic " + Base64.getEncoder().encodeToString(login))
        .body();
  }

  @Test
  void whatIsSaidOfAHostGoesBeforeItsZoneAndThatBeforeAll() throws Exception {
    assertThat(send("PUT", "liveness/all", "{\"onDead\":\"delete\"}").body())
        .contains("\"onDead\":\"delete\"");
    assertThat(
            send(
                    "PUT",
                    "liveness/dyn.example.org",
                    "{\"intervalSeconds\":3600,\"onSilent\":\"ttl=5\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            send(
                    "PUT",
                    "hosts/" + HOST + "/liveness",
                    "{\"intervalSeconds\":300,\"onLate\":\"park=192.0.2.99\"}")
                .body())
        .contains(
            "\"state\":\"never\"",
            "\"intervalSeconds\":300",
            "\"intervalFrom\":\"stated\"",
            "\"onLate\":\"park=192.0.2.99\"",
            "\"onSilent\":\"ttl=5\"",
            "\"onDead\":\"delete\"");
    assertThat(
            send(
                    "PUT",
                    "hosts/" + HOST + "/liveness",
                    "{\"intervalSeconds\":0,\"onLate\":\"inherit\"}")
                .body())
        .contains("\"intervalSeconds\":3600", "\"onLate\":\"none\"");
  }

  @Test
  void statesAreShown() throws Exception {
    send("PUT", "liveness/all", "{\"intervalSeconds\":300}");
    assertThat(report("192.0.2.5")).startsWith("good");
    assertThat(send("GET", "liveness?state=fresh", "").body()).contains(HOST);
    web.pass(Duration.ofMinutes(10));
    assertThat(send("GET", "hosts/" + HOST + "/liveness", "").body())
        .contains("\"state\":\"late\"", "\"lastSeen\":\"2026-11-20T12:00:00Z\"");
    assertThat(report("192.0.2.5")).startsWith("nochg");
    assertThat(send("GET", "hosts/" + HOST + "/liveness", "").body())
        .contains("\"state\":\"fresh\"", "\"lastSeen\":\"2026-11-20T12:10:00Z\"");
    assertThat(send("GET", "liveness?state=silent", "").body()).doesNotContain(HOST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT | liveness/all               | {"onLate":"explode"}       | 400 | 'explode' is not an action
          PUT | liveness/all               | {"onLate":"park=here"}     | 400 | 'here' is not an address
          PUT | liveness/all               | {"intervalSeconds":-1}     | 400 | an interval is
          PUT | liveness/all               | {"lateAfter":9}            | 400 | each must be at least the one before
          PUT | hosts/none.test/liveness   | {}                         | 404 | no host 'none.test'
          GET | liveness/a..b              |                            | 400 | not a domain name
          PUT | truth/all                  | {"treatments":{"x":"refuse"}}      | 400 | 'x' is not a class
          PUT | truth/all                  | {"treatments":{"cgnat":"burn"}}    | 400 | none of publish
          PUT | truth/all                  | {"source":"perhaps"}       | 400 | none of accept
          """)
  void whatMakesNoSenseIsRefusedInWords(
      String method, String path, String body, int status, String words) throws Exception {
    HttpResponse<String> answer = send(method, path, body == null ? "" : body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void aCgnatReportUnderEachPolicy() throws Exception {
    assertThat(send("GET", "truth/dyn.example.org", "").body())
        .contains("\"cgnat\":\"publish\"", "\"reserved\":\"refuse\"", "\"source\":\"accept\"");
    assertThat(report("100.64.1.2")).isEqualTo("good 100.64.1.2\n");
    assertThat(web.addresses(HOST)).containsExactly("100.64.1.2");
    assertThat(send("GET", "hosts/" + HOST, "").body())
        .contains("100.64.1.2 is published, but probably not reachable: carrier-grade NAT");
    send("PUT", "truth/dyn.example.org", "{\"treatments\":{\"cgnat\":\"acknowledge\"}}");
    assertThat(report("100.64.1.3")).startsWith("good");
    assertThat(web.addresses(HOST)).containsExactly("100.64.1.2");
    send("PUT", "truth/dyn.example.org", "{\"treatments\":{\"cgnat\":\"refuse\"}}");
    assertThat(report("100.64.1.3")).isEqualTo("badip\n");
    assertThat(web.addresses(HOST)).containsExactly("100.64.1.2");
    assertThat(
            send("PUT", "truth/dyn.example.org", "{\"treatments\":{\"cgnat\":\"inherit\"}}").body())
        .contains("\"cgnat\":\"publish\"");
  }

  @Test
  void anAddressOtherThanTheSourceUnderEachPolicy() throws Exception {
    send("PUT", "truth/all", "{\"source\":\"warn\"}");
    assertThat(report("9.9.9.9")).startsWith("good");
    assertThat(send("GET", "hosts/" + HOST, "").body())
        .contains("9.9.9.9 was reported, but the device spoke from 127.0.0.1");
    send("PUT", "truth/all", "{\"source\":\"match\"}");
    assertThat(report("9.9.9.10")).doesNotContain("good");
    assertThat(web.addresses(HOST)).containsExactly("9.9.9.9");
  }

  @Test
  void portsAreDeclaredAndProbed() throws Exception {
    assertThat(send("POST", "hosts/" + HOST + "/probe", "").statusCode()).isEqualTo(400);
    assertThat(send("PUT", "hosts/" + HOST + "/ports", "{\"ports\":[22,443]}").body())
        .contains("\"ports\":[22,443]", "\"results\":[]");
    assertThat(send("PUT", "hosts/" + HOST + "/ports", "{\"ports\":[0]}").statusCode())
        .isEqualTo(400);
    report("9.9.9.9");
    assertThat(send("POST", "hosts/" + HOST + "/probe", "").body())
        .contains(
            "{\"port\":22,\"address\":\"9.9.9.9\",\"answer\":\"closed\",\"outcome\":\"refused\"",
            "{\"port\":443,\"address\":\"9.9.9.9\",\"answer\":\"open\"");
    assertThat(send("POST", "hosts/" + HOST + "/probe", "").statusCode()).isEqualTo(429);
    assertThat(send("GET", "hosts/" + HOST + "/ports", "").body()).contains("\"answer\":\"open\"");
    web.pass(Duration.ofSeconds(10));
    report("192.168.1.1");
    assertThat(send("POST", "hosts/" + HOST + "/probe", "").body())
        .contains("\"answer\":\"not-tried\"", "not tried: private");
    web.pass(Duration.ofSeconds(10));
    assertThat(send("POST", "hosts/" + HOST + "/probe?private", "").body())
        .contains("\"answer\":\"open\"");
  }
}
