package net.homeport.store.sqlite;

import java.io.Serial;
import java.nio.file.Path;
import java.sql.SQLException;
import net.homeport.registry.host.RegistryStoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The embedded store refused; the message says what happened and what to do. */
public final class SqliteStoreException extends RegistryStoreException {
  @Serial private static final long serialVersionUID = 1L;

  SqliteStoreException(Path file, String what, SQLException cause) {
    super("cannot %s in %s: %s".formatted(what, file, explained(cause)), cause);
  }

  SqliteStoreException(String message) {
    this(message, new IllegalStateException(message));
  }

  SqliteStoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether this says that the disk failed to sync. */
  static boolean isFailedSync(SQLException e) {
    return e instanceof SQLiteException sqlite
        && switch (sqlite.getResultCode()) {
          case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC -> true;
          default -> false;
        };
  }

  /** What to tell once the disk has failed to sync. */
  static SqliteStoreException inDoubt(Path file, SQLException cause) {
    return new SqliteStoreException(
        "the disk failed to sync %s, so nothing more is written to it; check the disk and the system's log, then restart Homeport (%s)"
            .formatted(file, cause.getMessage()),
        cause);
  }

  /** What to tell once a file of the store was deleted. */
  static SqliteStoreException gone(Path file) {
    return new SqliteStoreException(
        "%s was deleted or replaced while Homeport runs, so nothing more is written; zones are still served: keep them by 'homeport zone export', then stop Homeport and restore a backup"
            .formatted(file));
  }

  private static String explained(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return String.valueOf(e.getMessage());
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    String advice =
        switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
          case SQLITE_FULL -> "the disk is full; free some space, updates go on by themselves then";
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
              "the file or its folder cannot be written; give this user write access";
          case SQLITE_CORRUPT, SQLITE_NOTADB ->
              "the file is damaged; restore a backup (move the file away, do not delete it)";
          case SQLITE_BUSY, SQLITE_LOCKED ->
              "another program holds a lock on it; close that program";
          case SQLITE_IOERR -> "the disk reports an error; check the system's log";
          default -> "unexpected";
        };
    return advice + " (" + code + ")";
  }
}
