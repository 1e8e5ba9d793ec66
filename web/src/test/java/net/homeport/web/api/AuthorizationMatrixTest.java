package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.homeport.web.WebFixture;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the API by everybody. The operations are read out of the sources: one that is
 * added is the administrator's alone, or is named here with who may.
 */
final class AuthorizationMatrixTest {
  private static final Pattern OPERATION =
      Pattern.compile("\"((?:GET|POST|PUT|PATCH|DELETE) ([a-z-]+)(?:/[a-z{}/]*)?)\"");
  private static final Set<String> RESOURCES =
      Set.of(
          ("hosts zones keys explain status accounts people liveness truth sites credentials "
                  + "policies history host-imports enrolments standings quarantine alarms dangling "
                  + "secondaries catalogs backup check acme-dns")
              .split(" ", -1));
  private static final String PASSWORD = "a password of ann";

  private enum Caller {
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

  private static final Set<Caller> UNKNOWN = EnumSet.range(Caller.NOBODY, Caller.DISABLED_PERSON);
  private static final Set<Caller> STRANGERS =
      EnumSet.range(Caller.SUSPENDED_ACCOUNT, Caller.TOKEN_FOR_ANOTHER_ACCOUNT);

  /** The first caller that may, of those of the account, in their order. */
  private static final Map<String, Caller> MEMBERS =
      Map.ofEntries(
          Map.entry("GET hosts/{name}", Caller.VIEWER),
          Map.entry("GET hosts/{name}/exchanges", Caller.VIEWER),
          Map.entry("GET hosts/{name}/liveness", Caller.VIEWER),
          Map.entry("PUT hosts/{name}/liveness", Caller.OPERATOR),
          Map.entry("GET hosts/{name}/ports", Caller.VIEWER),
          Map.entry("PUT hosts/{name}/ports", Caller.OPERATOR),
          Map.entry("POST hosts/{name}/probe", Caller.OPERATOR),
          Map.entry("PATCH hosts/{name}", Caller.OPERATOR),
          Map.entry("DELETE hosts/{name}", Caller.OPERATOR),
          Map.entry("POST hosts", Caller.OPERATOR),
          Map.entry("GET credentials/{name}", Caller.VIEWER),
          Map.entry("DELETE credentials/{name}", Caller.ADMINISTRATOR),
          Map.entry("POST credentials/{name}/rotate", Caller.ADMINISTRATOR),
          Map.entry("POST credentials/{name}/disable", Caller.ADMINISTRATOR),
          Map.entry("POST credentials/{name}/enable", Caller.ADMINISTRATOR),
          Map.entry("PUT credentials/{name}/scope", Caller.ADMINISTRATOR),
          Map.entry("PUT credentials/{name}/signing", Caller.ADMINISTRATOR),
          Map.entry("DELETE credentials/{name}/signing", Caller.ADMINISTRATOR),
          Map.entry("POST enrolments", Caller.ADMINISTRATOR),
          Map.entry("POST explain/{name}", Caller.VIEWER),
          Map.entry("GET explain/{name}", Caller.VIEWER),
          Map.entry("GET history", Caller.VIEWER),
          Map.entry("GET accounts/{name}", Caller.VIEWER),
          Map.entry("PUT accounts/{name}/members", Caller.ADMINISTRATOR),
          Map.entry("DELETE accounts/{name}/members", Caller.ADMINISTRATOR));

  /** Answered to whoever is known, with what they may see. */
  private static final Set<String> LISTS =
      Set.of(
          "GET hosts",
          "GET accounts",
          "GET credentials",
          "GET quarantine",
          "GET alarms",
          "POST host-imports");

  /** Lists in which the host of the account stands, for those who may see it. */
  private static final Set<String> LISTS_OF_HOSTS = Set.of("GET hosts", "GET credentials");

  /** Where strangers are told that they may not, and nothing of whether the host is there. */
  private static final Set<String> FORBIDDEN_TO_STRANGERS = Set.of("GET history");

  /** Resources whose operations are about a host, or about its credential of the same name. */
  private static final Set<String> ABOUT_HOSTS =
      Set.of("hosts", "credentials", "enrolments", "explain", "history", "host-imports");

  /** About the person themselves; here, about the owner. */
  private static final Set<String> ONESELF =
      Set.of("GET people/{name}", "DELETE people/{name}/tokens");

