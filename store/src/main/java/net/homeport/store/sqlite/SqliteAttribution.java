package net.homeport.store.sqlite;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;

/** An attribution as columns changed_at, changed_by, front_door, source. */
final class SqliteAttribution {
  private SqliteAttribution() {}

  static void bind(PreparedStatement statement, int first, Attribution attribution)
      throws SQLException {
    InetAddress source = attribution.source();
    statement.setLong(first, attribution.at().toEpochMilli());
    statement.setString(first + 1, attribution.actor());
    statement.setString(first + 2, attribution.frontDoor());
    statement.setBytes(first + 3, source == null ? null : source.getAddress());
  }

  /** The attribution in the first four columns; null if the name came with its zone. */
  static @Nullable Attribution read(ResultSet row) throws SQLException {
    long at = row.getLong(1);
    if (row.wasNull()) {
      return null;
    }
    byte[] source = row.getBytes(4);
    try {
      return new Attribution(
          Objects.requireNonNull(row.getString(2)),
          Objects.requireNonNull(row.getString(3)),
          source == null ? null : InetAddress.getByAddress(source),
          Instant.ofEpochMilli(at));
    } catch (UnknownHostException e) {
      throw new SQLException("the store holds a damaged source address", e);
    }
  }
}
