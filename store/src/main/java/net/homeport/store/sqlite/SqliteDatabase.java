package net.homeport.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite database: a connection for writing, used by one thread at a time, and one for reading.
 * Write-ahead log, synced at every commit.
 */
/*
 * Transactions are begun and ended by statements of our own. The driver's way (autocommit off) begins
 * the next one right after each commit, so the write lock is never given back; and when SQLite has
 * rolled back by itself, as it does when a commit meets a full disk, the driver's rollback fails and
 * begins none: from then on each statement would be durable by itself, and each commit fail.
 */
public final class SqliteDatabase implements AutoCloseable {
  static final int SCHEMA_VERSION = 18;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;
  // Locks for writing at once: to find out at the first change that one must wait is too late.
  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";

  private final Path file;
  private final Connection writing;
  private final Connection reading;
  // Fair: a checkpoint's many small transactions must let the journal's commits through.
  private final CachedStatements statements; // guarded by the write lock
  private final ReentrantLock writeLock = new ReentrantLock(true);
  private final ReentrantLock readLock = new ReentrantLock();

  /** Why nothing is written any more; guarded by the write lock. */
  private @Nullable SqliteStoreException refusal;

  private List<StoredFile> files = List.of();

  private SqliteDatabase(Path file, Connection writing, Connection reading) {
    this.file = file;
    this.writing = writing;
    this.reading = reading;
    this.statements = new CachedStatements(writing);
  }

  /**
   * Opens the database, makes it or brings it to the present version if need be.
   *
   * @throws SqliteStoreException when it cannot be opened; the message says what to do
   */
  public static SqliteDatabase open(Path file) {
    return open(file, _ -> {});
  }

