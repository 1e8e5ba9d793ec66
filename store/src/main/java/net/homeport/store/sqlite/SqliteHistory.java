package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.homeport.registry.history.HistoryLog;
import net.homeport.registry.history.LoggedChange;
import net.homeport.registry.history.LoggedChange.Kind;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The journal as history: read from its end, on a connection of its own, so that it holds up
 * nobody.
 */
/*
 * There is no index of names. It would cost each update the writing of a page of its own, for names
 * come in no order; see docs/decisions. Instead the
 * octets of a row are searched for the name before they are decoded.
 */
public final class SqliteHistory implements HistoryLog {
  private static final String SELECT =
      "SELECT changeset.id, zone_id, apex, kind, serial_before, serial_after, content FROM changeset JOIN zone ON zone.id = zone_id ";

  private final SqliteDatabase database;

  public SqliteHistory(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void newestFirst(
      @Nullable Name zone, @Nullable Name owner, Predicate<LoggedChange> visitor) {
    database.readApart(
        "read the history",
        connection -> {
          visit(connection, zone, owner, visitor);
          return true;
        });
  }

  private static void visit(
      Connection connection,
      @Nullable Name zone,
      @Nullable Name owner,
      Predicate<LoggedChange> visitor)
      throws SQLException {
    boolean all = zone == null && owner == null;
    List<Long> zones = all ? List.of() : zones(connection, zone, owner);
    if (!all && zones.isEmpty()) {
      return;
    }
    byte[] wanted = owner == null ? null : Objects.requireNonNull(owner.toWireCanonical());
    try (PreparedStatement select = connection.prepareStatement(SELECT + where(all, zones))) {
      select.setFetchSize(1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          boolean isWhole = row.getInt(4) != JournalTables.KIND_CHANGED;
          if (wanted != null && !isWhole && !mentions(row.getBytes(7), wanted)) {
            continue;
          }
          LoggedChange change = change(row);
          boolean isMeant =
              owner == null
                  || isWhole
                  || change.changes().stream().anyMatch(each -> each.owner().equals(owner));
          if (isMeant && !visitor.test(change)) {
            return;
          }
        }
      }
    }
  }

  /** Of several zones all rows are looked at, in their order: to sort them would copy them. */
  private static String where(boolean all, List<Long> zones) {
    if (all) {
      return "ORDER BY changeset.id DESC";
    }
    String ids = zones.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return zones.size() == 1
        ? "WHERE zone_id = " + ids + " ORDER BY changeset.id DESC"
        : "WHERE +zone_id IN (" + ids + ") ORDER BY changeset.id DESC";
  }

  /** The zones of this apex, or around this name, those that are gone included. */
  private static List<Long> zones(Connection connection, @Nullable Name zone, @Nullable Name owner)
      throws SQLException {
    var ids = new ArrayList<Long>();
    try (var select = connection.prepareStatement("SELECT id, apex FROM zone");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Name apex = name(row.getBytes(2));
        boolean isMeant = zone == null || zone.equals(apex);
        if (isMeant && (owner == null || owner.subdomain(apex))) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  private static LoggedChange change(ResultSet row) throws SQLException {
    var columns =
        new ChangesetCodec.Row(row.getLong(2), row.getInt(4), row.getLong(5), row.getLong(6));
    return new LoggedChange(
        row.getLong(1),
        name(row.getBytes(3)),
        kind(columns.kind()),
        columns.serialBefore(),
        columns.serialAfter(),
        ChangesetCodec.decode(columns, row.getBytes(7)));
  }

  static Kind kind(int code) {
    return switch (code) {
      case JournalTables.KIND_CREATED -> Kind.CREATED;
      case JournalTables.KIND_CHANGED -> Kind.CHANGED;
      case JournalTables.KIND_REMOVED -> Kind.REMOVED;
      default -> throw new DamagedContentException("a changeset is of no kind");
    };
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException | RuntimeException e) {
      throw new DamagedContentException("the name of a zone is illegible", e);
    }
  }

  /** Whether these octets stand somewhere in the content, be their letters large or small. */
  static boolean mentions(byte[] content, byte[] wanted) {
    for (int from = 0; from <= content.length - wanted.length; from++) {
      int same = 0;
      while (same < wanted.length && lower(content[from + same]) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }

  @Override
  public @Nullable Instant completeSince() {
    return database.readApart(
        "read the history",
        connection -> {
          long pruned =
              HistoryBound.pasts(connection).values().stream()
                  .mapToLong(HistoryBound.Past::prunedTo)
                  .max()
                  .orElse(0);
          try (var first =
                  connection.prepareStatement("SELECT coalesce(min(id), 1) FROM changeset");
              ResultSet row = first.executeQuery()) {
            if (row.getLong(1) == 1 && pruned == 0) {
              return null;
            }
          }
          // Rows before these may be there still, for zones that had no checkpoint since.
          try (var select =
              connection.prepareStatement(
                  SELECT
                      + "WHERE changeset.id > max((SELECT max(id) FROM changeset) - ?, ?) ORDER BY changeset.id LIMIT 1")) {
            select.setLong(1, JournalTables.HISTORY_MAX);
            // Of one zone or another: what is said holds for all.
            select.setLong(2, pruned);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? change(row).at() : null;
            }
          }
        });
  }
}
