package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request of each operation of the API that succeeds if whoever sends it may: what it needs is
 * made ready by the administrator of the server, and what it changes is nobody else's.
 */
final class MatrixDeeds {
  private static final String ZONE = "dyn.example.org";
  private static final String ZONE_TEXT =
      "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n";
  private static final Pattern ID = Pattern.compile("\"id\":\"?([^\",]+)");

  private final MatrixCallers callers;

  MatrixDeeds(MatrixCallers callers) {
    this.callers = callers;
  }

  /** What is sent; the body is JSON or a text. */
  record Deed(String path, String body) {}

  /** The names of one deed, of which no other has any. */
  record Names(int number, String host) {
    Names(int number) {
      this(number, "h%d.dyn.example.org".formatted(number));
    }

    /** Of what is there; it begins with this letter. */
    String there(String letter) {
      return letter + number;
    }

    /** Of what shall be. */
    String wanted() {
      return "n" + number;
    }
  }

  /**
   * The request of this operation.
   *
   * @throws AssertionError if there is none: then add it here, and to the matrix who may
   */
  Deed of(String operation, Names names) throws Exception {
    String path = operation.substring(operation.indexOf(' ') + 1);
    String resource = path.replaceAll("/.*", "");
    return switch (resource) {
      case "hosts", "credentials", "enrolments", "explain", "history", "host-imports" -> {
        String host = "{\"name\":\"%s\",\"account\":\"ours\"}".formatted(names.host());
        String added = callers.administrator("POST", "hosts", host);
        yield switch (resource) {
          case "hosts" -> ofHosts(operation, path.replace("{name}", names.host()), names);
          case "credentials" -> ofCredentials(operation, path, names);
          default -> aboutHosts(operation, path, names, added);
        };
      }
      case "accounts", "people" -> ofPeople(operation, path, names);
      case "zones" -> ofZones(operation, path, names);
      case "keys" -> ofKeys(operation, path, names);
      case "sites" -> ofSites(operation, path, names);
      case "policies", "truth", "liveness" -> ofPolicies(operation, path, names);
      default -> ofOthers(operation, path, names);
    };
  }

  private static Deed unknown(String operation) {
    throw new AssertionError("the matrix has no request for " + operation);
  }

  private Deed ofHosts(String operation, String path, Names names) throws Exception {
    return switch (operation) {
      case "GET hosts",
          "GET hosts/{name}",
          "GET hosts/{name}/exchanges",
          "GET hosts/{name}/liveness",
          "GET hosts/{name}/ports",
          "DELETE hosts/{name}",
          "POST hosts/{name}/approve" ->
          new Deed(path, "");
      case "POST hosts" ->
          new Deed(path, "{\"name\":\"n%s\",\"account\":\"ours\"}".formatted(names.host()));
      case "PATCH hosts/{name}" -> new Deed(path, "{\"labels\":{\"a\":\"b\"}}");
      case "PUT hosts/{name}/liveness" -> new Deed(path, "{\"intervalSeconds\":60}");
      case "PUT hosts/{name}/ports" -> new Deed(path, "{\"ports\":[443]}");
      case "POST hosts/{name}/probe" -> {
        callers.administrator("PUT", path.replace("probe", "ports"), "{\"ports\":[443]}");
        yield new Deed(path, "");
      }
      case "POST hosts/{name}/block" -> new Deed(path, "{\"reason\":\"phishing\"}");
      case "POST hosts/{name}/unblock" -> {
        callers.administrator(
            "POST", path.replace("unblock", "block"), "{\"reason\":\"phishing\"}");
        yield new Deed(path, "");
      }
      default -> unknown(operation);
    };
  }

  private Deed ofCredentials(String operation, String path, Names names) throws Exception {
    String own = path.replace("{name}", names.host());
    String scope = "{\"hosts\":[\"%s\"]}".formatted(names.host());
    String separate = "{\"username\":\"%s\",\"scope\":" + scope + "}";
    return switch (operation) {
      case "GET credentials",
          "GET credentials/{name}",
          "POST credentials/{name}/disable",
          "POST credentials/{name}/enable",
          "PUT credentials/{name}/signing",
          "DELETE credentials/{name}/signing" ->
          new Deed(own, "");
      case "POST credentials" -> new Deed(path, separate.formatted(names.wanted()));
      case "POST credentials/{name}/rotate" -> new Deed(own, "{}");
      case "PUT credentials/{name}/scope" -> new Deed(own, scope);
      // A host's own goes with the host.
      case "DELETE credentials/{name}" -> {
        callers.administrator("POST", "credentials", separate.formatted(names.there("c")));
        yield new Deed(path.replace("{name}", names.there("c")), "");
      }
      default -> unknown(operation);
    };
  }

