package net.homeport.web.acmedns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.WebFixture;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
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
    web = WebFixture.start("_acme-challenge.fixed CNAME elsewhere.example.", _ -> {}, "127.0.0.1");
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

  private Client registerWith(String username, String secret) throws Exception {
    HttpResponse<String> response =
        post("/register?host=" + HOST, "", "Authorization", basic(username, secret));
    Matcher words =
        Pattern.compile("\\{\"username\":\"([^\"]+)\",\"password\":\"([^\"]+)\".*")
            .matcher(response.body());
    assertThat(words.matches()).as(response.body()).isTrue();
    return new Client(words.group(1), words.group(2), CHALLENGE);
  }

  private static CredentialScope scope(
      Set<Integer> types, Set<String> doors, List<AddressBlock> networks, @Nullable Instant end)
      throws Exception {
    var names =
        new NameScope.Listed(List.of(new NameScope.Entry(Name.fromString(HOST + "."), false)));
    return new CredentialScope(names, types, doors, networks, end, null, false);
  }

  /** Threat: what a credential made must not outlive it, nor do what it may not do itself. */
  @Test
  void aClientMayNoMoreThanTheCredentialThatMadeIt() throws Exception {
    Set<Integer> anyType = CredentialScope.ANY_TYPE;
    CredentialScope all = scope(anyType, Set.of("acme-dns"), List.of(), null);
    String secret = web.credential("le@cam", all.names());
    web.credentials().scope("le@cam", all);
    Client client = registerWith("le@cam", secret);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(200);
    var elsewhere = List.of(AddressBlock.parse("203.0.113.0/24"));
    var here = List.of(AddressBlock.parse("127.0.0.0/28"));
    Instant end = Instant.parse("2026-11-20T13:00:00Z");
    String other = "y" + ANSWER.substring(1);
    for (CredentialScope narrow :
        List.of(
            scope(Set.of(Type.A, Type.AAAA), Set.of(), List.of(), null),
            scope(anyType, Set.of("dyndns2"), List.of(), null),
            scope(anyType, Set.of(), elsewhere, null))) {
      web.credentials().scope("le@cam", narrow);
      assertThat(update(client, client.user, other).statusCode()).isEqualTo(401);
    }
    web.credentials().scope("le@cam", scope(anyType, Set.of(), here, end));
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(200);
    assertThat(
            post(
                    "/update",
                    "{\"subdomain\":\"%s\",\"txt\":\"%s\"}".formatted(client.user, other),
                    "X-Api-User",
                    client.user,
                    "X-Api-Key",
                    client.key,
                    "X-Forwarded-For",
                    "127.0.0.55")
                .statusCode())
        .isEqualTo(401);
    web.credentials().disable("le@cam", true);
    assertThat(update(client, client.user, other).statusCode()).isEqualTo(401);
    web.credentials().disable("le@cam", false);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(200);
    web.pass(Duration.ofHours(2));
    assertThat(update(client, client.user, other).statusCode()).isEqualTo(401);
    web.credentials().scope("le@cam", all);
    web.credentials().remove("le@cam");
    assertThat(update(client, client.user, other).statusCode()).isEqualTo(401);
    // Another credential of that name, and perhaps of that number, is not the one that made it.
    web.credential("le@cam", all.names());
    assertThat(update(client, client.user, other).statusCode()).isEqualTo(401);
    assertThat(web.records(CHALLENGE, Type.TXT)).doesNotContain(other);
    // So it is with the host's own credential.
    Client own = register("");
    web.credentials().disable(HOST, true);
    assertThat(update(own, own.user, other).statusCode()).isEqualTo(401);
    web.credentials().disable(HOST, false);
    assertThat(update(own, own.user, other).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> api(String method, String path, String token) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + "api/v1/acme-dns" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theAdministratorListsAndEndsRegistrations() throws Exception {
    String secret = web.credential("le@cam", scope(Set.of(), Set.of(), List.of(), null).names());
    Client client = registerWith("le@cam", secret);
    web.host("nas.dyn.example.org");
    assertThat(api("GET", "", "wrong").statusCode()).isEqualTo(401);
    assertThat(api("GET", "?host=nas.dyn.example.org", WebFixture.TOKEN).body())
        .contains("\"registrations\":[]");
    assertThat(api("GET", "?host=" + HOST, WebFixture.TOKEN).body())
        .contains(client.user, "\"credential\":\"le@cam\"", "\"host\":\"" + HOST + "\"")
        .doesNotContain(client.key, "objection\":\"");
    web.credentials().disable("le@cam", true);
    assertThat(api("GET", "", WebFixture.TOKEN).body())
        .contains("\"objection\":\"the credential that made it is disabled\"");
    web.credentials().disable("le@cam", false);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(200);
    assertThat(api("DELETE", "/" + client.user, "wrong").statusCode()).isEqualTo(401);
    assertThat(api("DELETE", "/" + client.user, WebFixture.TOKEN).statusCode()).isEqualTo(200);
    assertThat(update(client, client.user, ANSWER).statusCode()).isEqualTo(401);
    assertThat(api("DELETE", "/" + client.user, WebFixture.TOKEN).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> updateFrom(String source, String user, String key) throws Exception {
    return post(
        "/update",
        "{\"subdomain\":\"%s\",\"txt\":\"%s\"}".formatted(user, ANSWER),
        "X-Api-User",
        user,
        "X-Api-Key",
        key,
        "X-Forwarded-For",
        source);
  }

  /** Threat: guessing; and locking out who works by guessing beside them. */
  @Test
  void whoGuessesWaitsAndWhoWorksDoesNot() throws Exception {
    Client client = register("");
    Client fresh = register("");
    assertThat(updateFrom("203.0.113.9", client.user, client.key).statusCode()).isEqualTo(200);
    int slowed = 0;
    for (int i = 0; i < 40; i++) {
      HttpResponse<String> response = updateFrom("203.0.113.9", client.user, "%040d".formatted(i));
      if (response.statusCode() == 503) {
        slowed++;
        assertThat(response.body()).isEqualTo("{\"error\":\"try_again_later\"}");
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
      } else {
        assertThat(response.statusCode()).isEqualTo(401);
      }
    }
    assertThat(slowed).isGreaterThanOrEqualTo(40 - FailedAttempts.SOURCE_FREE - 1);
    // Right, but never seen there: it is not looked at, or guessing would be worth while.
    assertThat(updateFrom("203.0.113.9", fresh.user, fresh.key).statusCode()).isEqualTo(503);
    assertThat(updateFrom("203.0.113.9", client.user, client.key).statusCode()).isEqualTo(200);
    assertThat(updateFrom("198.51.100.4", client.user, client.key).statusCode()).isEqualTo(200);
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
