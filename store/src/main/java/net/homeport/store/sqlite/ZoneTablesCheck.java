package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.homeport.store.sqlite.JournalTables.Progress;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Checks the tables zone, page and changeset, one zone in memory at a time. One thread. */
/*
 * No row can go unnoticed: pages name the next one, changesets the serial before them, a zone the
 * changeset of its mark; and SQLite remembers the number of the newest changeset there ever was.
 */
final class ZoneTablesCheck {
  private final Connection connection;
  private final Findings findings;
  private final BiConsumer<Name, Zone> loaded;
  private long newest;

  ZoneTablesCheck(Connection connection, Findings findings, BiConsumer<Name, Zone> loaded) {
    this.connection = connection;
    this.findings = findings;
    this.loaded = loaded;
  }

  /** A row of table zone. */
  private record ZoneRow(Name apex, boolean isRemoved, Progress mark) {
    String where() {
      return "zone " + apex.toString(true) + (isRemoved ? " (removed)" : "");
    }
  }

  /** How much of its past each zone has lost, as it must after a while. */
  private Map<Long, HistoryBound.Past> pasts = Map.of();

  void run() throws SQLException {
    findings.guard("table setting", () -> pasts = HistoryBound.pasts(connection));
    findings.guard("table changeset", this::checkNewest);
    var zones = new ArrayList<ZoneRow>();
    findings.guard("table zone", () -> readZones(zones));
    for (ZoneRow zone : zones) {
      findings.guard(zone.where(), () -> check(zone));
    }
    findings.guard("table page", () -> checkOrphans("page", " AND removed_at IS NULL"));
    findings.guard("table changeset", () -> checkOrphans("changeset", ""));
  }

  private void checkNewest() throws SQLException {
    newest = JournalTables.maxChangesetId(connection);
    findings.changesets = number("SELECT count(*) FROM changeset");
    long ever =
        number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changeset'");
    if (ever != newest) {
      findings.add(
          "table changeset",
          "its newest row is number %d, but %d was the last one written".formatted(newest, ever));
    }
  }

