package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.homeport.store.folder.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's native library leaves no file behind, in whatever way its process ends. */
@Timeout(120)
final class SqliteLibraryTest {
  @TempDir Path folder = Path.of("");

  /** Opens a database, says so, and waits to be killed. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) throws Exception {
      SqliteLibrary.load(Path.of(arguments[1]));
      try (var database = SqliteDatabase.open(Path.of(arguments[0]))) {
        database.putSetting("a", new byte[1]);
        System.out.println("open");
        // Until the pipe is closed, which it never is.
        int _ = System.in.read();
      }
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Process open(Path library, String... options) throws IOException {
    Files.createDirectories(data());
    Files.createDirectories(temporary());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(Opener.class.getName());
    command.add(data().resolve("homeport.db").toString());
    command.add(library.toString());
    return new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
  }

  private void killOnceOpen(Process process) throws Exception {
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).as(Files.readString(folder.resolve("errors"))).isEqualTo("open");
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> Objects.toString(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void aKilledProcessLeavesNone() throws Exception {
    killOnceOpen(open(data()));
    assertThat(names(data())).allMatch(name -> name.startsWith("homeport.db"));
    assertThat(names(temporary())).isEmpty();
  }

  @Test
  void whereTheFolderDoesNotServeTheTemporaryOneDoes() throws Exception {
    killOnceOpen(open(data().resolve("none")));
    assertThat(names(data())).allMatch(name -> name.startsWith("homeport.db"));
    assertThat(names(temporary())).isEmpty();
  }

  @Test
  void whereNeitherServesTheErrorSaysWhatToDo() throws Exception {
    Path none = data().resolve("none");
    Process process = open(none, "-Djava.io.tmpdir=" + none);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("errors")))
        .contains("native library could not be loaded", none.toString(), "-Dorg.sqlite.tmpdir=DIR");
  }

  @Test
  void whatWasLeftInBetweenIsDeletedByTheNextOwnerOfTheFolder() throws Exception {
    Path left = Files.createDirectories(data().resolve("native-123"));
    Files.write(left.resolve("sqlite-3.0-x-libsqlitejdbc.so"), new byte[3]);
    try (var opened = DataFolder.open(data())) {
      assertThat(opened.cleanUp()).anySatisfy(done -> assertThat(done).contains("native-123"));
    }
    assertThat(left).doesNotExist();
  }
}
