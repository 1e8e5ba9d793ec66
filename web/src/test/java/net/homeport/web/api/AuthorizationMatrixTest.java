package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.homeport.web.WebFixture;
import net.homeport.web.api.MatrixCallers.Caller;
import net.homeport.web.api.MatrixDeeds.Deed;
import net.homeport.web.api.MatrixDeeds.Names;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the API by everybody. The operations are read out of the sources: one that is
 * added is the administrator's alone, or is named here with who may.
 */
final class AuthorizationMatrixTest {
  private static final Pattern OPERATION =
      Pattern.compile("\"((?:GET|POST|PUT|PATCH|DELETE) ([a-z-]+)(?:/[a-z{}/]*)?)\"");

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

  /** About the person themselves; here, about the owner. */
  private static final Set<String> ONESELF =
      Set.of("GET people/{name}", "DELETE people/{name}/tokens");

  /** The same, and with the password only. */
  private static final Set<String> ONESELF_BY_PASSWORD =
      Set.of("PATCH people/{name}", "POST people/{name}/tokens");

  /** By which the administrator would take from the others what they need: done to other things. */
  private static final Set<String> DESTRUCTIVE =
      Set.of(
          "DELETE accounts/{name}",
          "DELETE people/{name}",
          "PATCH people/{name}",
          "PATCH accounts/{name}",
          "DELETE accounts/{name}/names");

  /** Of which the fixture has none: who may is told so. */
  private static final Set<String> OF_NOTHING =
      Set.of("DELETE alarms/{name}", "DELETE acme-dns/{name}");

  private final WebFixture fixture;
  private final MatrixCallers callers;
  private final MatrixDeeds deeds;
  private int number;

  AuthorizationMatrixTest() throws Exception {
    fixture = WebFixture.start();
    callers = new MatrixCallers(fixture);
    deeds = new MatrixDeeds(callers);
  }

  @BeforeEach
  void people() throws Exception {
    callers.add();
  }

  @AfterEach
  void close() {
    callers.close();
    fixture.close();
  }

  /** All operations that the sources know, by their resources. */
  private static Map<String, Set<String>> operations() throws IOException {
    var found = new TreeSet<String>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/net/homeport/web/api"))) {
      for (Path file : files.toList()) {
        Matcher matcher = OPERATION.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found.stream()
        .collect(
            Collectors.groupingBy(
                operation -> operation.replaceAll("^[A-Z]+ ([a-z-]+).*", "$1"),
                Collectors.toSet()));
  }

  @Test
  void noResourceAndNoOperationIsLeftOut() throws Exception {
    Map<String, Set<String>> operations = operations();
    assertThat(operations.keySet()).isEqualTo(fixture.resources().keySet());
    for (Set<String> ofOne : operations.values()) {
      for (String operation : ofOne) {
        Deed deed = deeds.of(operation, new Names(++number));
        assertThat(deed.path()).doesNotContain("{");
      }
    }
    var named = new HashSet<>(MEMBERS.keySet());
    Stream.of(LISTS, ONESELF, ONESELF_BY_PASSWORD).forEach(named::addAll);
    var members = new HashSet<String>();
    fixture.resources().values().forEach(one -> members.addAll(one.operationsOfMembers()));
    assertThat(named).as("what members may ask for").isEqualTo(members);
  }

  @TestFactory
  Stream<DynamicTest> everyOperationByEverybody() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    operations().values().stream()
        .flatMap(Set::stream)
        .sorted()
        .forEach(operation -> {
          for (Caller caller : Caller.values()) {
            if (caller != Caller.WRONG_PASSWORD || MEMBERS.containsKey(operation)) {
              tests.add(
                  DynamicTest.dynamicTest(
                      operation + " by " + caller, () -> check(operation, caller)));
            }
          }
        });
    return tests.stream();
  }

  private void check(String operation, Caller caller) throws Exception {
    var names = new Names(++number);
    boolean isOwn = caller == Caller.SERVER_ADMINISTRATOR && DESTRUCTIVE.contains(operation);
    Deed deed = isOwn ? deeds.ownOf(operation, names) : deeds.of(operation, names);
    String method = operation.substring(0, operation.indexOf(' '));
    List<String> before = method.equals("GET") ? List.of() : state(deed, names);
    HttpResponse<String> response = callers.by(caller, method, deed.path(), deed.body());
    int status = response.statusCode();
    String cell = "%s by %s: %s".formatted(operation, caller, response.body());
    switch (expected(operation, caller)) {
      case UNAUTHORIZED -> assertThat(status).as(cell).isEqualTo(401);
      case FORBIDDEN -> assertThat(status).as(cell).isEqualTo(403);
      case NOT_FOUND -> assertThat(status).as(cell).isEqualTo(404);
      case DONE -> {
        if (OF_NOTHING.contains(operation)) {
          assertThat(status).as(cell).isEqualTo(404);
        } else {
          assertThat(status).as(cell).isBetween(200, 299);
        }
      }
    }
    if (!method.equals("GET")) {
      if (!changes(operation, caller)) {
        assertThat(state(deed, names)).as("refused: %s", cell).isEqualTo(before);
      } else if (isOwn || operation.equals("POST host-imports")) {
        assertThat(state(deed, names)).as("done: %s", cell).isNotEqualTo(before);
      }
    }
    if (LISTS_OF_HOSTS.contains(operation) && status == 200) {
      boolean sees = caller.compareTo(Caller.VIEWER) >= 0;
      assertThat(response.body().contains(names.host())).isEqualTo(sees);
    }
  }

  /** Whether anything may be different afterwards. */
  private static boolean changes(String operation, Caller caller) {
    // An import is answered host by host: of those that are not theirs, that they may not.
    String deed = operation.equals("POST host-imports") ? "POST hosts" : operation;
    return expected(deed, caller) == Expected.DONE;
  }

  /** What the administrator sees of all that a deed could have been about. */
  private List<String> state(Deed deed, Names names) throws Exception {
    var state = new ArrayList<String>();
    String itself = deed.path().replaceAll("\\?.*", "");
    for (String path :
        List.of(
            itself.replaceAll("/.*", ""),
            itself,
            itself.replaceAll("/[a-z]+$", ""),
            "hosts/" + names.host(),
            "hosts/n" + names.host(),
            "credentials/" + names.host(),
            "accounts/ours",
            "people/owner")) {
      // All hosts are many; that of the deed is looked at by itself.
      if (!LISTS_OF_HOSTS.contains("GET " + path)) {
        HttpResponse<String> seen = callers.by(Caller.SERVER_ADMINISTRATOR, "GET", path, "");
        state.add(path + " " + seen.statusCode() + " " + seen.body());
      }
    }
    return state;
  }

  private enum Expected {
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    /** They may, and all that it needs is there. */
    DONE
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
      boolean isLimited =
          caller == Caller.OWNER_WITH_TOKEN_TO_VIEW || caller == Caller.TOKEN_FOR_ANOTHER_ACCOUNT;
      return !isOwner
          ? Expected.NOT_FOUND
          : isLimited && !operation.startsWith("GET") ? Expected.FORBIDDEN : Expected.DONE;
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