  private long number(String sql) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  private void readZones(List<ZoneRow> zones) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "SELECT id, apex, apex_key, checkpoint, serial, removed_at IS NOT NULL FROM zone ORDER BY id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long id = row.getLong(1);
        findings.guard(
            "table zone, row " + id,
            () -> {
              Name apex = name(row.getBytes(2));
              if (!Arrays.equals(apex.toWireCanonical(), row.getBytes(3))) {
                findings.add("zone " + apex.toString(true), "the two forms of its name differ");
              }
              var mark = new Progress(id, row.getLong(4), row.getLong(5));
              zones.add(new ZoneRow(apex, row.getBoolean(6), mark));
            });
      }
    }
    findings.zones = zones.stream().filter(zone -> !zone.isRemoved()).count();
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("its name is illegible", e);
    }
  }

  private void check(ZoneRow row) throws SQLException {
    var names = new Content(row);
    if (!row.isRemoved()) {
      findings.guard(row.where(), names::load);
    }
    var chain = new Chain(row);
    try (var select =
        connection.prepareStatement(
            "SELECT id, kind, serial_before, serial_after, content FROM changeset WHERE zone_id = ? ORDER BY id")) {
      select.setLong(1, row.mark().zoneId());
      try (ResultSet change = select.executeQuery()) {
        while (change.next()) {
          var columns =
              new ChangesetCodec.Row(
                  row.mark().zoneId(), change.getInt(2), change.getLong(3), change.getLong(4));
          long id = change.getLong(1);
          chain.next(id, columns);
          names.apply(id, columns, change.getBytes(5));
        }
      }
    }
    chain.finish();
    Zone zone = names.zone;
    if (zone != null) {
      findings.names += zone.nameCount();
      loaded.accept(row.apex(), zone);
    }
  }

  /** The zone that the checkpoint and the changes after it make. */
  private final class Content {
    private final ZoneRow row;
    private @Nullable Zone zone;

    Content(ZoneRow row) {
      this.row = row;
    }

    void load() throws SQLException {
      zone = JournalTables.names(connection, ZoneSnapshot.empty(1), row.apex(), row.mark());
    }

    void apply(long id, ChangesetCodec.Row columns, byte[] octets) {
      try {
        List<RrsetChange> changes = ChangesetCodec.decode(columns, octets);
        Zone before = zone;
        if (before != null
            && id > row.mark().changesetId()
            && columns.kind() == JournalTables.KIND_CHANGED) {
          var changeset =
              new Changeset(row.apex(), columns.serialBefore(), columns.serialAfter(), changes);
          zone = changeset.applyTo(ZoneSnapshot.empty(1).with(before)).zone(row.apex());
        }
      } catch (RuntimeException e) {
        // What follows is still decoded, but makes no zone any more.
        zone = null;
        findings.add(
            row.where(),
            "changeset %d cannot be read or applied: %s".formatted(id, e.getMessage()));
      }
    }
  }

  /** Whether each changeset begins where the one before it ended. */
  private final class Chain {
    private final ZoneRow row;
    private ChangesetCodec.@Nullable Row last;
    private boolean isMarkSeen;
    private boolean isAfterMark;

    Chain(ZoneRow row) {
      this.row = row;
    }

    void next(long id, ChangesetCodec.Row change) {
      ChangesetCodec.Row before = last;
      last = change;
      boolean isCreation = change.kind() == JournalTables.KIND_CREATED;
      if (before == null) {
        boolean isPruned =
            pasts.getOrDefault(row.mark().zoneId(), HistoryBound.Past.NONE).prunedTo() > 0;
        if (!isCreation && !isPruned && newest <= JournalTables.HISTORY_MAX) {
          findings.add(
              row.where(),
              "its changes before serial %d are missing".formatted(change.serialBefore()));
        }
      } else if (isCreation || before.kind() == JournalTables.KIND_REMOVED) {
        findings.add(
            row.where(),
            "changeset %d comes before its creation or after its removal".formatted(id));
      } else if (before.serialAfter() != change.serialBefore()) {
        findings.add(
            row.where(),
            "its changes from serial %d to %d are missing"
                .formatted(before.serialAfter(), change.serialBefore()));
      }
      checkMark(id, change);
    }

    private void checkMark(long id, ChangesetCodec.Row change) {
      Progress mark = row.mark();
      if (id == mark.changesetId()) {
        isMarkSeen = true;
        if (change.serialAfter() != mark.serial()) {
          findings.add(
              row.where(),
              "its names are marked with serial %d, but the changeset of the mark ends with %d"
                  .formatted(mark.serial(), change.serialAfter()));
        }
      } else if (id > mark.changesetId() && !isAfterMark) {
        isAfterMark = true;
        if (!isMarkSeen && change.serialBefore() != mark.serial()) {
          findings.add(
              row.where(),
              "its changes from serial %d, to which its names are stored, to %d are missing"
                  .formatted(mark.serial(), change.serialBefore()));
        }
      }
    }

    void finish() {
      // Older ones are pruned.
      if (!isMarkSeen && row.mark().changesetId() > newest - JournalTables.HISTORY_MAX) {
        findings.add(
            row.where(),
            "changeset %d, to which its names are stored, is missing"
                .formatted(row.mark().changesetId()));
      }
      ChangesetCodec.Row end = last;
      if (end != null && (end.kind() == JournalTables.KIND_REMOVED) != row.isRemoved()) {
        findings.add(
            row.where(),
            row.isRemoved()
                ? "it is marked as removed, but its last changeset is not its removal"
                : "its last changeset is its removal, but it is not marked as removed");
      }
    }
  }

  private void checkOrphans(String table, String which) throws SQLException {
    long orphans =
        number(
            "SELECT count(*) FROM %s AS t WHERE NOT EXISTS (SELECT 1 FROM zone WHERE zone.id = t.zone_id%s)"
                .formatted(table, which));
    if (orphans > 0) {
      findings.add("table " + table, "%d rows are of no zone".formatted(orphans));
    }
  }
}
