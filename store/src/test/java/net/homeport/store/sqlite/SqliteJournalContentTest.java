package net.homeport.store.sqlite;

import java.nio.file.Path;
import net.homeport.store.JournalContentContract;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store is given comes back. */
final class SqliteJournalContentTest extends JournalContentContract {
  @TempDir Path folder = Path.of("");

  @Override
  protected OpenStore open() {
    return new SqliteStore(folder.resolve("test.db"));
  }
}
