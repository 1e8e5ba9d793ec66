package net.homeport.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import net.homeport.store.folder.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library: a file of a megabyte that the driver writes to a folder to load it from
 * there. Here that folder is one of its own, within the data folder, and is deleted once the
 * library is loaded; if programs may not be run from there, within the system's temporary folder.
 * Thread safe.
 */
/*
 * Left to itself the driver writes to the system's temporary folder and deletes when the process
 * ends, which one that is killed does not come to. What is loaded needs its file no more. A process
 * that is killed in between leaves its folder, which the next one deletes that has the data folder.
 */
final class SqliteLibrary {
  /** The driver's property: the folder to write to. Whoever sets it, sees to what is left there. */
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

  private static boolean loaded;

  private SqliteLibrary() {}

  /** As {@link #load}, in the folder of a database. */
  static void loadBeside(Path file) {
    load(Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file));
  }

  /**
   * Loads the library, unless it is or the driver was told where to write it.
   *
   * @param folder in which to make the folder for it, if possible; else the temporary one
   * @throws SqliteStoreException when it can be loaded from neither; the message says what to do
   */
  static synchronized void load(Path folder) {
    if (loaded || System.getProperty(PROPERTY) != null) {
      return;
    }
    var failures = new StringJoiner("; ");
    for (Path each : List.of(folder, Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
      try {
        loadWithin(each);
        loaded = true;
        if (failures.length() > 0) {
          LOG.info("SQLite's native library was loaded from {}, since not {}", each, failures);
        }
        return;
      } catch (Exception e) {
        failures.add("from %s: %s".formatted(each.toAbsolutePath(), e));
      }
    }
    throw new SqliteStoreException(
        "SQLite's native library could not be loaded (%s); if these folders are on file systems mounted noexec, name one from which programs may be run by the environment variable JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=DIR"
            .formatted(failures));
  }

  @SuppressWarnings("SignatureDeclareThrowsException") // of the driver
  private static void loadWithin(Path folder) throws Exception {
    Path own = Files.createTempDirectory(folder, DataFolder.NATIVE_LIBRARY);
    System.setProperty(PROPERTY, own.toAbsolutePath().toString());
    try {
      SQLiteJDBCLoader.initialize();
    } finally {
      System.clearProperty(PROPERTY);
      try {
        DataFolder.deleteFolder(own);
      } catch (IOException e) {
        // Some systems keep a file that is loaded; the next start deletes it.
        LOG.debug("{} stays", own, e);
      }
    }
  }
}