  /** The same, and with the password only. */
  private static final Set<String> ONESELF_BY_PASSWORD =
      Set.of("PATCH people/{name}", "POST people/{name}/tokens");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Caller, String> authorizations = new EnumMap<>(Caller.class);
  private final WebFixture fixture;
  private int number;

  AuthorizationMatrixTest() throws Exception {
    fixture = WebFixture.start();
  }

  @BeforeEach
  void people() throws Exception {
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
    authorizations.put(Caller.SERVER_ADMINISTRATOR, "Bearer " + WebFixture.TOKEN);
    authorizations.put(Caller.EXPIRED_TOKEN, token("owner", "{\"days\":1}"));
    authorizations.put(Caller.REVOKED_TOKEN, token("owner", "{\"label\":\"revoked\"}"));
    String owner = administrator("GET", "people/owner", "").body();
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

  @AfterEach
  void close() {
    fixture.close();
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
    String body = administrator("POST", "people/" + person + "/tokens", wish).body();
    Matcher secret = Pattern.compile("\"secret\":\"([^\"]+)\"").matcher(body);
    assertThat(secret.find()).as(body).isTrue();
    return "Bearer " + secret.group(1);
  }

  private static String basic(String name, String password) {
    byte[] octets = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(octets);
  }

  private HttpResponse<String> administrator(String method, String path, String body)
      throws Exception {
    HttpResponse<String> response = send("Bearer " + WebFixture.TOKEN, method, path, body);
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    return response;
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

  /** All operations that the sources of these resources know. */
  private static Set<String> operations() throws IOException {
    var found = new TreeSet<String>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/net/homeport/web/api"))) {
      for (Path file : files.toList()) {
        Matcher matcher = OPERATION.matcher(Files.readString(file));
        while (matcher.find()) {
          if (RESOURCES.contains(matcher.group(2))) {
            found.add(matcher.group(1));
          }
        }
      }
    }
    return found;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationByEverybody() throws IOException {
    Set<String> operations = operations();
    assertThat(operations).containsAll(MEMBERS.keySet()).containsAll(LISTS).hasSizeGreaterThan(80);
    var tests = new ArrayList<DynamicTest>();
    for (String operation : operations) {
      for (Caller caller : Caller.values()) {
        if (caller != Caller.WRONG_PASSWORD || MEMBERS.containsKey(operation)) {
          tests.add(
              DynamicTest.dynamicTest(operation + " by " + caller, () -> check(operation, caller)));
        }
      }
    }
    return tests.stream();
  }

  private void check(String operation, Caller caller) throws Exception {
    String host = "h%d.dyn.example.org".formatted(++number);
    String resource = operation.substring(operation.indexOf(' ') + 1).replaceAll("/.*", "");
    if (ABOUT_HOSTS.contains(resource)) {
      administrator("POST", "hosts", "{\"name\":\"%s\",\"account\":\"ours\"}".formatted(host));
    }
    String method = operation.substring(0, operation.indexOf(' '));
    String path = operation.substring(operation.indexOf(' ') + 1);
    String body = "{}";
    if (path.startsWith("hosts") || path.startsWith("credentials")) {
      path = path.replace("{name}", host);
    } else if (path.startsWith("accounts")) {
      path = path.replace("{name}", "ours");
    } else if (path.startsWith("people")) {
      path = path.replace("{name}", "owner");
    } else {
      path = path.replace("{name}", "nothing.example");
    }
    switch (operation) {
      case "POST hosts" -> body = "{\"name\":\"n%s\",\"account\":\"ours\"}".formatted(host);
      case "GET history" -> path += "?name=" + host;
      case "GET explain/{name}" -> path = "explain/last?host=" + host;
      case "POST explain/{name}" -> {
        path = "explain/request";
        body = "{\"host\":\"%s\",\"addresses\":[\"192.0.2.1\"]}".formatted(host);
      }
      case "POST enrolments" -> body = "{\"host\":\"%s\"}".formatted(host);
      case "POST host-imports" ->
          body = "{\"hosts\":[{\"name\":\"n%s\",\"account\":\"ours\"}]}".formatted(host);
      case "PUT credentials/{name}/scope" -> body = "{\"hosts\":[\"%s\"]}".formatted(host);
      case "PATCH hosts/{name}" -> body = "{\"labels\":{\"a\":\"b\"}}";
      case "PUT accounts/{name}/members" -> body = "{\"person\":\"guest\",\"role\":\"viewer\"}";
      case "DELETE accounts/{name}/members" -> {
        administrator("PUT", path, "{\"person\":\"guest\",\"role\":\"viewer\"}");
        path += "?person=guest";
      }
      case "DELETE people/{name}/tokens" -> path += "?id=999999";
      default -> {}
    }
    // What the administrator may, is not done to those that the other cells need.
    if (caller == Caller.SERVER_ADMINISTRATOR && isDestructive(operation)) {
      return;
    }
    String authorization = authorizations.getOrDefault(caller, "");
    List<String> before = method.equals("GET") ? List.of() : state(resource, host);
    HttpResponse<String> response = send(authorization, method, path, body);
    if (expected(operation, caller) != Expected.DONE && !method.equals("GET")) {
      assertThat(state(resource, host)).as("a deed that was refused").isEqualTo(before);
    }
    assertThat(response.statusCode())
        .as("%s by %s: %s", operation, caller, response.body())
        .is(
            new Condition<>(
                status -> matches(status, expected(operation, caller)),
                "as expected: %s",
                expected(operation, caller)));
    if (LISTS_OF_HOSTS.contains(operation) && response.statusCode() == 200) {
      boolean sees = caller.compareTo(Caller.VIEWER) >= 0;
      assertThat(response.body().contains(host)).isEqualTo(sees);
    }
  }

  /** What the administrator sees of all that a deed could have been about. */
  private List<String> state(String resource, String host) throws Exception {
    var state = new ArrayList<String>();
    for (String path :
        List.of(
            resource,
            "hosts/" + host,
            "hosts/n" + host,
            "credentials/" + host,
            "accounts/ours",
            "people/owner")) {
      // All hosts are many; that of the deed is looked at by itself.
      if (!LISTS_OF_HOSTS.contains("GET " + path)) {
        HttpResponse<String> seen = send("Bearer " + WebFixture.TOKEN, "GET", path, "");
        state.add(path + " " + seen.statusCode() + " " + seen.body());
      }
    }
    return state;
  }

  private static boolean isDestructive(String operation) {
    return Set.of(
            "DELETE accounts/{name}",
            "DELETE people/{name}",
            "PATCH people/{name}",
            "PATCH accounts/{name}",
            "DELETE accounts/{name}/names")
        .contains(operation);
  }

  private enum Expected {
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    /** Not refused for who they are: what they sent may still make no sense. */
    DONE
  }

  private static boolean matches(int status, Expected expected) {
    return switch (expected) {
      case UNAUTHORIZED -> status == 401;
      case FORBIDDEN -> status == 403;
      case NOT_FOUND -> status == 404;
      case DONE -> status != 401 && status != 403 && status < 500;
    };
  }

  private static Expected expected(String operation, Caller caller) {
    if (UNKNOWN.contains(caller)) {
      return Expected.UNAUTHORIZED;
    }
    if (caller == Caller.SERVER_ADMINISTRATOR || LISTS.contains(operation)) {
      return Expected.DONE;
    }
    boolean isOwner =
        Set.of(
                Caller.OWNER,
                Caller.OWNER_WITH_PASSWORD,
                Caller.OWNER_WITH_TOKEN_TO_VIEW,
                Caller.TOKEN_FOR_ANOTHER_ACCOUNT)
            .contains(caller);
    if (ONESELF.contains(operation)) {
      return isOwner ? Expected.DONE : Expected.NOT_FOUND;
    }
    if (ONESELF_BY_PASSWORD.contains(operation)) {
      if (caller == Caller.OWNER_WITH_PASSWORD) {
        return Expected.DONE;
      }
      return isOwner ? Expected.FORBIDDEN : Expected.NOT_FOUND;
    }
    Caller first = MEMBERS.get(operation);
    if (first == null) {
      return Expected.FORBIDDEN;
    }
    if (STRANGERS.contains(caller)) {
      return FORBIDDEN_TO_STRANGERS.contains(operation) ? Expected.FORBIDDEN : Expected.NOT_FOUND;
    }
    boolean limited = caller == Caller.OWNER_WITH_TOKEN_TO_VIEW;
    return caller.compareTo(first) >= 0 && !(limited && first != Caller.VIEWER)
        ? Expected.DONE
        : Expected.FORBIDDEN;
  }
}