  private Deed aboutHosts(String operation, String path, Names names, String added)
      throws Exception {
    assertThat(added).contains(names.host());
    String wish = "{\"host\":\"%s\"}".formatted(names.host());
    String zone = path.replace("{name}", ZONE);
    return switch (operation) {
      case "POST enrolments" -> new Deed(path, wish);
      case "GET enrolments" -> new Deed(path, "");
      case "DELETE enrolments/{name}" ->
          new Deed(
              path.replace("{name}", id(callers.administrator("POST", "enrolments", wish))), "");
      case "POST explain/{name}" ->
          new Deed(
              "explain/request",
              "{\"host\":\"%s\",\"addresses\":[\"192.0.2.1\"]}".formatted(names.host()));
      case "GET explain/{name}" -> new Deed("explain/last?host=" + names.host(), "");
      case "GET history" -> new Deed("history?name=" + names.host(), "");
      case "GET history/{name}/at" -> new Deed(zone + "?at=2099-01-01T00:00:00Z", "");
      case "GET history/{name}/diff" -> new Deed(zone + "?from=now&to=now", "");
      case "POST history/{name}/rollback" -> new Deed(zone + "?to=now", "");
      case "POST host-imports" ->
          new Deed(
              path,
              "{\"hosts\":[{\"name\":\"n%s\",\"account\":\"ours\"}]}".formatted(names.host()));
      default -> unknown(operation);
    };
  }

  private Deed ofPeople(String operation, String path, Names names) throws Exception {
    String ours = path.replace("{name}", path.startsWith("accounts") ? "ours" : "owner");
    return switch (operation) {
      case "GET accounts",
          "GET accounts/{name}",
          "GET people",
          "GET people/{name}",
          "DELETE accounts/{name}",
          "DELETE people/{name}" ->
          new Deed(ours, "");
      case "POST accounts", "POST people" ->
          new Deed(path, "{\"name\":\"%s\"}".formatted(names.wanted()));
      case "PATCH accounts/{name}" -> new Deed(ours, "{\"suspended\":true}");
      case "PATCH people/{name}" ->
          new Deed(ours, "{\"password\":\"%s\"}".formatted(MatrixCallers.PASSWORD));
      case "POST accounts/{name}/names" -> new Deed(ours, "{\"name\":\"dyn.example.org\"}");
      case "DELETE accounts/{name}/names" -> new Deed(ours + "?name=dyn.example.org", "");
      case "PUT accounts/{name}/members" ->
          new Deed(ours, "{\"person\":\"guest\",\"role\":\"viewer\"}");
      case "DELETE accounts/{name}/members" -> {
        callers.administrator("PUT", ours, "{\"person\":\"guest\",\"role\":\"viewer\"}");
        yield new Deed(ours + "?person=guest", "");
      }
      case "POST people/{name}/tokens" -> new Deed(ours, "{}");
      case "DELETE people/{name}/tokens" ->
          new Deed(ours + "?id=" + id(callers.administrator("POST", ours, "{}")), "");
      default -> unknown(operation);
    };
  }

  /**
   * What would take from the others what they need: of an account and a person of this deed alone.
   */
  Deed ownOf(String operation, Names names) throws Exception {
    String account = names.there("a");
    callers.administrator("POST", "accounts", "{\"name\":\"%s\"}".formatted(account));
    callers.administrator(
        "POST", "accounts/" + account + "/names", "{\"name\":\"dyn.example.org\"}");
    callers.administrator("POST", "people", "{\"name\":\"%s\"}".formatted(names.there("p")));
    Deed deed = of(operation, names);
    return new Deed(
        deed.path().replace("/ours", "/" + account).replace("/owner", "/" + names.there("p")),
        operation.startsWith("PATCH people") ? "{\"disabled\":true}" : deed.body());
  }

  private Deed ofZones(String operation, String path, Names names) throws Exception {
    String there = names.there("z") + ".example";
    String zone = path.replace("{name}", there);
    boolean isCopy = path.endsWith("/refresh") || path.endsWith("/retransfer");
    String copy = "{\"primaries\":[\"192.0.2.1\"]}";
    if (isCopy) {
      callers.administrator("PUT", "zones/" + there + "/secondary", copy);
    } else if (path.contains("{name}") && !operation.equals("PUT zones/{name}")) {
      callers.administrator("POST", "zones", "{\"name\":\"%s\"}".formatted(there));
    }
    String wanted = names.wanted() + ".example";
    return switch (operation) {
      case "GET zones",
          "GET zones/{name}",
          "GET zones/{name}/text",
          "DELETE zones/{name}",
          "POST zones/{name}/refresh",
          "POST zones/{name}/retransfer" ->
          new Deed(zone, "");
      case "POST zones" -> new Deed(path, "{\"name\":\"%s\"}".formatted(wanted));
      case "PUT zones/{name}" -> new Deed("zones/" + wanted, ZONE_TEXT);
      case "PUT zones/{name}/text" -> new Deed(zone, ZONE_TEXT);
      case "PUT zones/{name}/settings" -> new Deed(zone, "{\"serial\":\"increment\"}");
      case "PUT zones/{name}/secondary" -> new Deed(zone.replace(there, wanted), copy);
      default -> unknown(operation);
    };
  }

