package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The check by the command line: of a server that runs, of its folder afterwards, and of damage.
 */
final class CheckCommandTest {
  @TempDir private Path folder = Path.of("");

  private record Run(int exit, String out, String err) {}

  private Path data() {
    return folder.resolve("data");
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

  @Test
  void aServerAndItsFolderAreCheckedAndDamageIsTold() throws Exception {
    try (var _ = RunningServer.start(ServeSettings.onFreePorts(data()))) {
      assertThat(run("zone", "add", "dyn.example.org").exit()).isZero();
      assertThat(run("host", "add", "cam.dyn.example.org").exit()).isZero();
      assertThat(run("key", "add", "kea", "--subtree", "dyn.example.org").exit()).isZero();
      assertWhole();
    }
    assertWhole();

    Path database = data().resolve("homeport.db");
    byte[] octets = Files.readAllBytes(database);
    Arrays.fill(octets, octets.length / 3, octets.length, (byte) 0x55);
    Files.write(database, octets);
    Run damaged = run("check");
    assertThat(damaged.exit()).as(damaged.err()).isEqualTo(ExitCode.FAILED);
    assertThat(damaged.out()).contains("next:  ", "backup", " findings: ");
    assertThat(damaged.err()).isEmpty();
  }

  private void assertWhole() {
    Run check = run("check");
    assertThat(check.exit()).as(check.out() + check.err()).isZero();
    assertThat(check.out()).contains("All is whole: 1 zones", "1 hosts, 1 credentials, 1 keys.");
    assertThat(run("check", "--json").out()).contains("\"clean\":true", "\"zones\":1");
  }

  @Test
  void aFolderThatIsNoneIsNotMade() {
    Run none = run("check");
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("there is no database", "--data DIR");
    assertThat(data()).doesNotExist();
  }
}
