package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.web.WebFixture;

/** People of accounts, who use the API with tokens of their own. */
final class ApiPeople implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final WebFixture web;
  private final Map<String, String> tokens = new HashMap<>();

  ApiPeople(WebFixture web) {
    this.web = web;
  }

  /** Adds an account that may have hosts under this name. */
  void account(String name, String subtree) throws Exception {
    does("POST", "accounts", "{\"name\":\"%s\"}".formatted(name));
    does("POST", "accounts/" + name + "/names", "{\"name\":\"%s\"}".formatted(subtree));
  }

  /** Adds a person with this role, who has a token. */
  void member(String person, String account, String role) throws Exception {
    does("POST", "people", "{\"name\":\"%s\",\"password\":\"a password\"}".formatted(person));
    does(
        "PUT",
        "accounts/" + account + "/members",
        "{\"person\":\"%s\",\"role\":\"%s\"}".formatted(person, role));
    tokens.put(person, secret(does("POST", "people/" + person + "/tokens", "{}")));
  }

  /** Gives a person another token, that is limited so; whoever is called {@code as} has it. */
  long token(String as, String person, String wish) throws Exception {
    String body = does("POST", "people/" + person + "/tokens", wish);
    tokens.put(as, secret(body));
    Matcher id = ID.matcher(body);
    assertThat(id.find()).as(body).isTrue();
    return Long.parseLong(id.group(1));
  }

  /** The token of a person, for a header. */
  String bearer(String person) {
    return "Bearer " + Objects.requireNonNull(tokens.get(person));
  }

  /** The secret in an answer. */
  static String secret(String body) {
    Matcher secret = SECRET.matcher(body);
    assertThat(secret.find()).as(body).isTrue();
    return secret.group(1);
  }

  /** The administrator of the server does it, and may; the body. */
  String does(String method, String path, String body) throws Exception {
    HttpResponse<String> response = administrator(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    return response.body();
  }

  /** The administrator of the server tries it. */
  HttpResponse<String> administrator(String method, String path, String body) throws Exception {
    return send(WebFixture.TOKEN, method, path, body);
  }

  /** A person tries it. */
  HttpResponse<String> by(String person, String method, String path, String body) throws Exception {
    return send(Objects.requireNonNull(tokens.get(person)), method, path, body);
  }

  private HttpResponse<String> send(String token, String method, String path, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + "api/v1/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
