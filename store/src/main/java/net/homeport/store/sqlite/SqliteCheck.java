package net.homeport.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.homeport.registry.check.IntegrityCheck;
import net.homeport.registry.check.IntegrityReport;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.sqlite.SQLiteConfig;
import org.xbill.DNS.Name;

/**
 * Checks a whole database: SQLite's own structure, each page of names, each changeset, whether
 * zones load, and whether hosts, credentials and keys refer to what exists. It writes nothing.
 *
 * <p>Of the tables without checksums of our own (leases, rejected updates, alarms, when hosts were
 * heard and credentials used, what sites reported) it finds what SQLite cannot read, not each
 * altered octet.
 */
public final class SqliteCheck implements IntegrityCheck {
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;
  private static final int TRIES = 3;

  private final SqliteDatabase database;
  private final Supplier<ZoneSnapshot> served;
  private final Runnable decryption;

  /**
   * For a database in use.
   *
   * @param served the present snapshot, which is compared with what is stored
   * @param decryption reads all keys anew, throws {@link RegistryStoreException} if it cannot
   */
  public SqliteCheck(SqliteDatabase database, Supplier<ZoneSnapshot> served, Runnable decryption) {
    this.database = database;
    this.served = served;
    this.decryption = decryption;
  }

  /**
   * Checks a database that no server uses; the caller holds the folder's lock.
   *
   * @throws SqliteStoreException when it cannot be read, for another reason than damage
   */
  public static IntegrityReport file(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    var findings = new Findings();
    SqliteLibrary.loadBeside(file);
    try {
      findings.guard(
          file.toString(),
          () -> {
            try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
              checkAll(connection, findings, (_, _) -> {});
            }
          });
    } catch (SQLException e) {
      throw new SqliteStoreException(file, "check the data", e);
    }
    return findings.report();
  }

  @Override
  public IntegrityReport check() {
    Findings findings = new Findings();
    for (int tries = 0; tries < TRIES; tries++) {
      findings = new Findings();
      if (isServedAsStored(findings)) {
        break;
      }
      // A commit may be on disk and not yet served: then it agrees the next time.
    }
    try {
      decryption.run();
    } catch (RegistryStoreException e) {
      findings.add("table update_key_secret", String.valueOf(e.getMessage()));
    }
    return findings.report();
  }

  /** Checks all of it; false if what is served was found to be something else. */
  private boolean isServedAsStored(Findings findings) {
    ZoneSnapshot before = served.get();
    var comparison = new ServedComparison(before, served, findings);
    database.readApart(
        "check the data",
        connection -> {
          checkAll(connection, findings, comparison);
          return true;
        });
    return comparison.finish();
  }

  private static void checkAll(
      Connection connection, Findings findings, BiConsumer<Name, Zone> loaded) throws SQLException {
    findings.guard("the database", () -> structure(connection, findings));
    findings.guard("the database", () -> version(connection, findings));
    findings.guard("table zone", () -> new ZoneTablesCheck(connection, findings, loaded).run());
    findings.guard("the hosts", () -> new HostTablesCheck(connection, findings).run());
    for (CheckedTable table : CheckedTable.values()) {
      String where = "table " + table.table();
      findings.guard(where, () -> table.check(connection, what -> findings.add(where, what)));
    }
    findings.guard("table changeset", () -> JournalTail.read(connection, _ -> {}));
    findings.guard("the database", () -> references(connection, findings));
  }

  private static void structure(Connection connection, Findings findings) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row =
            select.executeQuery("PRAGMA integrity_check(" + IntegrityReport.FINDINGS_MAX + ")")) {
      while (row.next()) {
        String said = row.getString(1);
        if (!"ok".equals(said)) {
          findings.add("the database", "SQLite finds its structure damaged: " + said);
        }
      }
    }
  }

  private static void version(Connection connection, Findings findings) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("PRAGMA user_version")) {
      int version = row.getInt(1);
      if (version != SqliteDatabase.SCHEMA_VERSION) {
        findings.add(
            "the database",
            "it has the schema %d, this Homeport checks %d"
                .formatted(version, SqliteDatabase.SCHEMA_VERSION),
            version < SqliteDatabase.SCHEMA_VERSION
                ? "start this Homeport on it once, which brings it up to date, then check again"
                : "check it with the Homeport that wrote it");
      }
    }
  }

  private static void references(Connection connection, Findings findings) throws SQLException {
    var told = new HashSet<String>();
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("PRAGMA foreign_key_check")) {
      while (row.next()) {
        String table = row.getString(1);
        if (told.add(table) && !Set.of("host").contains(table)) {
          findings.add(
              "table " + table,
              "a row refers to one of table %s that is gone".formatted(row.getString(3)));
        }
      }
    }
  }
}
