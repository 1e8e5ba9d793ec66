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

/** Secondaries by the command line and the API against a server: added, listed, shown, removed. */
@Timeout(180)
final class SecondaryCommandsTest {
  private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0";

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

  private Run succeeds(String... arguments) {
    Run run = run(arguments);
    assertThat(run.exit).as(run.err).isEqualTo(ExitCode.DONE);
    assertThat(run.err).isEmpty();
    return run;
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
  void oneFromItsAdditionToItsRemoval() throws Exception {
    try (var _ = server()) {
      assertThat(succeeds("secondary", "list").out)
          .contains("No secondaries yet; add one with './homeport secondary add NAME");
      succeeds("zone", "add", "dyn.example.org");
      succeeds("zone", "add", "other.example.org");
      succeeds("key", "add", "xfr.test", "--secret", SECRET);
      Run added =
          succeeds(
              "secondary",
              "add",
              "ns2",
              "--address",
              "192.0.2.2",
              "--key",
              "xfr.test",
              "--zone",
              "dyn.example.org",
              "--no-notify");
      assertThat(added.out)
          .startsWith("Secondary ns2 added. What to paste there:")
          .contains("# Knot DNS: knot.conf", "# NSD: nsd.conf", "// BIND: named.conf")
          .contains("  - domain: dyn.example.org\n    master: homeport")
          .contains("Put the secret that 'homeport key add xfr.test' has shown")
          .doesNotContain(SECRET, "other.example.org");
      succeeds(
          "secondary",
          "add",
          "ns3",
          "--address",
          "[2001:db8::3]:5353",
          "--all-zones",
          "--no-notify");
    }
    try (var _ = server()) {
      assertThat(succeeds("secondary", "list").out)
          .as("after a restart")
          .containsPattern("ns2 +192\\.0\\.2\\.2:53 +dyn\\.example\\.org ")
          .containsPattern("ns3 +\\[2001:db8::3]:5353 +other\\.example\\.org ")
          .doesNotContainPattern("ns2 .*other");
      String config = succeeds("secondary", "config", "ns2", "--for", "nsd").out;
      assertThat(config)
          .contains("  name: \"xfr.test\"\n  algorithm: hmac-sha256\n")
          .contains("  name: \"dyn.example.org\"\n")
          .contains("  request-xfr: 127.0.0.1@")
          .doesNotContain("Knot", "BIND");
      assertThat(succeeds("secondary", "config", "ns3", "--for", "bind").out)
          .contains("zone \"dyn.example.org\" {", "zone \"other.example.org\" {")
          .doesNotContain("key");
      assertThat(succeeds("secondary", "list", "--json").out)
          .contains("\"name\":\"ns2\"", "\"keyAlgorithm\":\"hmac-sha256\"")
          .doesNotContain(SECRET);
      assertThat(succeeds("secondary", "remove", "ns2").out).isEqualTo("Secondary ns2 removed.\n");
      assertThat(succeeds("secondary", "list").out).doesNotContain("ns2");
      for (String[] words :
          new String[][] {{"secondary", "remove", "ns2"}, {"secondary", "config", "ns2"}}) {
        Run gone = run(words);
        assertThat(gone.exit).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err)
            .contains("there is no secondary 'ns2'", "'homeport secondary list' shows");
      }
    }
  }

  @Test
  void whatIsNotPossibleIsExplained() throws Exception {
    try (var _ = server()) {
      succeeds("zone", "add", "dyn.example.org");
      assertRefused("no key nobody", "--address", "192.0.2.2", "--key", "nobody", "--all-zones");
      assertRefused("is not the address of a name server", "--address", "ns2", "--all-zones");
      assertRefused("is not the address", "--address", "192.0.2.2:0", "--all-zones");
      assertRefused("is not the address", "--address", "192.0.2.2:65536", "--all-zones");
      assertRefused("is not the address", "--address", "0.0.0.0", "--all-zones");
      assertRefused("no zone 'x.test'", "--address", "192.0.2.2", "--zone", "x.test");
      Run neither = run("secondary", "add", "ns2", "--address", "192.0.2.2");
      assertThat(neither.exit).isNotZero();
      assertThat(neither.err).contains("--zone", "--all-zones");
      assertThat(succeeds("secondary", "list").out).contains("No secondaries yet");
    }
  }

  private void assertRefused(String words, String... flags) {
    String[] all =
        Stream.concat(Stream.of("secondary", "add", "ns2"), Arrays.stream(flags))
            .toArray(String[]::new);
    Run refused = run(all);
    assertThat(refused.exit).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err).contains(words);
  }

  @Test
  void theApiSaysTheSame() throws Exception {
    try (var server = server()) {
      succeeds("zone", "add", "dyn.example.org");
      String ns2 = "{\"name\":\"ns2\",\"address\":\"192.0.2.2\",\"notified\":false}";
      HttpResponse<String> added = api(server, "POST", "secondaries", ns2);
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      assertThat(added.body()).contains("\"address\":\"192.0.2.2:53\"");
      HttpResponse<String> again = api(server, "POST", "secondaries", ns2);
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(again.body()).contains("remove it first to change it");
      assertThat(api(server, "POST", "secondaries", "{}").body())
          .contains("a secondary needs a 'name'");
      HttpResponse<String> badName =
          api(server, "POST", "secondaries", "{\"name\":\"-\",\"address\":\"192.0.2.2\"}");
      assertThat(badName.statusCode()).isEqualTo(400);
      assertThat(badName.body()).contains("cannot be a secondary's name");
      HttpResponse<String> badNetwork =
          api(
              server,
              "POST",
              "secondaries",
              "{\"name\":\"ns4\",\"address\":\"192.0.2.4\",\"transferFrom\":[\"192.0.2.0/99\"]}");
      assertThat(badNetwork.statusCode()).isEqualTo(400);
      assertThat(badNetwork.body()).contains("prefix length 99", "192.0.2.0");
      assertThat(api(server, "GET", "secondaries/ns2", "").statusCode()).isEqualTo(200);
      assertThat(api(server, "GET", "secondaries/ns9", "").statusCode()).isEqualTo(404);
      assertThat(api(server, "DELETE", "secondaries/ns9", "").statusCode()).isEqualTo(404);
      assertThat(api(server, "DELETE", "secondaries/ns2", "").body()).contains("ns2");
      assertThat(api(server, "GET", "secondaries", "").body()).contains("\"secondaries\":[]");
    }
  }
}
