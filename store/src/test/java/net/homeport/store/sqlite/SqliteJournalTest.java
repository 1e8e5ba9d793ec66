package net.homeport.store.sqlite;

import java.nio.file.Path;
import net.homeport.store.JournalContract;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store loses nothing. */
final class SqliteJournalTest extends JournalContract {
  @TempDir Path folder = Path.of("");

  @Override
  protected OpenStore open() {
    return new SqliteStore(folder.resolve("test.db"));
  }
}
