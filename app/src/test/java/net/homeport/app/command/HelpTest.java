package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command has help with an example, and the data ones have --json. */
final class HelpTest {
  private static final Set<String> WITHOUT_JSON =
      Set.of(
          "homeport",
          "homeport acme-dns",
          "homeport serve",
          "homeport zone",
          "homeport host",
          "homeport account",
          "homeport person",
          "homeport catalog",
          "homeport credential",
          "homeport key",
          "homeport key rule",
          "homeport secondary",
          "homeport site",
          "homeport explain",
          "homeport policy",
          "homeport liveness",
          "homeport truth",
          "homeport completion");

  private static List<CommandLine> commands(CommandLine line) {
    var all = new ArrayList<CommandLine>();
    all.add(line);
    line.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
    return all;
  }

  @Test
  void everyCommandShowsAnExampleOfItself() {
    List<CommandLine> commands = commands(HomeportCommand.commandLine());
    assertThat(commands).hasSizeGreaterThan(10);
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getUsageMessage())
          .as(name)
          .contains("Usage: " + name)
          .containsPattern("Examples?:")
          .contains("./" + name);
    }
  }

  @Test
  void everyCommandThatTellsSomethingTellsItToPrograms() {
    for (CommandLine command : commands(HomeportCommand.commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().findOption("--json") != null)
          .as(name)
          .isEqualTo(!WITHOUT_JSON.contains(name));
      assertThat(command.getCommandSpec().findOption("--help")).as(name).isNotNull();
    }
  }

  @Test
  void wrongUsageIsExplained() {
    assertRefused("Did you mean: homeport serve", "serv");
    assertRefused("check, dangling, list, show", "zone");
    assertRefused("Missing required parameter: 'HOST'", "host", "add");
    assertRefused("Unknown option: '--nosuch'", "serve", "--nosuch");
    assertRefused("dns: 'here' is not ADDRESS:PORT", "serve", "--dns", "here");
    assertRefused("trusted-proxy: ", "serve", "--trusted-proxy", "proxy");
    assertRefused("udp-workers: 0", "serve", "--udp-workers", "0");
    assertRefused("dot: 'here' is not ADDRESS:PORT", "serve", "--dot", "here");
    assertRefused("one is given without the other", "serve", "--tls-key", "key.pem");
    assertRefused(
        "nothing is served with it", "serve", "--tls-key", "key.pem", "--tls-certificate", "c.pem");
    assertRefused("rotate, disable, enable, remove, or rule", "key");
    assertRefused("Missing required parameter: 'NAME'", "key", "add");
    assertRefused("says no names", "key", "add", "k", "--zone", "dyn.test");
    assertRefused("'NOSUCH' is not a type", "key", "add", "k", "--self", "--type", "A,NOSUCH");
    assertRefused("there are add and delete", "key", "add", "k", "--self", "--operation", "all");
    assertRefused("not an address or network", "key", "add", "k", "--self", "--from", "here");
    assertRefused("is not a time", "key", "add", "k", "--self", "--expires", "soon");
    assertRefused("has no '*'", "key", "rule", "add", "k", "--pattern", "a.test");
    assertRefused("says no names", "key", "rule", "add", "k", "--static");
    assertRefused("'--for'", "key", "add", "k", "--for", "dig");
    assertRefused("two ways", "key", "add", "k", "--secret", "x", "--secret-file", "f");
    assertRefused("cannot read no-such", "key", "import", "no-such");
    assertRefused("not a span of time", "key", "rotate", "k", "--overlap", "week");
    assertRefused("NUMBER", "key", "rule", "remove", "k");
    assertRefused("Missing required option: '--key=NAME'", "explain", "update", "add x 1 A 1");
    assertRefused("say which update", "explain", "update", "--key", "k");
    assertRefused("no-such.toml", "serve", "--config", "no-such.toml");
  }

  private static void assertRefused(String words, String... arguments) {
    var err = new StringWriter();
    CommandLine line = HomeportCommand.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute(arguments)).as(err.toString()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(words);
  }

  @Test
  void noServerIsItsOwnExitCode() {
    var err = new StringWriter();
    CommandLine line = HomeportCommand.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("zone", "list", "--data", "no-such-folder"))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("./homeport serve");
  }

  /** The output of a service is a journal that others read. */
  @Test
  void theTokenIsShownAtATerminalOnly() {
    assertThat(ServeCommand.tokenWords("SECRET", Path.of("data"), true)).endsWith("  SECRET");
    assertThat(ServeCommand.tokenWords("SECRET", Path.of("data"), false))
        .doesNotContain("SECRET")
        .endsWith("data/administrator.token");
  }
}
