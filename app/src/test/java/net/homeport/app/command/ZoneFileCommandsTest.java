package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zone files by the command line: looked over, added, exported, edited, imported. */
final class ZoneFileCommandsTest {
  private static final String HEAD =
      """
      $TTL 300
      @ SOA ns1 hostmaster 7 7200 900 1209600 60
      @ NS ns1
      @ NS ns.elsewhere.net.
      ns1 A 127.0.0.1
      """;

  @TempDir private Path folder = Path.of("");

  private record Run(int exit, String out, String err) {}

  private static Run run(Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = HomeportCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    return new Run(line.execute(words), out.toString(), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(folder.resolve("data")));
  }

  @Test
  void aZoneFileGoesInAndOutAndInAgain() throws Exception {
    Path data = folder.resolve("data");
    Path source = file("example.org.zone", HEAD + "$INCLUDE hosts\n");
    file("hosts", "WWW A 192.0.2.1\nwww TXT \"a b\"\n");
    Path exported = folder.resolve("out.zone");
    try (var _ = server()) {
      Run added = run("zone", "add", "example.org", "--file", source, "--data", data);
      assertThat(added.err).isEmpty();
      assertThat(added.out).contains("Zone example.org added, serial 7, 3 names.");
      Run written = run("zone", "export", "example.org", "--output", exported, "--data", data);
      assertThat(written.out).contains("written to " + exported);
      assertThat(Files.readString(exported))
          .contains("$ORIGIN example.org.\n$TTL 300\n")
          .contains("\nWWW IN A      192.0.2.1\nWWW IN TXT    \"a b\"\n");
      assertThat(run("zone", "import", "example.org", exported, "--data", data).out)
          .contains("like that already, serial 7");
      Files.writeString(
          exported,
          Files.readString(exported).replace("192.0.2.1", "192.0.2.2") + "new A 192.0.2.3\n");
      assertThat(run("zone", "import", "example.org", exported, "--dry-run", "--data", data).out)
          .contains("1 names added, 1 changed, 0 removed if it is imported; nothing was.");
      Run done = run("zone", "import", "example.org", exported, "--data", data);
      assertThat(done.out).contains("1 names added, 1 changed, 0 removed, serial 8.");
      assertThat(run("zone", "show", "example.org", "--json", "--data", data).out)
          .contains("\"serial\":8,\"names\":4");
      assertThat(run("history", "new.example.org", "--data", data).out)
          .contains("by administrator through api from ")
          .contains("(import of " + exported.getFileName() + ")");
      assertThat(run("history", "example.org", "--data", data).out)
          .contains("(import of " + source.getFileName() + ")");
    }
  }

  @Test
  void aBadFileIsNotSentAtAll() throws IOException {
    Path bad = file("bad.zone", HEAD + "www A 192.0.2.256\nw MX 10\n");
    Run run = run("zone", "add", "example.org", "--file", bad, "--data", folder.resolve("none"));
    assertThat(run.exit).isEqualTo(ExitCode.FAILED);
    assertThat(run.err)
        .contains("zone example.org.: 2 errors, nothing of it was taken")
        .contains(bad + ":6:7: '192.0.2.256' is not an IPv4 address")
        .contains(bad + ":7:8: a name is missing here");
  }

