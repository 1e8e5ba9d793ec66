package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import net.homeport.store.ZoneLife;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends without a word: the files as they lie there hold all that was acknowledged. */
final class SqliteCrashTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFilesHoldAllThatWasAppended(long seed) throws Exception {
    Path live = Files.createDirectory(folder.resolve("live"));
    try (var store = new SqliteStore(live.resolve("test.db"))) {
      var life = new ZoneLife(seed, store.load(1));
      for (int i = 0; i < 40; i++) {
        List<ZoneChange> batch = life.nextBatch();
        store.journal().append(batch);
        life.publish(batch);
        if (i % 9 == 8) {
          store.checkpoint(life::snapshot);
        }
        assertThat(afterCrash(live, i))
            .as("batch %d", i)
            .isEqualTo(ZoneLife.content(life.snapshot()));
      }
    }
  }

  private SortedSet<String> afterCrash(Path live, int number) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("crash" + number));
    try (Stream<Path> files = Files.list(live)) {
      for (Path file : files.toList()) {
        // Shared memory does not survive the process in any useful form.
        if (!file.toString().endsWith("-shm")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    try (var store = new SqliteStore(copy.resolve("test.db"))) {
      return ZoneLife.content(store.load(1));
    }
  }
}
