package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device fetches its key with a one-time code and curl, and updates its host with nsupdate. */
final class EnrolledKeyTest {
  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    lab.server().command("host", "add", "other.dyn.test").succeeded();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String code(String host, String kind) {
    lab.server().command("host", "add", host).succeeded();
    String offered =
        lab.server()
            .command("credential", "enrol", host, "--key", kind, "--json")
            .succeeded()
            .out();
    return String.valueOf(Json.object(offered).get("code"));
  }

  /** What the device gets: lines of {@code name=value}. */
  private static Map<String, String> enrolled(String code, String... fields) {
    var command =
        new ArrayList<>(List.of("curl", "-sf", "-H", "Accept: text/plain", "-d", "code=" + code));
    for (String field : fields) {
      command.addAll(List.of("--data-urlencode", field));
    }
    command.add(lab.server().web() + "/enrol");
    return lab.run(command)
        .succeeded()
        .out()
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  /** It may change the addresses of its host, and nothing else. */
  private static void worksForItsHostOnly(List<String> key, String host) {
    assertThat(Lab.status(lab.nsupdate(key, "update add %s 60 A 192.0.2.7".formatted(host))))
        .isEqualTo("NOERROR");
    assertThat(lab.data(host, "A")).containsExactly("192.0.2.7");
    for (String other : List.of("other.dyn.test 60 A 192.0.2.8", host + " 60 TXT x")) {
      assertThat(Lab.status(lab.nsupdate(key, "update add " + other))).isEqualTo("REFUSED");
    }
    lab.server().command("host", "remove", host).succeeded();
    assertThat(Lab.status(lab.nsupdate(key, "update add %s 60 A 192.0.2.9".formatted(host))))
        .as("the key went with its host")
        .isNotEqualTo("NOERROR");
    assertThat(lab.data(host, "A")).isEmpty();
  }

  @Test
  void aKeyThatTheServerMade() {
    Map<String, String> made = enrolled(code("cam.dyn.test", "tsig"));
    Path file =
        lab.secretFile(
            "cam.key",
            "key \"%s\" { algorithm %s; secret \"%s\"; };\n"
                .formatted(made.get("key"), made.get("algorithm"), made.get("secret")));
    worksForItsHostOnly(List.of("-k", file.toString()), "cam.dyn.test");
  }

  @Test
  void aKeyOfWhichTheServerKnowsThePublicHalfOnly() {
    String code = code("meter.dyn.test", "sig0");
    String name =
        lab.run(
                List.of(
                    "dnssec-keygen",
                    "-q",
                    "-T",
                    "KEY",
                    "-n",
                    "HOST",
                    "-a",
                    "ED25519",
                    "meter.dyn.test"))
            .succeeded()
            .out()
            .strip();
    String key = lab.shell("grep -o '512 3 .*' %s.key".formatted(name)).succeeded().out().strip();
    Map<String, String> made = enrolled(code, "key=" + key);
    assertThat(made).containsEntry("kind", "sig0").doesNotContainKey("secret");
    worksForItsHostOnly(
        List.of("-k", folder.resolve(name + ".private").toString()), "meter.dyn.test");
  }
}
