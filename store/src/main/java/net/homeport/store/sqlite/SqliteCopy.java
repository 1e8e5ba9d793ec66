package net.homeport.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A copy of a database that is in use, and what is to be done when it is taken into use. */
public final class SqliteCopy {
  private static final long SERIALS = 1L << 32;

  private SqliteCopy() {}

  /**
   * A zone.
   *
   * @param name without a dot at its end
   */
  public record ZoneSerial(String name, long serial) {}

  /** What a copy holds. */
  public record Content(int schema, int hosts, List<ZoneSerial> zones) {
    public Content {
      zones = List.copyOf(zones);
    }
  }

  /**
   * Copies the database as it is at one instant to a file that is not there yet. Commits go on
   * beside it.
   *
   * @throws SqliteStoreException when it cannot be read, or there is no room
   */
  public static Content make(SqliteDatabase database, Path to) {
    database.copyTo(to);
    try (SqliteDatabase copy = SqliteDatabase.open(to)) {
      return copy.readApart("read the copy", SqliteCopy::content);
    }
  }

  private static Content content(Connection connection) throws SQLException {
    var zones = new ArrayList<ZoneSerial>();
    // The last changeset tells how far a zone has come; without one, the checkpoint does.
    try (var select =
            connection.prepareStatement(
                """
                SELECT apex, coalesce(
                  (SELECT serial_after FROM changeset WHERE zone_id = zone.id AND id > checkpoint ORDER BY id DESC LIMIT 1),
                  serial)
                FROM zone WHERE removed_at IS NULL ORDER BY apex_key\
                """);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        zones.add(new ZoneSerial(new Name(row.getBytes(1)).toString(true), row.getLong(2)));
      }
    } catch (IOException e) {
      throw new DamagedContentException("the name of a zone is illegible", e);
    }
    try (var select = connection.prepareStatement("SELECT count(*) FROM host");
        ResultSet row = select.executeQuery()) {
      return new Content(SqliteDatabase.SCHEMA_VERSION, row.getInt(1), zones);
    }
  }

  private static Set<Name> mirrored(Connection connection) throws SQLException {
    var names = new HashSet<Name>();
    try (var select = connection.prepareStatement("SELECT spelled FROM mirrored_zone");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        names.add(new Name(row.getBytes(1)));
      }
    } catch (IOException e) {
      throw new DamagedContentException("the name of a zone is illegible", e);
    }
    return names;
  }

  /**
   * Loads all of a database, and raises the serial of each zone.
   *
   * @param by 0 to leave them
   * @throws SqliteStoreException when it is damaged
   */
  public static void raiseSerials(Path file, long by, Instant now) {
    try (SqliteDatabase database = SqliteDatabase.open(file)) {
      var journal = new SqliteJournal(database);
      ZoneSnapshot zones = journal.load(1);
      var attribution = new Attribution("administrator", "restore", null, now);
      var changes = new ArrayList<ZoneChange>();
      Set<Name> mirrored = database.readApart("read the copies of zones", SqliteCopy::mirrored);
      for (Zone zone : zones.zones()) {
        if (mirrored.contains(zone.apex())) {
          // Its serial is its primary's: a greater one would keep it from ever being refreshed.
          continue;
        }
        Rrset soa = zone.soaRrset();
        changes.add(
            new Changeset(
                zone.apex(),
                zone.serial(),
                (zone.serial() + by) % SERIALS,
                List.of(new RrsetChange(zone.apex(), Type.SOA, soa, soa, attribution))));
      }
      if (by > 0 && !changes.isEmpty()) {
        journal.append(changes);
      }
    }
  }
}
