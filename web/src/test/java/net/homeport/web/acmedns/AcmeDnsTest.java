package net.homeport.web.acmedns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.registry.challenge.Challenges;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** The words of acme-dns: registering needs a host's credential, and gives no other right. */
final class AcmeDnsTest {
  private static final String HOST = "cam.dyn.example.org";
  private static final String CHALLENGE = "_acme-challenge." + HOST;
  private static final String ANSWER = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";

  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture web;
  private String password = "";

  AcmeDnsTest() throws Exception {
    web = WebFixture.start("_acme-challenge.fixed CNAME elsewhere.example.", _ -> {});
  }

  @BeforeEach
  void host() throws Exception {
    password = web.host(HOST);
  }

  @AfterEach
  void close() {
    web.close();
    http.close();
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(web.url() + "acme-dns" + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String name, String password) {
    byte[] octets = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(octets);
  }

  private record Client(String user, String key, String domain) {}

  private Client register(String body) throws Exception {
    HttpResponse<String> response = post("/register", body, "Authorization", basic(HOST, password));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    Matcher words =
        Pattern.compile(
                "\\{\"username\":\"([0-9a-f-]{36})\",\"password\":\"([a-z0-9]{40})\",\"fulldomain\":\"([^\"]+)\",\"subdomain\":\"\\1\",\"allowfrom\":\\[.*]}")
            .matcher(response.body());
    assertThat(words.matches()).as(response.body()).isTrue();
    return new Client(words.group(1), words.group(2), words.group(3));
  }

  private HttpResponse<String> update(Client client, String subdomain, String txt)
      throws Exception {
    return post(
        "/update",
        "{\"subdomain\":\"%s\",\"txt\":\"%s\"}".formatted(subdomain, txt),
        "X-Api-User",
        client.user,
        "X-Api-Key",
        client.key);
  }

  @Test
  void aClientAnswersTheChallengesOfItsHost() throws Exception {
    Client client = register("");
    assertThat(client.domain).isEqualTo(CHALLENGE);
    HttpResponse<String> response = update(client, client.user, ANSWER);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"txt\":\"" + ANSWER + "\"}");
    assertThat(web.records(CHALLENGE, Type.TXT)).containsExactly(ANSWER);
    // A wildcard's certificate needs a second answer beside the first.
    String second = "x" + ANSWER.substring(1);
    update(client, client.user, second);
    assertThat(web.records(CHALLENGE, Type.TXT)).hasSize(2);
    // Its credential is of no use for anything else.
    HttpResponse<String> address =
        http.send(
            HttpRequest.newBuilder(URI.create(web.url() + "nic/update?myip=192.0.2.9"))
                .header("Authorization", basic(client.user, client.key))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(address.statusCode()).isEqualTo(401);
  }

  @Test
  void answersDoNotPileUp() throws Exception {
    Client client = register("");
    for (int i = 0; i < 3 * Challenges.ANSWERS_MAX; i++) {
      String answer = "%043d".formatted(i);
      assertThat(update(client, client.user, answer).statusCode()).isEqualTo(200);
      assertThat(web.records(CHALLENGE, Type.TXT))
          .contains(answer)
          .hasSizeLessThanOrEqualTo(Challenges.ANSWERS_MAX);
    }
  }

  @Test
  void whoIsNotAllowedGetsOneAnswerWhateverIsWrong() throws Exception {
    Client client = register("");
    Client other = register("{\"allowfrom\":[\"203.0.113.0/24\",\"2001:db8::/32\"]}");
    for (HttpResponse<String> response :
        List.of(
            update(new Client(client.user, other.key, ""), client.user, ANSWER),
            update(new Client("nobody", client.key, ""), "nobody", ANSWER),
            update(client, other.user, ANSWER),
            // It is registered for another network than this one.
            update(other, other.user, ANSWER),
            post("/update", "{\"subdomain\":\"x\",\"txt\":\"" + ANSWER + "\"}"))) {
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo("{\"error\":\"forbidden\"}");
    }
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
  }

  /** Threat: what was registered for a name must not outlast the host that had it. */
  @Test
  void aHostThatIsAddedAgainHasNoClientsFromBefore() throws Exception {
    Client client = register("");
    web.removeHost(HOST);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(401);
    web.pass(Duration.ofSeconds(1));
    web.host(HOST);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(401);
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
  }

  @Test
  void registeringNeedsTheHostsCredential() throws Exception {
    web.host("nas.dyn.example.org");
    for (String[] headers :
        new String[][] {
          {}, {"Authorization", basic(HOST, "wrong")}, {"Authorization", basic("nobody", password)}
        }) {
      assertThat(post("/register", "", headers).statusCode()).isEqualTo(401);
    }
    assertThat(
            post("/register?host=nas.dyn.example.org", "", "Authorization", basic(HOST, password))
                .statusCode())
        .isEqualTo(401);
    web.hostOf(HOST, "tv.dyn.example.org");
    assertThat(
            post("/register?host=tv.dyn.example.org", "", "Authorization", basic(HOST, password))
                .body())
        .contains("\"fulldomain\":\"_acme-challenge.tv.dyn.example.org\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZ!", "\\u0000"})
  void whatIsNoAnswerIsRefused(String txt) throws Exception {
    Client client = register("{}");
    HttpResponse<String> response = update(client, client.user, txt);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("{\"error\":\"bad_txt\"}");
  }

  @Test
  void malformedBodiesAndNetworksAreTold() throws Exception {
    String authorization = basic(HOST, password);
    assertThat(post("/register", "{", "Authorization", authorization).body())
        .isEqualTo("{\"error\":\"malformed_json_payload\"}");
    assertThat(
            post("/register", "{\"allowfrom\":[\"x/99\"]}", "Authorization", authorization).body())
        .isEqualTo("{\"error\":\"invalid_allowfrom_cidr\"}");
    Client client = register("");
    assertThat(update(client, "", ANSWER).body()).isEqualTo("{\"error\":\"bad_subdomain\"}");
  }

  @Test
  void anAliasInTheWayIsOurTroubleToMend() throws Exception {
    password = web.host("fixed.dyn.example.org");
    HttpResponse<String> registered =
        post("/register", "", "Authorization", basic("fixed.dyn.example.org", password));
    Matcher words =
        Pattern.compile("\"username\":\"([^\"]+)\",\"password\":\"([^\"]+)\"")
            .matcher(registered.body());
    assertThat(words.find()).isTrue();
    var client = new Client(words.group(1), words.group(2), "");
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(500);
  }
}
