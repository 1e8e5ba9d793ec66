package net.homeport.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about files rather than classes. */
final class SourceTreeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int LINES_MAX = 400;
  private static final int SIGN_LINES_MAX = 20;

  /** Tests that are switched off, and work that is only promised. */
  private static final Pattern UNFINISHED =
      Pattern.compile("@Dis" + "abled\\b|@Ign" + "ore\\b|\\bTO" + "DO\\b|\\bFIX" + "ME\\b");

  @Test
  void everyPackageHasASignOnItsDoor() throws IOException {
    for (Path folder : packages()) {
      Path sign = folder.resolve("package-info.java");
      assertThat(sign).as("what lives in %s, and what may not enter", folder).exists();
      assertThat(Files.readAllLines(sign))
          .as("%s is a sign, not a book", sign)
          .hasSizeLessThanOrEqualTo(SIGN_LINES_MAX);
      assertThat(Files.readString(sign)).as("null-checking of %s", folder).contains("@NullMarked");
    }
  }

  @Test
  void noFileOutgrowsAScreenfulOfScreens() throws IOException {
    var tooLong = new ArrayList<String>();
    for (Path file : files(".java")) {
      int lines = Files.readAllLines(file).size();
      if (lines > LINES_MAX) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong)
        .as("files of more than %d lines: which is the second noun?", LINES_MAX)
        .isEmpty();
  }

  @Test
  void nothingIsSwitchedOffOrOnlyPromised() throws IOException {
    var unfinished = new ArrayList<Path>();
    for (Path file : files(".java")) {
      if (UNFINISHED.matcher(Files.readString(file)).find()) {
        unfinished.add(file);
      }
    }
    assertThat(unfinished).as("files with a test switched off, or work only promised").isEmpty();
  }

  private static List<Path> packages() throws IOException {
    return files(".java").stream()
        .filter(file -> file.toString().contains("/src/main/java/"))
        .map(Path::getParent)
        .distinct()
        .toList();
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(suffix))
              .filter(file -> !file.toString().contains("/target/"))
              .sorted()
              .toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
