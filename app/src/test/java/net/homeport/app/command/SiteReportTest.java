package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site by the command line, and its router's reports at a front door. */
final class SiteReportTest {
  private static final String ROUTER = "gw7.dyn.example.org";
  private static final String CAMERA = "cam7.dyn.example.org";

  @TempDir private Path folder = Path.of("");

  private String run(String... arguments) {
    var out = new StringWriter();
    var line = HomeportCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    String[] words =
        Stream.concat(
                Arrays.stream(arguments), Stream.of("--data", folder.resolve("data").toString()))
            .toArray(String[]::new);
    assertThat(line.execute(words)).as(out.toString()).isZero();
    return out.toString();
  }

  private static String get(RunningServer server, String target) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(server.webUrls().getFirst()).resolve(target))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** Any network that the site has a source for, not the one called lan alone. */
  @Test
  void aRouterRenumbersTheGuestNetworkAndNoOther() throws Exception {
    try (RunningServer server =
        RunningServer.start(ServeSettings.onFreePorts(folder.resolve("data")))) {
      run("zone", "add", "dyn.example.org");
      String token =
          run("host", "add", ROUTER)
              .replaceAll("(?s).*\\n  password +(\\S+)   \\(shown this once\\).*", "$1");
      run("site", "add", "branch7");
      run("site", "source", "branch7", "lan", "--reporter", ROUTER);
      run("site", "source", "branch7", "guest", "--reporter", ROUTER);
      run("host", "add", CAMERA);
      run("host", "add", "nas7.dyn.example.org");
      run("site", "host", "branch7", CAMERA, "--ipv6", "guest+::20");
      run("site", "host", "branch7", "nas7.dyn.example.org", "--ipv6", "lan+::10");
      String update = "/nic/update?hostname=" + ROUTER + "&token=" + token + "&myip=198.51.100.7";
      assertThat(
              get(
                  server,
                  update + "&ip6lanprefix=2001:db8:1:2::/64&prefix-guest=2001:db8:1:3::/64"))
          .isEqualTo("good 198.51.100.7\n");
      assertThat(run("host", "show", CAMERA)).contains("2001:db8:1:3::20");
      assertThat(get(server, update + "&prefix-guest=2001:db8:9:3::/64"))
          .isEqualTo("good 198.51.100.7\n");
      assertThat(run("host", "show", CAMERA)).contains("2001:db8:9:3::20");
      assertThat(run("host", "show", "nas7.dyn.example.org")).contains("2001:db8:1:2::10");
      assertThat(run("host", "exchanges", ROUTER)).contains("prefix-guest=2001:db8:9:3::/64");
    }
  }
}
