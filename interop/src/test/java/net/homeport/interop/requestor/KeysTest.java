package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of keys: SIG(0) keys, other secrets, keys that are stopped. */
final class KeysTest {
  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String status(KeyRecipes key, String secret) {
    Result result =
        lab.nsupdate(
            List.of("-y", "hmac-sha256:" + key.name() + ":" + secret),
            "update add " + key.name() + ".dyn.test 60 A 192.0.2.1");
    return Lab.status(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECDSAP256SHA256", "ED25519", "RSASHA256"})
  void sigZeroBelowOnesOwnName(String algorithm) {
    String name = algorithm.toLowerCase(java.util.Locale.ROOT) + ".dyn.test";
    String files = generate(algorithm, name);
    Result added =
        lab.server()
            .command("key", "add", name, "--public-key", folder + "/" + files + ".key", "--self")
            .succeeded();
    assertThat(added.out()).contains("sig0");
    var options = List.of("-k", files + ".private");
    lab.nsupdate(options, "update add " + name + " 60 A 192.0.2.1").succeeded();
    assertThat(lab.data(name, "A")).containsExactly("192.0.2.1");
    Result other = lab.nsupdate(options, "update add other.dyn.test 60 A 192.0.2.1");
    assertThat(Lab.status(other)).isEqualTo("REFUSED");

    String stranger = generate(algorithm, name);
    Result forged =
        lab.nsupdate(
            List.of("-k", stranger + ".private"), "update add " + name + " 60 A 192.0.2.66");
    assertThat(forged.exitCode()).isEqualTo(2);
    assertThat(lab.data(name, "A")).containsExactly("192.0.2.1");
  }

  private static String generate(String algorithm, String name) {
    return lab.run(List.of("dnssec-keygen", "-q", "-a", algorithm, "-T", "KEY", "-n", "HOST", name))
        .succeeded()
        .out()
        .strip();
  }

  @Test
  void bothSecretsPassUntilTheOverlapIsOver() {
    KeyRecipes key = lab.addUsualKey("rotating");
    String rotated =
        lab.server().command("key", "rotate", "rotating", "--overlap", "8s").succeeded().out();
    String fresh = KeyRecipes.secretIn(rotated);
    assertThat(fresh).isNotEqualTo(key.secret());
    assertThat(status(key, fresh)).isEqualTo("NOERROR");
    assertThat(status(key, key.secret())).isEqualTo("NOERROR");
    Await.untilEqual("NOTAUTH", () -> status(key, key.secret()));
    assertThat(status(key, fresh)).isEqualTo("NOERROR");
  }

  @Test
  void withoutOverlapTheOldSecretIsOverAtOnce() {
    KeyRecipes key = lab.addUsualKey("leaked");
    String rotated =
        lab.server().command("key", "rotate", "leaked", "--overlap", "0s").succeeded().out();
    assertThat(status(key, key.secret())).isEqualTo("NOTAUTH");
    assertThat(status(key, KeyRecipes.secretIn(rotated))).isEqualTo("NOERROR");
  }

  @Test
  void aStoppedKeySignsNothingUntilItIsEnabled() {
    KeyRecipes key = lab.addUsualKey("stopped");
    lab.server().command("key", "disable", "stopped").succeeded();
    assertThat(status(key, key.secret())).isNotEqualTo("NOERROR");
    lab.server().command("key", "enable", "stopped").succeeded();
    assertThat(status(key, key.secret())).isEqualTo("NOERROR");
    lab.server().command("key", "remove", "stopped").succeeded();
    assertThat(status(key, key.secret())).isEqualTo("NOTAUTH");
    assertThat(lab.data("stopped.dyn.test", "A")).containsExactly("192.0.2.1");
  }
}
