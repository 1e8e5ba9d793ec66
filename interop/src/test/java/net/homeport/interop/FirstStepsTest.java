package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minutes of a newcomer, as typed. */
final class FirstStepsTest {
  private static final String ZONE = "dyn.example.org";
  private static final String HOST = "branch1.dyn.example.org";

  @TempDir Path folder;

  @Test
  void fromNothingToAnAnswerByThePrintedLines() {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      assertThat(server.output())
          .contains(" is ready after ", "0 zones, 0 hosts", "DNS  127.0.0.1:", "next:  ./homeport");

      Result zone = server.command("zone", "add", ZONE).succeeded();
      assertThat(zone.out()).contains("Zone dyn.example.org added", "next:  ./homeport host add");
      Recipe recipe = server.addHost(HOST);

      assertThat(asTyped(recipe.curl())).isEqualTo("good 198.51.100.7\n");
      assertThat(asTyped(recipe.dig())).isEqualTo("198.51.100.7\n");

      assertThat(server.command("host", "list").succeeded().out())
          .contains("HOST", HOST, "198.51.100.7");
      assertThat(server.command("host", "show", HOST).succeeded().out())
          .contains("address    198.51.100.7", "from 127.0.0.1 through dyndns2");
      assertThat(server.command("zone", "list").succeeded().out()).contains(ZONE);
      assertThat(server.command("status").succeeded().out())
          .contains("1 zones, 1 hosts", server.web(), server.dnsText());
    }
  }

  @Test
  void jsonForPrograms() {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      assertThat(server.json("zone", "add", ZONE).get("name")).isEqualTo(ZONE);
      Map<?, ?> added = server.json("host", "add", HOST, "--ttl", "120");
      assertThat(added.get("username")).isEqualTo(HOST);
      assertThat(String.valueOf(added.get("password"))).hasSizeGreaterThan(20);

      Map<?, ?> status = server.json("status");
      assertThat(Json.texts(status, "dns")).containsExactly(server.dnsText());
      assertThat(Json.texts(status, "web")).containsExactly(server.web() + "/");
      assertThat(server.json("host", "show", HOST).get("ttl")).hasToString("120");
      assertThat(Json.objects(server.json("host", "list"), "hosts"))
          .singleElement()
          .satisfies(host -> assertThat(host.get("host")).isEqualTo(HOST));
      assertThat(Json.objects(server.json("zone", "list"), "zones"))
          .singleElement()
          .satisfies(zone -> assertThat(zone.get("name")).isEqualTo(ZONE));
      assertThat(server.json("zone", "show", ZONE).get("name")).isEqualTo(ZONE);
      server.json("host", "remove", HOST);
      server.json("zone", "remove", ZONE);
      assertThat(Json.objects(server.json("zone", "list"), "zones")).isEmpty();
    }
  }

  @Test
  void aSecondStartHasEverything() {
    Path data = folder.resolve("data");
    Recipe recipe;
    try (var server = HomeportProcess.start(data)) {
      assertThat(server.output()).contains("administrator token:  in the file");
      server.addZone(ZONE);
      recipe = server.addHost(HOST);
      Commands.run("bash", "-c", recipe.curl()).succeeded();
      assertThat(server.stop()).as("exit code on SIGTERM").isIn(0, 128 + 15);
    }
    try (var server = HomeportProcess.start(data)) {
      assertThat(server.output())
          .contains("1 zones, 1 hosts")
          .doesNotContain("administrator token");
      assertThat(server.dns().a(HOST)).containsExactly("198.51.100.7");
      assertThat(
              Commands.run(
                      "curl",
                      "-s",
                      "-u",
                      recipe.login(),
                      server.web() + "/nic/update?hostname=" + HOST + "&myip=198.51.100.8")
                  .succeeded()
                  .out())
          .as("the credential of before works")
          .isEqualTo("good 198.51.100.8\n");
      assertThat(server.dns().a(HOST)).containsExactly("198.51.100.8");
    }
  }

  @Test
  void exitCodesTellDoneRefusedMisusedAndUnreachable() {
    try (var server = HomeportProcess.start(folder.resolve("data"))) {
      assertThat(server.command("zone", "add", ZONE).exitCode()).isZero();
      assertThat(server.command("zone", "add", ZONE)).satisfies(result -> fails(result, 1));
      assertThat(server.command("host", "add", "branch1.example.net"))
          .satisfies(result -> fails(result, 1));
      assertThat(server.command("host", "show", "nobody." + ZONE))
          .satisfies(result -> fails(result, 1));
      assertThat(server.command("host", "add")).satisfies(result -> fails(result, 2));
      assertThat(server.command("zone", "add", ZONE, "--colour", "red"))
          .satisfies(result -> fails(result, 2));
    }
    Result unreachable = homeport("status", "--data", folder.resolve("none").toString());
    fails(unreachable, 3);
    assertThat(unreachable.err()).contains("no server runs", "./homeport serve");
  }

  @Test
  void aKilledServersNoteDoesNotMislead() {
    Path data = folder.resolve("data");
    try (var server = HomeportProcess.start(data)) {
      server.kill();
      Result result = server.command("status");
      fails(result, 3);
      assertThat(result.err()).contains("does not answer").contains("is it running?");
    }
  }

  private static void fails(Result result, int exitCode) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.err())
        .startsWith("homeport: ")
        .doesNotContain("defect")
        .doesNotContain("\tat ");
  }

  @Test
  void everyCommandHelps() {
    for (List<String> command :
        List.of(
            List.<String>of(),
            List.of("serve"),
            List.of("zone"),
            List.of("zone", "add"),
            List.of("host"),
            List.of("host", "add"),
            List.of("status"),
            List.of("agent"),
            List.of("demo"))) {
      Result help = homeport(Commands.joined(command, "--help").toArray(String[]::new));
      assertThat(help.succeeded().out()).contains("Usage: homeport").contains("Example");
    }
    assertThat(homeport("--version").succeeded().out()).contains("Homeport", "Java 25");
  }

  @Test
  void theCompletionScriptCompletesInBash() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, homeport("completion").succeeded().out());
    Result completed =
        Commands.run(
            "bash",
            "-c",
            """
            set -e
            source %s
            complete -p homeport >/dev/null
            COMP_WORDS=(homeport ho)
            COMP_CWORD=1
            COMP_LINE='homeport ho'
            COMP_POINT=11
            _complete_homeport homeport ho homeport
            printf '%%s\\n' "${COMPREPLY[@]}"
            """
                .formatted(script));
    assertThat(completed.succeeded().out().lines()).contains("host");
  }

  private static String asTyped(String line) {
    Result result = Commands.run("bash", "-c", line);
    return result.succeeded().out();
  }

  private static Result homeport(String... arguments) {
    return Commands.run(Commands.joined(List.of(HomeportProcess.launcher().toString()), arguments));
  }
}
