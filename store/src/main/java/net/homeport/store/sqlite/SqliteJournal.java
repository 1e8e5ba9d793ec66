package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.Journal;
import net.homeport.zone.writer.JournalException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;

/**
 * The journal in the embedded store. {@link #append} is called by the zone writer alone; {@link
 * #checkpoint} by one background thread; the rest by any.
 */
/*
 * A commit appends one row a zone: small and sequential, whatever the number of names. The names
 * themselves (table node) are written later, by checkpoint(), many changes of one name as one, in
 * small transactions between which commits go on. So node rows may be newer than the changeset up to
 * which their zone is marked. That does no harm: a change says what an RRset is after it, not what to
 * add to it, so replaying it over a newer state, and all that follow it, ends in the newest state. The
 * serial is kept with the mark, in the zone's row.
 *
 * The names changed since the last checkpoint are remembered in memory with who changed them; the
 * bound of that table is that appends past DIRTY_MAX wait for no one but ask for a checkpoint, and
 * that it holds a name once.
 */
public final class SqliteJournal implements Journal, ChangeHistory {
  /** How many changed names make {@link #wantsCheckpoint} true. */
  public static final int DIRTY_MAX = 50_000;

  /** How many commits the journal keeps behind the checkpoints. */
  public static final long HISTORY_MAX = 1_000_000;

  private static final int ROWS_PER_TRANSACTION = 500;
  private static final int PUBLICATION_WAITS_MAX = 5_000;
  private static final int KIND_CREATED = 0;
  private static final int KIND_CHANGED = 1;
  private static final int KIND_REMOVED = 2;

  private final SqliteDatabase database;
  private final Object lock = new Object();
  private final Map<Name, Progress> progress = new HashMap<>();
  private Map<Name, Map<Name, Attribution>> dirty = new HashMap<>();
  private Map<Name, Map<Name, Attribution>> beingWritten = Map.of();
  private int dirtyCount;
  private long lastId;
  private boolean suspect;

  public SqliteJournal(SqliteDatabase database) {
    this.database = database;
  }

  /** How far the journal has come in one zone. */
  private record Progress(long zoneId, long changesetId, long serial) {}

  /**
   * All zones as the store holds them: the names at the checkpoint, then the changesets after it.
   * Called once, before the first append.
   *
   * @param hashSeed see {@link ZoneSnapshot#empty}
   */
  public ZoneSnapshot load(long hashSeed) {
    return database.read(
        "read the zones",
        connection -> {
          ZoneSnapshot snapshot = ZoneSnapshot.empty(hashSeed);
          lastId = maxChangesetId(connection);
          try (var zones =
                  connection.prepareStatement(
                      "SELECT id, apex, checkpoint, serial FROM zone WHERE removed_at IS NULL");
              ResultSet row = zones.executeQuery()) {
            while (row.next()) {
              Name apex = name(row.getBytes(2));
              var at = new Progress(row.getLong(1), row.getLong(3), row.getLong(4));
              snapshot = snapshot.with(names(connection, snapshot, apex, at));
              snapshot = replayed(connection, snapshot, apex, at);
            }
          }
          return snapshot;
        });
  }