  @Test
  void checkTellsWhereAndHowBad() throws IOException {
    Path good = file("example.org.zone", HEAD);
    assertThat(run("zone", "check", good))
        .isEqualTo(
            new Run(
                ExitCode.DONE,
                "Zone example.org, serial 7, 2 names: 0 errors, 0 warnings, 0 notices.%n"
                    .formatted(),
                ""));
    Path odd = file("db.example.org", HEAD + "a CNAME b\n");
    Run warned = run("zone", "check", odd);
    assertThat(warned.exit).isEqualTo(ExitCode.DONE);
    assertThat(warned.out)
        .contains(odd + ":6:1: warning: ")
        .contains("[target-missing]")
        .contains("0 errors, 1 warnings, 0 notices");
    assertThat(run("zone", "check", odd, "--strict").exit).isEqualTo(ExitCode.FAILED);
    Run bad =
        run("zone", "check", file("x", HEAD + "a A b\n"), "--origin", "example.org", "--json");
    assertThat(bad.exit).isEqualTo(ExitCode.FAILED);
    assertThat(bad.out)
        .contains("\"zone\":\"example.org\",\"serial\":7,\"names\":2,\"errors\":1")
        .contains("\"severity\":\"error\",\"code\":\"zone-file\"", "\"line\":6,\"column\":5,");
    assertThat(run("zone", "check", folder.resolve("x")).err).contains("--origin NAME");
    assertThat(run("zone", "check", folder.resolve("y")).exit).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void checkOfAZoneThatTheServerHas() throws Exception {
    Path data = folder.resolve("data");
    Path source = file("example.org.zone", HEAD + "a CNAME b\n");
    try (var _ = server()) {
      run("zone", "add", "example.org", "--file", source, "--data", data);
      Run served = run("zone", "check", "Example.org", "--data", data);
      assertThat(served.err).isEmpty();
      assertThat(served.exit).isEqualTo(ExitCode.DONE);
      assertThat(served.out)
          .contains("Example.org:", "warning: ", "[target-missing]")
          .contains("serial 7, 3 names: 0 errors, 1 warnings, 0 notices");
      assertThat(run("zone", "check", "example.org", "--strict", "--data", data).exit)
          .isEqualTo(ExitCode.FAILED);
      Run neither = run("zone", "check", "example.net", "--data", data);
      assertThat(neither.exit).isEqualTo(ExitCode.FAILED);
      assertThat(neither.err)
          .contains("there is no file example.net", "this server has no zone 'example.net'");
      Run origin = run("zone", "check", "example.org", "--origin", "example.org", "--data", data);
      assertThat(origin.exit).isEqualTo(ExitCode.USAGE);
    }
    Run alone = run("zone", "check", "example.org", "--data", data);
    assertThat(alone.exit).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(alone.err).contains("there is no file example.org", "no server runs on");
  }

  @Test
  void includedFilesLieInTheFolderOfTheFile() throws IOException {
    Path secret = Files.createDirectory(folder.resolve("secret"));
    Files.writeString(secret.resolve("key"), "a A 192.0.2.1\n");
    Path zones = Files.createDirectory(folder.resolve("zones"));
    Files.createSymbolicLink(zones.resolve("link"), secret.resolve("key"));
    Files.createDirectory(zones.resolve("sub"));
    Files.writeString(zones.resolve("sub").resolve("ok"), "b A 192.0.2.x\n");
    Path main =
        file(
            "zones/example.org.zone",
            HEAD
                + "$INCLUDE ../secret/key\n$INCLUDE "
                + secret.resolve("key")
                + "\n$INCLUDE link\n$INCLUDE none\n$INCLUDE sub\n$INCLUDE sub/ok\n");
    Run run = run("zone", "check", main);
    assertThat(run.exit).isEqualTo(ExitCode.FAILED);
    assertThat(run.out)
        .contains(main + ":6:10: error: $INCLUDE of '../secret/key' is refused: it lies outside")
        .contains(main + ":7:10: error: ")
        .contains(main + ":8:10: error: $INCLUDE of 'link' is refused: it lies outside")
        .contains(main + ":9:10: error: $INCLUDE of 'none' is refused: there is no such file")
        .contains(main + ":10:10: error: $INCLUDE of 'sub' is refused: it is not an ordinary file")
        .contains("sub/ok:1:5: error: '192.0.2.x' is not an IPv4 address");
  }

  @Test
  void lameDelegationsAreFoundByAsking() throws Exception {
    Path source =
        file("example.org.zone", HEAD.replace("@ NS ns.elsewhere.net.\n", "") + "sub NS ns1\n");
    try (var server = server()) {
      String dns = server.dnsAddresses().getFirst();
      String port = dns.substring(dns.lastIndexOf(':') + 1);
      Path data = folder.resolve("data");
      run("zone", "add", "example.org", "--data", data);
      Run run =
          run("zone", "check", source, "--lame", "--name-server-port", port, "--resolver", dns);
      assertThat(run.exit).isEqualTo(ExitCode.FAILED);
      assertThat(run.out)
          .contains("error: the name server ns1.example.org. (" + dns + ") of sub.example.org.")
          .contains("[lame-delegation]")
          .doesNotContain(") of example.org. answers");
      run("zone", "add", "sub.example.org", "--data", data);
      assertThat(
              run("zone", "check", source, "--lame", "--name-server-port", port, "--resolver", dns)
                  .exit)
          .isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void progressIsABar() {
    assertThat(ProgressLine.text("reading", 30_000_000, 60_000_000, 1_000_000_000))
        .isEqualTo("reading  [############............]  50%  30.0 of 60.0 MB  30.0 MB/s");
    assertThat(ProgressLine.text("receiving", 1_500_000, 0, 1_000_000_000))
        .isEqualTo("receiving  1.5 MB  1.5 MB/s");
  }
}
