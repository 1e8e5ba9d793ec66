package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.homeport.store.sqlite.JournalTables.Progress;
import org.xbill.DNS.Name;

/**
 * A zone that is not removed.
 *
 * @param at how far its stored names have come
 */
record PresentZone(Name apex, Progress at) {
  /**
   * All of them, by their numbers.
   *
   * @throws DamagedContentException when a row of table zone is not as it was written
   */
  static Map<Long, PresentZone> all(Connection connection) throws SQLException {
    var present = new LinkedHashMap<Long, PresentZone>();
    CheckedTable.ZONE.forEach(
        connection,
        row -> {
          if (row.getObject(6) == null) {
            var at = new Progress(row.getLong(1), row.getLong(4), row.getLong(5));
            present.put(at.zoneId(), new PresentZone(name(row.getBytes(2)), at));
          }
        });
    return present;
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("the name of a zone is illegible: " + e, e);
    }
  }

  /** What to tell of what belongs to it. */
  DamagedContentException damaged(RuntimeException why) {
    return new DamagedContentException(
        "the zone %s: %s".formatted(apex.toString(true), why.getMessage()), why);
  }
}
