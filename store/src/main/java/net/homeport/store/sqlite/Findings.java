package net.homeport.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.check.IntegrityReport;
import net.homeport.registry.check.IntegrityReport.Counts;
import net.homeport.registry.check.IntegrityReport.Finding;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a check has found and counted so far. One thread. */
final class Findings {
  static final String RESTORE =
      "stop the server, keep a copy of the data folder, and restore a backup (docs/guides/history-and-backup.md)";

  private final List<Finding> findings = new ArrayList<>();
  private long omitted;
  long zones;
  long names;
  long changesets;
  long hosts;
  long credentials;
  long keys;

  void add(String where, String what) {
    add(where, what, RESTORE);
  }

  void add(String where, String what, String action) {
    if (findings.size() < IntegrityReport.FINDINGS_MAX) {
      findings.add(new Finding(where, what, action));
    } else {
      omitted++;
    }
  }

  IntegrityReport report() {
    return new IntegrityReport(
        new Counts(zones, names, changesets, hosts, credentials, keys), findings, omitted);
  }

  /** A part of a check. */
  @FunctionalInterface
  interface Part {
    void run() throws SQLException;
  }

  /**
   * Runs a part; damage that ends it is a finding, and the other parts go on.
   *
   * @throws SQLException when it failed for another reason than damage
   */
  void guard(String where, Part part) throws SQLException {
    try {
      part.run();
    } catch (SQLException e) {
      if (!isDamage(e)) {
        throw e;
      }
      add(where, "SQLite cannot read it: " + e.getMessage());
    } catch (RuntimeException e) {
      // Octets that were altered may be refused by any of those who make values of them.
      add(where, "it is illegible: " + (e.getMessage() == null ? e : e.getMessage()));
    }
  }

  private static boolean isDamage(SQLException e) {
    // What is not of SQLite is of the driver: a statement or column that is not what it should be.
    return !(e instanceof SQLiteException sqlite)
        || switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)) {
          case SQLITE_CORRUPT,
              SQLITE_NOTADB,
              SQLITE_ERROR,
              SQLITE_FORMAT,
              SQLITE_MISMATCH,
              SQLITE_SCHEMA,
              SQLITE_TOOBIG,
              SQLITE_CONSTRAINT ->
              true;
          default -> false;
        };
  }
}
