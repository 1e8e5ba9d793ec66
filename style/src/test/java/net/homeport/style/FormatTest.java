package net.homeport.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java file of the project is formatted by google-java-format. {@code ./format} rewrites the
 * files instead of complaining (it runs this test with {@code -Dformat=apply}).
 */
final class FormatTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    List<Path> sources = javaFiles();
    assertThat(sources).as("sources found under %s", ROOT).isNotEmpty();
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    var unformatted = new ArrayList<String>();
    for (Path file : sources) {
      String before = Files.readString(file);
      String after;
      try {
        after =
            formatter.formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE)));
      } catch (FormatterException e) {
        unformatted.add(ROOT.relativize(file) + ": " + e.getMessage());
        continue;
      }
      if (!after.equals(before)) {
        if (APPLY) {
          Files.writeString(file, after);
        } else {
          unformatted.add(ROOT.relativize(file).toString());
        }
      }
    }
    assertThat(unformatted).as("files to format; run ./format").isEmpty();
  }

  private static List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