  private static Zone names(
      Connection connection, ZoneSnapshot snapshot, Name apex, Progress at) throws SQLException {
    var editor = snapshot.newZone(apex);
    try (var select = connection.prepareStatement("SELECT content FROM node WHERE zone_id = ?")) {
      select.setLong(1, at.zoneId());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          StoredNode.load(editor, row.getBytes(1));
        }
      }
    }
    editor.setSerial(at.serial());
    return editor.build();
  }

  private ZoneSnapshot replayed(
      Connection connection, ZoneSnapshot snapshot, Name apex, Progress at) throws SQLException {
    ZoneSnapshot next = snapshot;
    Progress last = at;
    try (var select =
        connection.prepareStatement(
            "SELECT id, serial_before, serial_after, content FROM changeset WHERE zone_id = ? AND id > ? AND kind = ? ORDER BY id")) {
      select.setLong(1, at.zoneId());
      select.setLong(2, at.changesetId());
      select.setInt(3, KIND_CHANGED);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          var changeset =
              new Changeset(
                  apex,
                  row.getLong(2),
                  row.getLong(3),
                  ChangesetCodec.decode(row.getBytes(4)));
          next = changeset.applyTo(next);
          last = new Progress(at.zoneId(), row.getLong(1), changeset.serialAfter());
          synchronized (lock) {
            markDirty(changeset);
          }
        }
      }
    }
    synchronized (lock) {
      progress.put(apex, last);
    }
    return next;
  }

  private void markDirty(Changeset changeset) {
    Map<Name, Attribution> names = dirty.computeIfAbsent(changeset.zone(), _ -> new HashMap<>());
    int before = names.size();
    for (RrsetChange change : changeset.changes()) {
      names.put(change.owner(), change.attribution());
    }
    dirtyCount += names.size() - before;
  }

  @Override
  public void append(List<ZoneChange> batch) {
    Map<Name, Progress> reached;
    try {
      reached = database.write("append changes", connection -> appended(connection, batch));
    } catch (SqliteStoreException e) {
      suspect = true;
      throw new JournalException(String.valueOf(e.getMessage()), e);
    }
    suspect = false;
    synchronized (lock) {
      for (ZoneChange change : batch) {
        switch (change) {
          case ZoneChange.Created _ -> {}
          case ZoneChange.Removed removed -> {
            progress.remove(removed.zone());
            Map<Name, Attribution> gone = dirty.remove(removed.zone());
            dirtyCount -= gone == null ? 0 : gone.size();
          }
          case Changeset changeset -> markDirty(changeset);
        }
      }
      reached.forEach(
          (apex, at) -> {
            progress.put(apex, at);
            lastId = Math.max(lastId, at.changesetId());
          });
    }
  }

  private Map<Name, Progress> appended(Connection connection, List<ZoneChange> batch)
      throws SQLException {
    if (suspect && maxChangesetId(connection) != lastId) {
      throw new SqliteStoreException(
          "the store holds changes that it reported as failed; restart Homeport so that it reads what is on disk");
    }
    Map<Name, Progress> reached = new HashMap<>();
    for (ZoneChange change : batch) {
      Name apex = change.zone();
      switch (change) {
        case ZoneChange.Created created -> reached.put(apex, create(connection, created));
        case ZoneChange.Removed removed -> {
          // Its changeset is not in `reached`: the zone is gone for everything that follows.
          remove(connection, removed, at(reached, apex));
          reached.remove(apex);
        }
        case Changeset changeset -> {
          long zoneId = at(reached, apex).zoneId();
          long id =
              insertChangeset(
                  connection,
                  zoneId,
                  KIND_CHANGED,
                  changeset.serialBefore(),
                  changeset.serialAfter(),
                  changeset.changes());
          reached.put(apex, new Progress(zoneId, id, changeset.serialAfter()));
        }
      }
    }
    return reached;
  }

  private Progress at(Map<Name, Progress> reached, Name apex) {
    Progress inBatch = reached.get(apex);
    if (inBatch != null) {
      return inBatch;
    }
    synchronized (lock) {
      return Objects.requireNonNull(progress.get(apex), "a zone that changes is in the store");
    }
  }

  private static Progress create(Connection connection, ZoneChange.Created created)
      throws SQLException {
    Zone zone = created.content();
    long zoneId;
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO zone (apex, apex_key, checkpoint, serial) VALUES (?, ?, 0, ?) RETURNING id")) {
      insert.setBytes(1, zone.apex().toWire());
      insert.setBytes(2, zone.apex().toWireCanonical());
      insert.setLong(3, zone.serial());
      try (ResultSet row = insert.executeQuery()) {
        zoneId = row.getLong(1);
      }
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO node (zone_id, owner, content) VALUES (?, ?, ?)")) {
      var nodes = new ArrayList<byte[]>(zone.nameCount());
      StoredNode.forEach(zone, nodes::add);
      for (byte[] node : nodes) {
        insert.setLong(1, zoneId);
        insert.setBytes(2, StoredNode.key(node));
        insert.setBytes(3, node);
        insert.executeUpdate();
      }
    }
    var attribution = List.of(marker(zone.apex(), created.attribution()));
    long id =
        insertChangeset(
            connection, zoneId, KIND_CREATED, zone.serial(), zone.serial(), attribution);
    markCheckpoint(connection, new Progress(zoneId, id, zone.serial()));
    return new Progress(zoneId, id, zone.serial());
  }

  /** Carries who made or removed a zone; changes nothing. */
  private static RrsetChange marker(Name apex, Attribution attribution) {
    return new RrsetChange(apex, 0, null, null, attribution);
  }

  private static void remove(
      Connection connection, ZoneChange.Removed removed, Progress at) throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE zone SET removed_at = ? WHERE id = ?")) {
      update.setLong(1, removed.attribution().at().toEpochMilli());
      update.setLong(2, at.zoneId());
      update.executeUpdate();
    }
    try (var delete = connection.prepareStatement("DELETE FROM node WHERE zone_id = ?")) {
      delete.setLong(1, at.zoneId());
      delete.executeUpdate();
    }
    insertChangeset(
        connection,
        at.zoneId(),
        KIND_REMOVED,
        at.serial(),
        at.serial(),
        List.of(marker(removed.zone(), removed.attribution())));
  }

  private static long insertChangeset(
      Connection connection,
      long zoneId,
      int kind,
      long serialBefore,
      long serialAfter,
      List<RrsetChange> changes)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO changeset (zone_id, kind, serial_before, serial_after, content) VALUES (?, ?, ?, ?, ?) RETURNING id")) {
      insert.setLong(1, zoneId);
      insert.setInt(2, kind);
      insert.setLong(3, serialBefore);
      insert.setLong(4, serialAfter);
      insert.setBytes(5, ChangesetCodec.encode(changes));
      try (ResultSet row = insert.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  private static long maxChangesetId(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT coalesce(max(id), 0) FROM changeset")) {
      return row.getLong(1);
    }
  }

  /** Whether so many names have changed that a checkpoint is due before its time. */
  public boolean wantsCheckpoint() {
    synchronized (lock) {
      return dirtyCount >= DIRTY_MAX;
    }
  }

  /**
   * Writes the names that changed since the last checkpoint, so that the next start has little to
   * replay. Commits go on beside it.
   *
   * @param zones the present snapshot, which soon holds all that was appended
   * @throws SqliteStoreException when it could not; nothing is lost, the next one does more
   */
  public void checkpoint(Supplier<ZoneSnapshot> zones) throws InterruptedException {
    Map<Name, Progress> reached;
    synchronized (lock) {
      beingWritten = dirty;
      dirty = new HashMap<>();
      dirtyCount = 0;
      reached = Map.copyOf(progress);
    }
    boolean done = false;
    try {
      for (Map.Entry<Name, Map<Name, Attribution>> entry : beingWritten.entrySet()) {
        Progress at = reached.get(entry.getKey());
        if (at != null) {
          checkpoint(visible(zones, entry.getKey(), at), at, entry.getValue());
        }
      }
      prune();
      done = true;
    } finally {
      synchronized (lock) {
        if (!done) {
          restoreDirty();
        }
        beingWritten = Map.of();
      }
    }
  }

  /** The zone once what was appended to it is published; null if it was removed meanwhile. */
  private @Nullable Zone visible(Supplier<ZoneSnapshot> zones, Name apex, Progress at)
      throws InterruptedException {
    for (int waits = 0; waits < PUBLICATION_WAITS_MAX; waits++) {
      Zone zone = zones.get().zone(apex);
      if (zone == null || Serial.compare(zone.serial(), at.serial()) >= 0) {
        return zone;
      }
      // The writer publishes right after it appends.
      Thread.sleep(1);
    }
    throw new IllegalStateException(
        "the zone %s was not published as far as serial %d".formatted(apex, at.serial()));
  }

  private void restoreDirty() {
    beingWritten.forEach(
        (apex, names) -> {
          if (progress.containsKey(apex)) {
            Map<Name, Attribution> newer = dirty.computeIfAbsent(apex, _ -> new HashMap<>());
            names.forEach(newer::putIfAbsent);
          }
        });
    dirtyCount = dirty.values().stream().mapToInt(Map::size).sum();
  }

  private void checkpoint(@Nullable Zone zone, Progress at, Map<Name, Attribution> names) {
    if (zone == null) {
      return;
    }
    var owners = new ArrayList<>(names.keySet());
    owners.sort(null);
    for (int from = 0; from < owners.size(); from += ROWS_PER_TRANSACTION) {
      List<Name> part = owners.subList(from, Math.min(from + ROWS_PER_TRANSACTION, owners.size()));
      database.write(
          "write a checkpoint",
          connection -> {
            if (!isPresent(connection, at)) {
              return 0;
            }
            for (Name owner : part) {
              writeNode(connection, zone, at, owner, Objects.requireNonNull(names.get(owner)));
            }
            return part.size();
          });
    }
    database.write("write a checkpoint", connection -> markCheckpoint(connection, at));
  }

  private static boolean isPresent(Connection connection, Progress at) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT 1 FROM zone WHERE id = ? AND removed_at IS NULL")) {
      select.setLong(1, at.zoneId());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void writeNode(
      Connection connection, Zone zone, Progress at, Name owner, Attribution attribution)
      throws SQLException {
    byte[] key = StoredNode.key(zone.apex(), owner);
    byte[] content = StoredNode.of(zone, owner);
    if (content == null) {
      try (var delete =
          connection.prepareStatement("DELETE FROM node WHERE zone_id = ? AND owner = ?")) {
        delete.setLong(1, at.zoneId());
        delete.setBytes(2, key);
        delete.executeUpdate();
      }
      return;
    }
    try (var upsert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO node (zone_id, owner, content, changed_at, changed_by, front_door, source) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      upsert.setLong(1, at.zoneId());
      upsert.setBytes(2, key);
      upsert.setBytes(3, content);
      SqliteAttribution.bind(upsert, 4, attribution);
      upsert.executeUpdate();
    }
  }

  private static int markCheckpoint(Connection connection, Progress at) throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE zone SET checkpoint = ?, serial = ? WHERE id = ?")) {
      update.setLong(1, at.changesetId());
      update.setLong(2, at.serial());
      update.setLong(3, at.zoneId());
      return update.executeUpdate();
    }
  }

  private void prune() {
    int deleted;
    do {
      deleted =
          database.write(
              "prune the journal",
              connection -> {
                try (var delete =
                    connection.prepareStatement(
                        """
                        DELETE FROM changeset WHERE id IN (
                          SELECT id FROM changeset
                          WHERE id <= (SELECT max(id) FROM changeset) - ?
                            AND id <= (SELECT coalesce(min(checkpoint), 0) FROM zone WHERE removed_at IS NULL)
                          ORDER BY id LIMIT 500)""")) {
                  delete.setLong(1, HISTORY_MAX);
                  return delete.executeUpdate();
                }
              });
    } while (deleted > 0);
  }

  @Override
  public @Nullable Attribution lastChange(Name zone, Name owner) {
    long zoneId;
    synchronized (lock) {
      for (Map<Name, Map<Name, Attribution>> recent : List.of(dirty, beingWritten)) {
        Attribution attribution = recent.getOrDefault(zone, Map.of()).get(owner);
        if (attribution != null) {
          return attribution;
        }
      }
      Progress at = progress.get(zone);
      if (at == null) {
        return null;
      }
      zoneId = at.zoneId();
    }
    return database.read(
        "read who changed a name",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT changed_at, changed_by, front_door, source FROM node WHERE zone_id = ? AND owner = ?")) {
            select.setLong(1, zoneId);
            select.setBytes(2, StoredNode.key(zone, owner));
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? SqliteAttribution.read(row) : null;
            }
          }
        });
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new IllegalStateException("the store holds a damaged zone name", e);
    }
  }
}