  /**
   * As {@link #open(Path)}.
   *
   * @param beforeStep told of each step of a migration just before it is done
   */
  static SqliteDatabase open(Path file, Consumer<String> beforeStep) {
    SqliteLibrary.loadBeside(file);
    try {
      createPrivate(file);
      Connection writing = connect(file);
      try {
        migrate(writing, file, beforeStep);
        var database = new SqliteDatabase(file, writing, connect(file));
        database.emptyLog();
        database.files =
            List.of(
                StoredFile.at(file),
                StoredFile.at(file.resolveSibling(file.getFileName() + "-wal")));
        return database;
      } catch (SQLException | RuntimeException e) {
        writing.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new SqliteStoreException(file, "open", e);
    }
  }

  /*
   * What a server before this one could not sync may stand in the log still: readable, for the system
   * keeps it in memory, but perhaps not on disk. Whatever is appended behind it would be lost with it
   * when the power fails, although it was synced. So all of it is written anew, to the database, and
   * the log begins afresh. After an orderly stop there is nothing to do.
   */
  private void emptyLog() throws SQLException {
    try {
      execute(writing, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLiteException e) {
      switch (SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xFF)) {
        // No room, or another program reads: whatever is refused for it heals by itself.
        case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED -> {}
        case SQLITE_IOERR -> refusal = SqliteStoreException.inDoubt(file, e);
        default -> throw e;
      }
    }
  }

  /** Readable by its owner only; SQLite gives its log the mode of the database. */
  private static void createPrivate(Path file) throws SQLException {
    if (Files.exists(file)
        || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new SQLException("cannot create the file: " + e, e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.enforceForeignKeys(true);
    // Else each statement that changes something is followed by a query for the row's number.
    config.setGetGeneratedKeys(false);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void migrate(Connection connection, Path file, Consumer<String> beforeStep)
      throws SQLException {
    int version;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      version = row.getInt(1);
    }
    if (version > SCHEMA_VERSION) {
      throw new SqliteStoreException(
          "%s was written by a newer Homeport (schema %d, this one knows %d); start that version"
              .formatted(file, version, SCHEMA_VERSION));
    }
    execute(connection, BEGIN);
    for (int next = version + 1; next <= SCHEMA_VERSION; next++) {
      for (String sql : schema(next)) {
        beforeStep.accept(sql);
        execute(connection, sql);
      }
      if (next == NodeMigration.VERSION) {
        migrateNodes(connection, file, beforeStep);
      }
      TableSums.migrate(connection, next);
      beforeStep.accept("version " + next);
      execute(connection, "PRAGMA user_version = " + next);
    }
    beforeStep.accept(COMMIT);
    execute(connection, COMMIT);
  }

  private static void migrateNodes(Connection connection, Path file, Consumer<String> beforeStep)
      throws SQLException {
    try {
      NodeMigration.run(connection, beforeStep);
    } catch (DamagedContentException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String[] schema(int version) {
    String name = "schema-" + version + ".sql";
    try (InputStream in = SqliteDatabase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String sql = text.replaceAll("--[^\n]*", "").strip();
      return sql.isEmpty() ? new String[0] : sql.split(";\\s*");
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /** SQL to run on a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs work in one transaction: when this returns, all of it is on disk; else nothing is.
   *
   * <p>When the disk fails to sync, or a file was deleted, that is the last one: see
   * docs/decisions/0009.
   *
   * @throws SqliteStoreException when it is not on disk
   */
  <T extends @Nullable Object> T write(String what, Work<T> work) {
    writeLock.lock();
    try {
      if (refusal != null) {
        throw new SqliteStoreException(String.valueOf(refusal.getMessage()), refusal);
      }
      statements.of(BEGIN).executeUpdate();
      T result = work.on(writing);
      statements.of(COMMIT).executeUpdate();
      refuseIfGone();
      return result;
    } catch (SQLException e) {
      rollback(e);
      if (SqliteStoreException.isFailedSync(e)) {
        refusal = SqliteStoreException.inDoubt(file, e);
        throw refusal;
      }
      throw new SqliteStoreException(file, what, e);
    } catch (DamagedContentException e) {
      rollback(e);
      throw damaged(e);
    } catch (RuntimeException | Error e) {
      rollback(e);
      throw e;
    } finally {
      writeLock.unlock();
    }
  }

  /** A file without a name takes what is written, and is gone when the process ends. */
  private void refuseIfGone() {
    for (StoredFile stored : files) {
      if (!stored.isStillThere()) {
        refusal = SqliteStoreException.gone(stored.path());
        throw refusal;
      }
    }
  }

  /** A statement of this text, made once; within {@link #write} only. */
  PreparedStatement prepared(String sql) throws SQLException {
    return statements.of(sql);
  }

  private void rollback(Throwable why) {
    statements.forget();
    try {
      execute(writing, ROLLBACK);
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or the transaction was never begun.
      why.addSuppressed(e);
    }
  }

  /** Runs work that only reads. */
  <T extends @Nullable Object> T read(String what, Work<T> work) {
    readLock.lock();
    try {
      return work.on(reading);
    } catch (SQLException e) {
      throw new SqliteStoreException(file, what, e);
    } catch (DamagedContentException e) {
      throw damaged(e);
    } finally {
      readLock.unlock();
    }
  }

  /**
   * Runs work that only reads and may take long, on a connection of its own; it sees the database
   * as it is at one instant. Commits go on beside it.
   */
  <T extends @Nullable Object> T readApart(String what, Work<T> work) {
    try (Connection connection = connect(file)) {
      execute(connection, "BEGIN");
      return work.on(connection);
    } catch (SQLException e) {
      throw new SqliteStoreException(file, what, e);
    } catch (DamagedContentException e) {
      throw damaged(e);
    }
  }

  /** Copies the database as it is at one instant to a file that is not there yet, and syncs it. */
  void copyTo(Path copy) {
    try (Connection connection = connect(file);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      createPrivate(copy);
      vacuum.setString(1, copy.toString());
      vacuum.executeUpdate();
    } catch (SQLException e) {
      throw new SqliteStoreException(file, "copy the database", e);
    }
  }

  /** What to tell when the content makes no sense although SQLite could read it. */
  SqliteStoreException damaged(RuntimeException why) {
    return damaged(file, why);
  }

  private static SqliteStoreException damaged(Path file, RuntimeException why) {
    return new SqliteStoreException(
        "%s is damaged: %s; './homeport check --data %s' tells all that is damaged; restore a backup (move the file away, do not delete it)"
            .formatted(file, why.getMessage(), file.toAbsolutePath().getParent()),
        why);
  }

  /** A value kept under a name, or null. */
  public byte @Nullable [] setting(String name) {
    return read(
        "read a setting",
        connection -> {
          @Nullable Object[] row = CheckedTable.SETTING.row(connection, name);
          if (row != null) {
            return (byte[]) row[1];
          }
          // None, or all of them are: a row may be lost.
          CheckedTable.SETTING.forEach(connection, _ -> {});
          return null;
        });
  }

  /** Keeps a value under a name. */
  public void putSetting(String name, byte[] value) {
    write(
        "keep a setting",
        connection -> {
          int rows = CheckedTable.SETTING.update(connection, name, value);
          return rows > 0 ? rows : CheckedTable.SETTING.insert(connection, name, value);
        });
  }

  @Override
  public void close() {
    try {
      reading.close();
      writing.close();
    } catch (SQLException e) {
      throw new SqliteStoreException(file, "close", e);
    }
  }
}
