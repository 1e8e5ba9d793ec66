package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.EnrolmentStore;
import net.homeport.registry.enrolment.PendingEnrolment;
import org.xbill.DNS.Name;

/** One-time codes in the embedded store, as hashes; a host that is removed takes its along. */
public final class SqliteEnrolmentStore implements EnrolmentStore {
  private final SqliteDatabase database;

  public SqliteEnrolmentStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<PendingEnrolment> pending() {
    return database.read(
        "read the one-time codes",
        connection -> {
          var pending = new ArrayList<PendingEnrolment>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT code_hash, host, kind, label, created_at, expires_at, tries, offered_by FROM enrolment");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              pending.add(enrolment(row));
            }
          }
          return pending;
        });
  }

  private static PendingEnrolment enrolment(ResultSet row) throws SQLException {
    String kind = row.getString(3);
    try {
      return new PendingEnrolment(
          new SecretHash(row.getBytes(1)),
          new Name(row.getBytes(2)),
          EnrolmentKind.of(kind)
              .orElseThrow(() -> new IllegalArgumentException("no such kind: " + kind)),
          row.getString(4),
          Instant.ofEpochMilli(row.getLong(5)),
          Instant.ofEpochMilli(row.getLong(6)),
          row.getInt(7),
          row.getString(8));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedContentException("a one-time code is illegible: " + e, e);
    }
  }

  @Override
  public void put(PendingEnrolment enrolment) {
    database.write(
        "keep a one-time code for " + enrolment.host(),
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO enrolment (code_hash, host, kind, label, created_at, expires_at, tries, offered_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setBytes(1, enrolment.code().octets());
            insert.setBytes(2, enrolment.host().toWireCanonical());
            insert.setString(3, enrolment.kind().text());
            insert.setString(4, enrolment.label());
            insert.setLong(5, enrolment.createdAt().toEpochMilli());
            insert.setLong(6, enrolment.expiresAt().toEpochMilli());
            insert.setInt(7, enrolment.tries());
            insert.setString(8, enrolment.offeredBy());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void remove(SecretHash code) {
    database.write(
        "remove a one-time code",
        connection -> {
          try (var delete =
              connection.prepareStatement("DELETE FROM enrolment WHERE code_hash = ?")) {
            delete.setBytes(1, code.octets());
            return delete.executeUpdate();
          }
        });
  }
}
