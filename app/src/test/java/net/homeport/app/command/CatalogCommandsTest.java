package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs, settings of zones and copies within TLS, by the command line and the API. */
@Timeout(180)
final class CatalogCommandsTest {
  /** Nobody listens there; what is asked of it fails at once. */
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir private Path folder = Path.of("");

  private record Run(int exit, String out, String err) {}

  private Path data() {
    return folder.resolve("data");
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(data()));
  }

  private Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = HomeportCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] words =
        Stream.concat(Arrays.stream(arguments), Stream.of("--data", data().toString()))
            .toArray(String[]::new);
    return new Run(line.execute(words), out.toString(), err.toString());
  }

  private String succeeds(String... arguments) {
    Run run = run(arguments);
    assertThat(run.exit).as(run.err).isEqualTo(ExitCode.DONE);
    return run.out;
  }

  private String fails(String... arguments) {
    Run run = run(arguments);
    assertThat(run.exit).as(run.out).isNotEqualTo(ExitCode.DONE);
    return run.err;
  }

  private HttpResponse<String> api(
      RunningServer server, String method, String resource, String body) throws Exception {
    String token = Files.readString(data().resolve("administrator.token")).strip();
    try (var http = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.webUrls().getFirst()).resolve("/api/v1/" + resource);
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  /** The zones are listed a moment after they are there. */
  private void untilItLists(RunningServer server, String members) throws Exception {
    String answer;
    do {
      answer = api(server, "GET", "catalogs/catalog.example.org", "").body();
    } while (!answer.contains(members));
  }

  @Test
  void theApiOfCatalogs() throws Exception {
    try (var server = server()) {
      succeeds("zone", "add", "a.example.org");
      succeeds("zone", "add", "b.example.org");
      assertThat(api(server, "GET", "catalogs", "").body()).contains("\"catalogs\":[]");
      String wanted = "{\"name\":\"catalog.example.org\",\"except\":[\"b.example.org\"]}";
      HttpResponse<String> added = api(server, "POST", "catalogs", wanted);
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      assertThat(added.body()).contains("\"except\":[\"b.example.org\"]");
      untilItLists(server, "\"members\":[\"a.example.org\"]");
      HttpResponse<String> again = api(server, "POST", "catalogs", wanted);
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(again.body()).contains("has the zone 'catalog.example.org' already");
      HttpResponse<String> noName = api(server, "POST", "catalogs", "{\"name\":\"a..b\"}");
      assertThat(noName.statusCode()).isEqualTo(400);
      HttpResponse<String> noException =
          api(server, "POST", "catalogs", "{\"name\":\"c.test\",\"except\":[\"a..b\"]}");
      assertThat(noException.statusCode()).isEqualTo(400);

      succeeds("zone", "add", "c.example.org");
      untilItLists(server, "\"members\":[\"a.example.org\",\"c.example.org\"]");
      assertThat(api(server, "GET", "catalogs/a.example.org", "").statusCode()).isEqualTo(404);
      assertThat(api(server, "DELETE", "catalogs/a.example.org", "").statusCode())
          .as("a zone is no catalog")
          .isEqualTo(404);
    }
    try (var server = server()) {
      assertThat(api(server, "GET", "catalogs", "").body())
          .as("after a restart")
          .contains("catalog.example.org", "\"except\":[\"b.example.org\"]");
      HttpResponse<String> removed = api(server, "DELETE", "catalogs/catalog.example.org", "");
      assertThat(removed.statusCode()).isEqualTo(200);
      assertThat(removed.body()).contains("\"removed\":\"catalog.example.org\"");
      assertThat(api(server, "GET", "catalogs", "").body()).contains("\"catalogs\":[]");
      assertThat(succeeds("zone", "list")).doesNotContain("catalog.example.org");
    }
  }

  @Test
  void howTheSerialGoesOnIsSet() throws Exception {
    try (var _ = server()) {
      succeeds("zone", "add", "a.example.org");
      assertThat(succeeds("zone", "set", "a.example.org", "--serial", "unixtime"))
          .startsWith("Zone a.example.org: the serial is ")
          .endsWith("; from now on: unixtime.\n");
      assertThat(fails("zone", "set", "a.example.org", "--serial", "backwards"))
          .contains("--serial", "backwards");
      assertThat(fails("zone", "set", "a.example.org")).contains("--serial");
      assertThat(fails("zone", "set", "none.example.org", "--serial", "increment"))
          .contains("none.example.org");
    }
    try (var _ = server()) {
      assertThat(succeeds("zone", "show", "a.example.org", "--json"))
          .as("after a restart")
          .contains("\"serialPolicy\":\"unixtime\"");
      assertThat(succeeds("zone", "set", "a.example.org", "--serial", "increment", "--json"))
          .contains("\"serialPolicy\":\"increment\"");
      succeeds("zone", "remove", "a.example.org");
      succeeds("zone", "add", "a.example.org");
    }
  }

  @Test
  void whatMakesAPrimaryKnownIsCheckedShownAndKept() throws Exception {
    Path certificate = folder.resolve("ca.pem");
    try (var _ = server()) {
      String[] add = {"zone", "add", "copy.test", "--primary", NOBODY};
      assertThat(fails(with(add, "--tls-pin", "c2hvcnQ="))).contains("'c2hvcnQ=' is not a pin");
      assertThat(fails(with(add, "--tls-name", "no name"))).contains("'no name' is not a name");
      assertThat(fails(with(add, "--tls-ca", certificate.toString())))
          .contains("--tls-ca", "cannot be read");
      Files.writeString(certificate, "no certificate");
      assertThat(fails(with(add, "--tls-ca", certificate.toString()))).contains("certificate");
      assertThat(fails("zone", "add", "copy.test", "--tls-ca", certificate.toString()))
          .contains("--primary ADDRESS");

      String pin = "A".repeat(43) + "=";
      assertThat(succeeds(with(add, "--tls-name", "ns1.test", "--tls-pin", pin)))
          .contains("primaries:  127.0.0.1:1", "TLS:        the name ns1.test, the pin " + pin)
          .contains("error:      127.0.0.1:1: ");
    }
    try (var _ = server()) {
      assertThat(succeeds("zone", "show", "copy.test"))
          .as("after a restart")
          .contains("TLS:        the name ns1.test, the pin AAAA");
    }
  }

  private static String[] with(String[] first, String... second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
  }
}
