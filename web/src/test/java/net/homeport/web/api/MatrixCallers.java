package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.web.WebFixture;

/** Everybody who may ask: of the account {@code ours}, of others, and nobody. */
final class MatrixCallers implements AutoCloseable {
  static final String PASSWORD = "a password of ann";

  /** Who asks: first who is nobody, then strangers, then the members in order of their rights. */
  enum Caller {
    NOBODY,
    WRONG_TOKEN,
    WRONG_PASSWORD,
    EXPIRED_TOKEN,
    REVOKED_TOKEN,
    DISABLED_PERSON,
    SUSPENDED_ACCOUNT,
    OTHER_ACCOUNT,
    TOKEN_FOR_ANOTHER_ACCOUNT,
    VIEWER,
    OWNER_WITH_TOKEN_TO_VIEW,
    OPERATOR,
    ADMINISTRATOR,
    OWNER,
    OWNER_WITH_PASSWORD,
    SERVER_ADMINISTRATOR
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Caller, String> authorizations = new EnumMap<>(Caller.class);
  private final WebFixture fixture;

  MatrixCallers(WebFixture fixture) {
    this.fixture = fixture;
    authorizations.put(Caller.SERVER_ADMINISTRATOR, "Bearer " + WebFixture.TOKEN);
  }

  /** Adds them all. */
  void add() throws Exception {
    administrator("POST", "accounts", "{\"name\":\"ours\"}");
    administrator("POST", "accounts", "{\"name\":\"theirs\"}");
    administrator("POST", "accounts", "{\"name\":\"closed\"}");
    for (String account : List.of("ours", "theirs", "closed")) {
      administrator("POST", "accounts/" + account + "/names", "{\"name\":\"dyn.example.org\"}");
    }
    person("owner", "ours", "owner");
    for (String role : List.of("viewer", "operator", "administrator")) {
      person(role, "ours", role);
      authorizations.put(Caller.valueOf(role.toUpperCase(Locale.ROOT)), token(role, "{}"));
    }
    authorizations.put(Caller.OWNER, token("owner", "{}"));
    authorizations.put(Caller.OWNER_WITH_TOKEN_TO_VIEW, token("owner", "{\"role\":\"viewer\"}"));
    authorizations.put(Caller.OWNER_WITH_PASSWORD, basic("owner", PASSWORD));
    authorizations.put(Caller.WRONG_PASSWORD, basic("owner", PASSWORD + "x"));
    authorizations.put(Caller.WRONG_TOKEN, "Bearer nothing");
    authorizations.put(Caller.EXPIRED_TOKEN, token("owner", "{\"days\":1}"));
    authorizations.put(Caller.REVOKED_TOKEN, token("owner", "{\"label\":\"revoked\"}"));
    String owner = administrator("GET", "people/owner", "");
    Matcher revoked = Pattern.compile("\"id\":(\\d+),\"label\":\"revoked\"").matcher(owner);
    assertThat(revoked.find()).isTrue();
    administrator("DELETE", "people/owner/tokens?id=" + revoked.group(1), "");
    fixture.pass(Duration.ofDays(1));
    person("gone", "ours", "owner");
    authorizations.put(Caller.DISABLED_PERSON, token("gone", "{}"));
    administrator("PATCH", "people/gone", "{\"disabled\":true}");
    person("other", "theirs", "owner");
    authorizations.put(Caller.OTHER_ACCOUNT, token("other", "{}"));
    administrator("PUT", "accounts/theirs/members", "{\"person\":\"owner\",\"role\":\"owner\"}");
    authorizations.put(
        Caller.TOKEN_FOR_ANOTHER_ACCOUNT, token("owner", "{\"account\":\"theirs\"}"));
    administrator("DELETE", "accounts/theirs/members?person=owner", "");
    person("shut", "closed", "owner");
    authorizations.put(Caller.SUSPENDED_ACCOUNT, token("shut", "{}"));
    administrator("POST", "people", "{\"name\":\"guest\"}");
    administrator("PATCH", "accounts/closed", "{\"suspended\":true}");
  }

  @Override
  public void close() {
    http.close();
  }

  private void person(String name, String account, String role) throws Exception {
    administrator(
        "POST", "people", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD));
    administrator(
        "PUT",
        "accounts/" + account + "/members",
        "{\"person\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
  }

  private String token(String person, String wish) throws Exception {
    String body = administrator("POST", "people/" + person + "/tokens", wish);
    Matcher secret = Pattern.compile("\"secret\":\"([^\"]+)\"").matcher(body);
    assertThat(secret.find()).as(body).isTrue();
    return "Bearer " + secret.group(1);
  }

  private static String basic(String name, String password) {
    byte[] octets = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(octets);
  }

  /** The administrator of the server does it, and may; the body of the answer. */
  String administrator(String method, String path, String body) throws Exception {
    HttpResponse<String> response = by(Caller.SERVER_ADMINISTRATOR, method, path, body);
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isBetween(200, 299);
    return response.body();
  }

  /** One of them tries it. */
  HttpResponse<String> by(Caller caller, String method, String path, String body)
      throws IOException, InterruptedException {
    return send(authorizations.getOrDefault(caller, ""), method, path, body);
  }

  private HttpResponse<String> send(String authorization, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(fixture.url() + "api/v1/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
