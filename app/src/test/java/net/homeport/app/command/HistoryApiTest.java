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

/**
 * The history by the API of a server: changes, the past, differences, rollbacks, and their
 * problems.
 */
@Timeout(180)
final class HistoryApiTest {
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

  private void succeeds(String... arguments) {
    Run run = run(arguments);
    assertThat(run.exit).as(run.err).isEqualTo(ExitCode.DONE);
    assertThat(run.err).isEmpty();
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

  @Test
  void theHistoryByTheApi() throws Exception {
    try (var server = server()) {
      succeeds("zone", "add", "dyn.example.org");
      succeeds("host", "add", "cam.dyn.example.org");
      HttpResponse<String> changes = api(server, "GET", "history?zone=dyn.example.org", "");
      assertThat(changes.statusCode()).isEqualTo(200);
      assertThat(changes.body())
          .contains("\"what\":\"zone added\"", "\"zone\":\"dyn.example.org\"");
      assertThat(api(server, "GET", "history?rejected=true", "").body()).contains("\"dropped\":0");
      assertThat(api(server, "GET", "history?limit=1", "").statusCode()).isEqualTo(200);
      assertProblem(server, 400, "GET", "history?limit=0", "limit: '0' is not a number from 1 on");
      assertProblem(server, 400, "GET", "history?limit=x", "limit: 'x' is not a number");
      assertProblem(server, 400, "GET", "history?since=soon", "since: 'soon' is not a time");
      assertProblem(server, 400, "GET", "history?zone=a..b", "zone: 'a..b' is not a domain name");

      assertProblem(server, 400, "GET", "history/cam.dyn.example.org/at", "at: say when");
      assertProblem(
          server,
          404,
          "GET",
          "history/cam.example.net/at?at=2026-01-01T00:00:00Z",
          "no zone around 'cam.example.net'");
      assertProblem(
          server,
          409,
          "GET",
          "history/cam.dyn.example.org/at?at=2020-01-01T00:00:00Z",
          "as it is now was added at");
      assertThat(
              api(server, "GET", "history/ns1.dyn.example.org/at?at=2999-01-01T00:00:00Z", "")
                  .statusCode())
          .isEqualTo(200);

      assertThat(api(server, "GET", "history/dyn.example.org/diff", "").body())
          .contains("\"fromSerial\"");
      assertProblem(
          server, 409, "GET", "history/dyn.example.org/diff?from=7", "as it is now was added at");
      assertProblem(
          server,
          400,
          "GET",
          "history/dyn.example.org/diff?from=soon",
          "neither a serial, nor a time");
      assertProblem(server, 404, "GET", "history/example.net/diff", "no zone 'example.net'");
      assertProblem(server, 404, "POST", "history/example.net/rollback", "no zone 'example.net'");
      assertThat(api(server, "POST", "history/dyn.example.org/rollback?dry-run=true", "").body())
          .contains("\"dryRun\":true");
    }
  }

  private void assertProblem(
      RunningServer server, int status, String method, String resource, String words)
      throws Exception {
    HttpResponse<String> answer = api(server, method, resource, "");
    assertThat(answer.statusCode()).as("%s: %s", resource, answer.body()).isEqualTo(status);
    assertThat(answer.body()).as(resource).contains(words);
  }
}