  private Deed ofKeys(String operation, String path, Names names) throws Exception {
    String rules = "{\"name\":\"%s\",\"rules\":[\"self\"]}";
    if (path.contains("{name}")) {
      callers.administrator("POST", "keys", rules.formatted(names.there("k")));
    }
    String key = path.replace("{name}", names.there("k"));
    return switch (operation) {
      case "GET keys",
          "GET keys/{name}",
          "DELETE keys/{name}",
          "POST keys/{name}/disable",
          "POST keys/{name}/enable" ->
          new Deed(key, "");
      case "POST keys" -> new Deed(path, rules.formatted(names.wanted()));
      case "POST keys/{name}/rotate" -> new Deed(key, "{\"overlapSeconds\":60}");
      case "POST keys/{name}/rules" ->
          new Deed(key, "{\"rule\":\"zone dyn.example.org subtree dyn.example.org type A\"}");
      case "DELETE keys/{name}/rules" -> new Deed(key + "?number=1", "");
      default -> unknown(operation);
    };
  }

  private Deed ofSites(String operation, String path, Names names) throws Exception {
    String name = names.there("s");
    if (path.contains("{name}")) {
      callers.administrator("POST", "sites", "{\"name\":\"%s\"}".formatted(name));
      callers.administrator("POST", "sites/" + name + "/sources", "{\"name\":\"wan4\"}");
      callers.administrator("POST", "hosts", "{\"name\":\"%s\"}".formatted(names.host()));
    }
    String site = path.replace("{name}", name);
    return switch (operation) {
      case "GET sites", "GET sites/{name}", "DELETE sites/{name}" -> new Deed(site, "");
      case "POST sites" -> new Deed(path, "{\"name\":\"%s\"}".formatted(names.wanted()));
      case "POST sites/{name}/hosts" -> new Deed(site, "{\"host\":\"%s\"}".formatted(names.host()));
      case "POST sites/{name}/policy" -> new Deed(site, "{\"kind\":\"priority\"}");
      case "POST sites/{name}/report" -> new Deed(site, "{\"values\":{\"wan4\":\"192.0.2.1/32\"}}");
      case "POST sites/{name}/sources" -> new Deed(site, "{\"name\":\"lan\"}");
      case "POST sites/{name}/uplinks" -> new Deed(site, "{\"name\":\"dsl\"}");
      default -> unknown(operation);
    };
  }

  private Deed ofPolicies(String operation, String path, Names names) throws Exception {
    String zone = names.there("z") + ".example";
    String locked = "{\"zone\":\"%s\",\"setting\":\"locked\",\"value\":\"yes\"}".formatted(zone);
    return switch (operation) {
      case "GET policies", "GET liveness" -> new Deed(path, "");
      case "POST policies" -> new Deed(path, locked);
      case "DELETE policies/{name}" -> {
        callers.administrator("POST", "policies", locked);
        yield new Deed("policies/locked?zone=" + zone, "");
      }
      case "GET policies/{name}/list", "DELETE policies/{name}/list" ->
          new Deed(path.replace("{name}", "brands"), "");
      case "PUT policies/{name}/list" -> new Deed(path.replace("{name}", "brands"), "example\n");
      case "GET liveness/{name}", "GET truth/{name}" -> new Deed(path.replace("{name}", zone), "");
      case "PUT liveness/{name}" ->
          new Deed(path.replace("{name}", zone), "{\"intervalSeconds\":60}");
      case "PUT truth/{name}" ->
          new Deed(path.replace("{name}", zone), "{\"treatments\":{\"private\":\"refuse\"}}");
      default -> unknown(operation);
    };
  }

  private Deed ofOthers(String operation, String path, Names names) throws Exception {
    String catalog = "{\"name\":\"%s.example\"}";
    String secondary =
        "{\"name\":\"%s\",\"address\":\"192.0.2.53\",\"transferFrom\":[\"192.0.2.53\"]}";
    String there = names.there("d");
    return switch (operation) {
      case "GET acme-dns",
          "GET alarms",
          "GET backup",
          "GET catalogs",
          "GET check",
          "GET dangling",
          "GET quarantine",
          "GET secondaries",
          "GET standings",
          "GET status" ->
          new Deed(path, "");
      // There is none: neither two hosts of one address, nor a client of acme-dns.
      case "DELETE alarms/{name}", "DELETE acme-dns/{name}" ->
          new Deed(path.replace("{name}", "1"), "");
      case "POST catalogs" -> new Deed(path, catalog.formatted(names.wanted()));
      case "GET catalogs/{name}", "DELETE catalogs/{name}" -> {
        callers.administrator("POST", "catalogs", catalog.formatted(there));
        yield new Deed(path.replace("{name}", there + ".example"), "");
      }
      case "POST secondaries" -> new Deed(path, secondary.formatted(names.wanted()));
      case "GET secondaries/{name}", "DELETE secondaries/{name}" -> {
        callers.administrator("POST", "secondaries", secondary.formatted(there));
        yield new Deed(path.replace("{name}", there), "");
      }
      default -> unknown(operation);
    };
  }

  private static String id(String body) {
    Matcher id = ID.matcher(body);
    assertThat(id.find()).as(body).isTrue();
    return id.group(1);
  }
}
