package net.homeport.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Threat 9: what a comparison takes must not tell how much of a secret was right.
 *
 * <p>The argument. A secret that is presented is never compared: its HMAC-SHA256 under the server's
 * key is computed, whose octets nobody foresees who lacks that key, and looked up in a table. Where
 * the look-up ends, or a comparison of two such hashes, tells about the hash of the guess and not
 * about the secret; and hashes are compared by {@code MessageDigest.isEqual} all the same. An
 * unknown user name costs the same one HMAC and the same look-up. Signatures are compared by {@code
 * MessageDigest.isEqual}, against that of a secret of nobody if there is no such credential.
 *
 * <p>What is left to a machine: that no source compares a secret by equals.
 */
final class ConstantTimeTest {
  private static final String SECRET =
      "[A-Za-z.]*(?:[sS]ecret|[pP]assword|[tT]oken|[sS]ignature|[hH]ash|[hH]mac|\\bmac|[cC]ode)(?:\\(\\))?";
  private static final Pattern COMPARISON =
      Pattern.compile(
          "("
              + SECRET
              + "\\s*\\.\\s*(?:equals|equalsIgnoreCase|contentEquals|compareTo|startsWith)\\()"
              + "|((?:\\.equals|equalsIgnoreCase|contentEquals|compareTo|mismatch)\\(\\s*"
              + SECRET
              + "\\s*[,)])"
              + "|((?:Arrays|Objects)\\.equals\\([^)]*"
              + SECRET
              + "\\s*[,)])");

  /** Compares what an agent is to send with what it sent before; nobody else asks it. */
  private static final Set<String> ALLOWED = Set.of("Publication.java");

  @Test
  void threat9NoSourceComparesASecretByEquals() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> found;
    try (Stream<Path> files = Files.walk(root)) {
      found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> !ALLOWED.contains(file.getFileName().toString()))
              .flatMap(ConstantTimeTest::comparisons)
              .toList();
    }
    assertThat(found)
        .as("compare secrets by MessageDigest.isEqual, or by SecretHash.isSame")
        .isEmpty();
  }

  private static Stream<String> comparisons(Path file) {
    try {
      return COMPARISON
          .matcher(Files.readString(file))
          .results()
          .map(match -> file.getFileName() + ": " + match.group());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theScanFindsWhatItLooksFor() {
    for (String wrong :
        List.of(
            "secret.equals(given)",
            "given.equals(credential.secretHash())",
            "stored.password().equals(x)",
            "Arrays.equals(mac, given)",
            "token\n    .contentEquals(x)",
            "if (given.equals(token)) {")) {
      assertThat(COMPARISON.matcher(wrong).find()).as(wrong).isTrue();
    }
    assertThat(COMPARISON.matcher("name.equals(other) && hash.isSame(given)").find()).isFalse();
  }
}
