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
          CheckedTable.ENROLMENT.forEach(connection, row -> pending.add(enrolment(row)));
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
        connection ->
            CheckedTable.ENROLMENT.put(
                connection,
                enrolment.code().octets(),
                enrolment.host().toWireCanonical(),
                enrolment.kind().text(),
                enrolment.label(),
                enrolment.createdAt().toEpochMilli(),
                enrolment.expiresAt().toEpochMilli(),
                enrolment.tries(),
                enrolment.offeredBy()));
  }

  @Override
  public void remove(SecretHash code) {
    database.write(
        "remove a one-time code",
        connection -> CheckedTable.ENROLMENT.remove(connection, code.octets()));
  }
}
