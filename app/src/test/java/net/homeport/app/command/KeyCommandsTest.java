package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.assembly.StartException;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by the command line against a server: added, shown once, rotated, asked about, removed. */
final class KeyCommandsTest {
  private static final String ADD = "add h.dyn.example.org 60 A 192.0.2.1";

  @TempDir private Path folder = Path.of("");

  private record Run(int exit, String out, String err) {}

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

  private Path data() {
    return folder.resolve("data");
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(data()));
  }

  private static String secret(Run added) {
    return added.out.replaceAll("(?s).*value {6}(\\S+) .*", "$1");
  }

  @Test
  void aKeyFromItsAdditionToItsRemoval() throws Exception {
    String secret;
    try (var _ = server()) {
      assertThat(run("zone", "add", "dyn.example.org").exit).isZero();
      Run added = run("key", "add", "kea", "--subtree", "dyn.example.org", "--type", "A,TXT");
      assertThat(added.err).isEmpty();
      secret = secret(added);
      assertThat(secret).matches("[A-Za-z0-9+/]{43}=");
      assertThat(added.out)
          .contains("rule 1     subtree dyn.example.org type A,TXT operation add,delete")
          .contains("    algorithm hmac-sha256;\n      secret \"" + secret + "\";")
          .contains("nsupdate -k kea.key <<'EOF'\n  server 127.0.0.1 ")
          .contains("update add test.dyn.example.org. 60 A 198.51.100.7\n")
          .contains("{ \"name\": \"dyn.example.org.\", \"key-name\": \"kea\",")
          .contains("  hmac-sha256:kea:" + secret + "\n")
          .containsPattern("knsupdate -k kea.knot <<'EOF'\n  server .+\n  zone dyn.example.org.\n")
          .contains("dns_rfc2136_algorithm = HMAC-SHA256")
          .contains("RFC2136_TSIG_ALGORITHM=hmac-sha256.")
          .contains("\"algorithm\": \"HMAC-SHA256\", \"secret\": \"" + secret + "\"");
      assertThat(run("key", "add", "acme", "--self", "--for", "certbot").out)
          .contains("dns_rfc2136_name = acme.")
          .doesNotContain("nsupdate", "RFC2136_TSIG_KEY");
      assertThat(
              run("key", "add", "le", "--pattern", "_acme-challenge.*.example.org", "--type", "TXT")
                  .out)
          .contains("update add _acme-challenge.test.example.org. 60 TXT test\n");
      for (String[] words :
          new String[][] {{"key", "list"}, {"key", "show", "kea"}, {"key", "list", "--json"}}) {
        assertThat(run(words).out).contains("kea").doesNotContain(secret);
      }
      assertThat(run("explain", "update", "--key", "kea", "--zone", "dyn.example.org", ADD))
          .satisfies(explained -> {
            assertThat(explained.exit).isEqualTo(ExitCode.DONE);
            assertThat(explained.out)
                .contains("passes: it would be made.", "by rule 1: subtree dyn.example.org");
          });
      Run refused = run("explain", "update", "--key", "acme", "--zone", "dyn.example.org", ADD);
      assertThat(refused.exit).isEqualTo(ExitCode.FAILED);
      assertThat(refused.out).contains("REFUSED: ", "does not cover the name h.dyn.example.org");
    }
    try (var running = server()) {
      assertThat(running.zoneCount()).isEqualTo(1);
      Run rotated = run("key", "rotate", "kea", "--overlap", "7d", "--for", "bind");
      assertThat(secret(rotated)).matches("[A-Za-z0-9+/]{43}=").isNotEqualTo(secret);
      assertThat(run("key", "show", "kea").out).contains(", ends ");
      assertThat(run("key", "disable", "kea").out).contains("disabled");
      assertThat(run("explain", "update", "--key", "kea", "--zone", "dyn.example.org", ADD).out)
          .contains("the TSIG key kea. is disabled");
      assertThat(run("key", "enable", "kea").out).doesNotContain("disabled");
      assertThat(run("key", "rule", "add", "kea", "--self", "--expires", "30d").out)
          .contains("rule 2     self type A,")
          .contains(" expires 2");
      assertThat(run("key", "rule", "remove", "kea", "1").out).doesNotContain("rule 1 ");
      assertThat(run("key", "rule", "remove", "kea", "1").err).contains("has no rule 1");
      assertThat(run("key", "remove", "kea").out).contains("Key kea removed.");
      Run gone = run("key", "show", "kea");
      assertThat(gone.exit).isEqualTo(ExitCode.FAILED);
      assertThat(gone.err).contains("homeport key list");
    }
  }

  @Test
  void keysOfBindGoOnAsTheyAre() throws Exception {
    String secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0";
    Path file =
        Files.writeString(
            folder.resolve("ddns.key"),
            "key \"old.test\" { algorithm hmac-sha512; secret \"%s\"; };\n".formatted(secret));
    Path lines =
        Files.writeString(
            folder.resolve("update.txt"),
            "zone dyn.example.org\nprereq nxdomain h.dyn.example.org\nupdate " + ADD + "\nsend\n");
    try (var _ = server()) {
      run("zone", "add", "dyn.example.org");
      Run imported = run("key", "import", file.toString(), "--subtree", "dyn.example.org");
      assertThat(imported.err).isEmpty();
      assertThat(imported.out)
          .contains("old.test", "hmac-sha512", "1 keys added")
          .doesNotContain(secret);
      assertThat(run("key", "import", file.toString()).err).contains("was added on");
      assertThat(run("explain", "update", "--key", "old.test", "--file", lines.toString()).exit)
          .isZero();
    }
    try (Stream<Path> files = Files.list(data())) {
      for (Path kept : files.toList()) {
        String content = Files.readString(kept, StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret) || content.contains("secret secret secret"))
            .as("the secret in %s", kept)
            .isFalse();
      }
    }
  }

  @Test
  void anotherServersKeyFileIsExplainedAtTheStart() throws Exception {
    try (var _ = server()) {
      run("key", "add", "kea", "--self");
    }
    Files.write(data().resolve("server.key"), new byte[32]);
    assertThatThrownBy(this::server)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the update key kea has a secret that cannot be decrypted")
        .hasMessageContaining("server.key")
        .hasMessageContaining("backup");
  }

  @Test
  void aPublicKeyIsTakenFromItsFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("Kcam.key"),
            "; This is a key\ncam.example.org. IN KEY 512 3 15 %s=\n".formatted("A".repeat(43)));
    try (var _ = server()) {
      Run added = run("key", "add", "Cam.example.org", "--public-key", file.toString(), "--self");
      assertThat(added.err).isEmpty();
      assertThat(added.out).contains("algorithm  sig0", "KEY        512 3 15 AAAA");
      Run other = run("key", "add", "tv.example.org", "--public-key", file.toString());
      assertThat(other.exit).isEqualTo(ExitCode.USAGE);
      assertThat(other.err).contains("is that of cam.example.org, not of tv.example.org");
    }
  }
}
