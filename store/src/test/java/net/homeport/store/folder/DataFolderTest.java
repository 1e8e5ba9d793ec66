package net.homeport.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.store.sqlite.SqliteDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of one server: locked, private, and clear about what is wrong with it. */
final class DataFolderTest {
  /** Two of the database's log and the database, two of each other file that is replaced. */
  private static final int MOVES = 6;

  @TempDir Path temp = Path.of("");
  private Path path = Path.of("");

  @BeforeEach
  void choosePath() {
    path = temp.resolve("var/homeport");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void itIsMadeIfNeedBeAndFoundAgain() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.path()).isEqualTo(path).isDirectory();
      assertThat(folder.database()).hasParentRaw(path);
    }
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.key()).isEmpty();
    }
  }

  @Test
  void aSecondServerIsRefusedAndTheFirstIsNamed() throws Exception {
    try (DataFolder first = DataFolder.open(path)) {
      first.writeNote("{\"pid\": 4711, \"web\": \"http://127.0.0.1:8053\"}");
      assertThatThrownBy(() -> DataFolder.open(path))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("another Homeport server")
          .hasMessageContaining("\"pid\": 4711")
          .hasMessageContaining(path.toString())
          .hasMessageContaining("--data");
    }
    DataFolder.open(path).close();
  }

  @Test
  void aServerThatHasNotSaidWhoItIsHoldsTheLockAsWell() throws Exception {
    DataFolder first = DataFolder.open(path);
    assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOf(DataFolderException.class);
    first.close();
    DataFolder.open(path).close();
  }

  @Test
  void theNoteGoesWithTheServer() throws Exception {
    assertThat(DataFolder.readNote(path)).isEmpty();
    DataFolder folder = DataFolder.open(path);
    folder.writeNote("one");
    folder.writeNote("two");
    assertThat(DataFolder.readNote(path)).contains("two");
    folder.close();
    assertThat(DataFolder.readNote(path)).isEmpty();
  }

  @Test
  void keyAndTokenComeBackAsTheyWere() throws Exception {
    byte[] key = {0, 1, -1, 10, 13};
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(DataFolder.readToken(path)).isEmpty();
      folder.createKey(key);
      folder.writeToken("first");
      folder.writeToken("second");
    }
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.key()).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(key));
      assertThat(DataFolder.readToken(path)).contains("second");
    }
  }

  @Test
  void theKeyIsMadeOnce() throws Exception {
    // Another one would make every device's secret wrong.
    try (DataFolder folder = DataFolder.open(path)) {
      folder.createKey(new byte[] {1});
      assertThatThrownBy(() -> folder.createKey(new byte[] {2}))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(folder.key()).hasValueSatisfying(kept -> assertThat(kept).containsExactly(1));
    }
  }

  @Test
  void whatLiesInItIsForItsOwnerOnly() throws Exception {
    assumeThat(isPosix(temp)).isTrue();
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(mode(path)).isEqualTo("rwx------");
      assertFilesArePrivate(folder);
    }
  }

  @Test
  void alsoInAFolderThatSomebodyElseMadeForAll() throws Exception {
    assumeThat(isPosix(temp)).isTrue();
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (DataFolder folder = DataFolder.open(path)) {
      assertFilesArePrivate(folder);
    }
  }

  private void assertFilesArePrivate(DataFolder folder) throws IOException {
    folder.createKey(new byte[] {1});
    folder.writeToken("token");
    folder.writeNote("note");
    try (SqliteDatabase database = SqliteDatabase.open(folder.database())) {
      database.putSetting("a", new byte[] {1});
      List<Path> files;
      try (Stream<Path> listed = Files.list(path)) {
        files = listed.toList();
      }
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .contains("server.key", "administrator.token", "homeport.db", "homeport.db-wal");
      for (Path file : files) {
        assertThat(mode(file)).as(file.getFileName().toString()).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void aLeftOverOfAWriteThatWasCutShortIsNoObstacle() throws Exception {
    Files.createDirectories(path);
    Files.writeString(path.resolve("administrator.token.new"), "half");
    try (DataFolder folder = DataFolder.open(path)) {
      folder.writeToken("whole");
    }
    assertThat(DataFolder.readToken(path)).contains("whole");
    assertThat(path.resolve("administrator.token.new")).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    for (Path wrong : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> DataFolder.open(wrong))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("cannot use the data folder " + wrong)
          .hasMessageContaining("--data DIR");
    }
    assertThatThrownBy(() -> DataFolder.open(file)).hasMessageContaining("is a file, not a folder");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldWithWhatToDo() throws IOException {
    assumeThat(isPosix(temp)).isTrue();
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    // The system's administrator may write anywhere.
    assumeThat(Files.isWritable(path)).isFalse();
    assertThatThrownBy(() -> DataFolder.open(path))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("permission denied")
        .hasMessageContaining("make it writable");
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  private static List<String> folders(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(Files::isDirectory).map(each -> "" + each.getFileName()).toList();
    }
  }

  @Test
  void whatKilledCommandsLeftIsTakenAway() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      write(path.resolve("homeport.db"), "present");
      write(path.resolve("backup-17/homeport.db"), "a copy");
      write(path.resolve("restore-18/homeport.db"), "to be restored");
      write(path.resolve("mine/file"), "a person's");
      assertThat(folder.cleanUp())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("-1", "killed"));
      assertThat(folder.cleanUp()).isEmpty();
      assertThat(folders(path)).containsExactly("mine");
      assertThat(path.resolve("homeport.db")).hasContent("present");
    }
  }

  @Test
  void aRestoreThatWasKilledHalfDoneIsUndone() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      // The new database is there; the key is still that of before, the token on its way.
      write(path.resolve("homeport.db"), "new");
      write(path.resolve("server.key"), "old");
      write(path.resolve("replaced-1/homeport.db"), "old");
      write(path.resolve("replaced-1/homeport.db-wal"), "old");
      write(path.resolve("restore-1/server.key"), "new");
      assertThat(folder.cleanUp())
          .anyMatch(line -> line.contains("what was there before it is back"));
      assertThat(path.resolve("homeport.db")).hasContent("old");
      assertThat(path.resolve("homeport.db-wal")).hasContent("old");
      assertThat(path.resolve("server.key")).hasContent("old");
      assertThat(folders(path)).isEmpty();
    }
  }

  @Test
  void aRestoreThatWasKilledAtItsVeryEndStays() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      write(path.resolve("homeport.db"), "new");
      write(path.resolve("replaced-1/homeport.db"), "old");
      Files.createDirectory(path.resolve("restore-1"));
      assertThat(folder.cleanUp()).noneMatch(line -> line.contains("is back"));
      assertThat(path.resolve("homeport.db")).hasContent("new");
      assertThat(folders(path)).isEmpty();
    }
  }

  /** As a disk that fails in between does: each of the moves may be the one that fails. */
  @Test
  void aRenameThatFailsUndoesThoseBeforeIt() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      for (String name : List.of("homeport.db", "homeport.db-wal", "server.key")) {
        write(path.resolve(name), "old");
      }
      Path beside = folder.createBeside();
      write(beside.resolve("homeport.db"), "new");
      write(beside.resolve("server.key"), "new");
      write(beside.resolve("administrator.token"), "new");
      for (int most = 0; most < MOVES; most++) {
        int last = most;
        assertThatThrownBy(() -> folder.replaceBy(beside, moves -> failAfter(moves, last)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("no more");
        for (String name : List.of("homeport.db", "homeport.db-wal", "server.key")) {
          assertThat(path.resolve(name)).as("%s after %d", name, most).hasContent("old");
        }
        for (String name : List.of("homeport.db", "server.key", "administrator.token")) {
          assertThat(beside.resolve(name)).as("%s after %d", name, most).hasContent("new");
        }
        assertThat(path.resolve("administrator.token")).doesNotExist();
        assertThat(folders(path)).containsExactly(String.valueOf(beside.getFileName()));
      }
      folder.replaceBy(beside);
      assertThat(path.resolve("homeport.db")).hasContent("new");
      assertThat(path.resolve("homeport.db-wal")).doesNotExist();
    }
  }

  private static void failAfter(int moves, int most) throws IOException {
    if (moves == most) {
      throw new IOException("no more than that many");
    }
  }
}
