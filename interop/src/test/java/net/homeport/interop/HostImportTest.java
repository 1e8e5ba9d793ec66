package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of many hosts is added as a whole. */
final class HostImportTest {
  private static final String ZONE = "dyn.example.org";
  private static final int SITES = 4_001;

  @TempDir Path folder;

  /** Of three lines a site: a router, and two devices behind it that share its credential. */
  private Path list(String... more) throws IOException {
    Stream<String> lines =
        IntStream.range(0, SITES)
            .boxed()
            .flatMap(i ->
                Stream.of(
                    "router%d.%s".formatted(i, ZONE),
                    "cam%d.%s,120,router%d.%s".formatted(i, ZONE, i, ZONE),
                    "# the recorder",
                    "nvr%d.%s,,router%d.%s".formatted(i, ZONE, i, ZONE)));
    List<String> all =
        Stream.of(Stream.of("host,ttl,username,account"), lines, Stream.of(more))
            .flatMap(part -> part)
            .toList();
    return Files.write(folder.resolve("list.csv"), all);
  }

  @Test
  void aListOfMoreHostsThanOneRequestHolds() throws IOException {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      server.command("zone", "add", ZONE).succeeded();
      String list = list().toString();
      assertThat(server.command("host", "import", list, "--dry-run").succeeded().out())
          .contains("12,003 hosts would be added", "Nothing was changed");
      assertThat(server.command("status").succeeded().out()).contains("0 hosts");

      Path credentials = folder.resolve("credentials.csv");
      String[] command = {"host", "import", list, "--credentials", credentials.toString()};
      assertThat(server.command(command).succeeded().out())
          .contains("12,003 hosts added, 0 were there already");
      assertThat(server.command("status").succeeded().out()).contains("12003 hosts");
      assertThat(Files.getPosixFilePermissions(credentials))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      List<String> rows = Files.readAllLines(credentials);
      assertThat(rows).hasSize(SITES);
      String[] last = rows.getLast().split(",", -1);
      String url =
          "%s/nic/update?hostname=nvr4000.%s&myip=198.51.100.7".formatted(server.web(), ZONE);
      assertThat(Commands.run("curl", "-s", "-u", last[1] + ":" + last[2], url).succeeded().out())
          .isEqualTo("good 198.51.100.7\n");
      assertThat(server.json("host", "show", "cam4000." + ZONE).get("ttl")).hasToString("120");

      // Started again, it does nothing; and an existing file of credentials is not written over.
      assertThat(server.command(command).failed().err()).contains("exists", "nothing was added");
      assertThat(Json.objects(server.json("host", "import", list), "hosts"))
          .hasSize(3 * SITES)
          .allSatisfy(host -> assertThat(host.get("outcome")).isEqualTo("exists"));
    }
  }

  @Test
  void oneWrongLineAndNothingIsAdded() throws IOException {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      server.command("zone", "add", ZONE).succeeded();
      Path list = list("cam.elsewhere.test", "tv.%s,60,nobody.%s".formatted(ZONE, ZONE));
      Result result = server.command("host", "import", list.toString()).failed();
      assertThat(result.err())
          .contains(
              list + ", line 16006: 'cam.elsewhere.test' lies in no zone of this server",
              "line 16007: no host's credential has the user name 'nobody." + ZONE,
              "No host was added: 2 of 12,005 cannot be");
      assertThat(server.command("status").succeeded().out()).contains("0 hosts");

      Path wrong = Files.writeString(folder.resolve("wrong.csv"), "a." + ZONE + ",soon\n");
      assertThat(server.command("host", "import", wrong.toString()).failed().err())
          .contains("wrong.csv, line 1, field 2: 'soon' is no TTL");
    }
  }
}
