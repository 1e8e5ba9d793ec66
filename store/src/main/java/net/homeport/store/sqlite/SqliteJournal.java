package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.store.sqlite.JournalTables.Progress;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
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
 * themselves (table page) are written later, by checkpoint(), many changes of one name as one, in
 * small transactions between which commits go on. So pages may be newer than the changeset up to
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

  private static final int NAMES_PER_TRANSACTION = 500;
  private static final int PUBLICATION_WAITS_MAX = 5_000;

  private final SqliteDatabase database;
  private final HistoryBound bound;
  private final Object lock = new Object();
  private final Map<Name, Progress> progress = new HashMap<>();
  private Map<Name, Map<Name, Attribution>> dirty = new HashMap<>();
  private Map<Name, Map<Name, Attribution>> beingWritten = Map.of();
  private int dirtyCount;
  private long lastId;
  private boolean suspect;

  /** With the usual bound of the history. */
  public SqliteJournal(SqliteDatabase database) {
    this(database, HistoryBound.OCTETS_DEFAULT);
  }

  /**
   * @param historyOctetsMax octets of past changes that are kept of each zone, about; 0 for any
   *     number
   */
  public SqliteJournal(SqliteDatabase database, long historyOctetsMax) {
    this.database = database;
    this.bound = new HistoryBound(database, historyOctetsMax);
  }

  /**
   * All zones as the store holds them: the names at the checkpoint, then the changesets after it.
   * Called once, before the first append.
   *
   * @param hashSeed see {@link ZoneSnapshot#empty}
   * @throws SqliteStoreException when it cannot be read, or is damaged
   */
  public ZoneSnapshot load(long hashSeed) {
    try {
      return database.read("read the zones", connection -> loaded(connection, hashSeed));
    } catch (SqliteStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw database.damaged(e);
    }
  }

  /**
   * The leases that the store holds.
   *
   * @throws SqliteStoreException when it cannot be read, or is damaged
   */
  public List<Lease> leases() {
    return database.read("read the leases", LeaseTable::all);
  }

  private ZoneSnapshot loaded(Connection connection, long hashSeed) throws SQLException {
    Map<Long, PresentZone> present = PresentZone.all(connection);
    ZoneSnapshot snapshot = ZoneSnapshot.empty(hashSeed);
    for (PresentZone zone : present.values()) {
      try {
        snapshot = snapshot.with(JournalTables.names(connection, snapshot, zone.apex(), zone.at()));
      } catch (RuntimeException e) {
        throw zone.damaged(e);
      }
      synchronized (lock) {
        progress.put(zone.apex(), zone.at());
      }
    }
    var replay = new Replay(present, snapshot);
    lastId = JournalTail.read(connection, replay::apply);
    return replay.snapshot;
  }

  /** Applies the changes that the names of each zone may lack. */
  private final class Replay {
    private final Map<Long, PresentZone> present;
    private ZoneSnapshot snapshot;

    Replay(Map<Long, PresentZone> present, ZoneSnapshot snapshot) {
      this.present = present;
      this.snapshot = snapshot;
    }

    void apply(JournalTail.Entry entry) throws SQLException {
      PresentZone zone = present.get(entry.columns().zoneId());
      if (zone == null || entry.id() <= zone.at().changesetId()) {
        return;
      }
      try {
        apply(zone, entry);
      } catch (RuntimeException e) {
        throw zone.damaged(e);
      }
    }

    private void apply(PresentZone zone, JournalTail.Entry entry) throws SQLException {
      ChangesetCodec.Row columns = entry.columns();
      List<RrsetChange> changes = ChangesetCodec.decode(columns, entry.content());
      long serial;
      synchronized (lock) {
        serial = Objects.requireNonNull(progress.get(zone.apex())).serial();
      }
      if (columns.kind() != JournalTables.KIND_CHANGED || columns.serialBefore() != serial) {
        throw new DamagedContentException(
            "changes after serial %d are missing in the journal".formatted(serial));
      }
      var changeset =
          new Changeset(zone.apex(), columns.serialBefore(), columns.serialAfter(), changes);
      snapshot = changeset.applyTo(snapshot);
      synchronized (lock) {
        markDirty(changeset);
        progress.put(
            zone.apex(), new Progress(columns.zoneId(), entry.id(), changeset.serialAfter()));
      }
    }
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
    Appended appended;
    try {
      appended = database.write("append changes", connection -> append(connection, batch));
    } catch (SqliteStoreException e) {
      suspect = true;
      throw new JournalException(String.valueOf(e.getMessage()), e);
    }
    suspect = false;
    synchronized (lock) {
      for (ZoneChange change : batch) {
        switch (change) {
          case ZoneChange.Created _, ZoneChange.Leased _ -> {}
          case ZoneChange.Removed removed -> {
            progress.remove(removed.zone());
            Map<Name, Attribution> gone = dirty.remove(removed.zone());
            dirtyCount -= gone == null ? 0 : gone.size();
          }
          case Changeset changeset -> markDirty(changeset);
        }
      }
      progress.putAll(appended.reached());
      lastId = appended.lastId();
    }
  }

  /** What a batch has reached, once it is committed. */
  private record Appended(Map<Name, Progress> reached, long lastId) {}

  private Appended append(Connection connection, List<ZoneChange> batch) throws SQLException {
    if (suspect && JournalTables.maxChangesetId(connection) != lastId) {
      throw new SqliteStoreException(
          "the store holds changes that it reported as failed; restart Homeport so that it reads what is on disk");
    }
    Map<Name, Progress> reached = new HashMap<>();
    for (ZoneChange change : batch) {
      Name apex = change.zone();
      switch (change) {
        case ZoneChange.Created created ->
            reached.put(apex, JournalTables.create(connection, created));
        case ZoneChange.Removed removed -> {
          // Its changeset is not in `reached`: the zone is gone for everything that follows.
          JournalTables.remove(connection, removed, at(reached, apex));
          reached.remove(apex);
        }
        case ZoneChange.Leased leased ->
            LeaseTable.put(connection, at(reached, apex).zoneId(), leased.leases());
        case Changeset changeset -> {
          long zoneId = at(reached, apex).zoneId();
          long id =
              JournalTables.insertChangeset(
                  database.prepared(JournalTables.INSERT_CHANGESET),
                  new ChangesetCodec.Row(
                      zoneId,
                      JournalTables.KIND_CHANGED,
                      changeset.serialBefore(),
                      changeset.serialAfter()),
                  changeset.changes());
          reached.put(apex, new Progress(zoneId, id, changeset.serialAfter()));
        }
      }
    }
    try (ResultSet row = database.prepared(JournalTables.MAX_CHANGESET_ID).executeQuery()) {
      return new Appended(reached, row.getLong(1));
    }
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
    long reachedId;
    synchronized (lock) {
      reachedId = lastId;
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
      database.putSetting(JournalTail.MARK, JournalTail.mark(reachedId));
      bound.keep(reachedId);
      done = true;
    } finally {
      synchronized (lock) {
        if (!done) {
          restoreDirty(reached);
        }
        beingWritten = Map.of();
      }
    }
  }

  /** The zone once what was appended to it is published; null if it is gone meanwhile. */
  private @Nullable Zone visible(Supplier<ZoneSnapshot> zones, Name apex, Progress at)
      throws InterruptedException {
    for (int waits = 0; waits < PUBLICATION_WAITS_MAX; waits++) {
      Zone zone = zones.get().zone(apex);
      if (zone == null || !isSameZone(apex, at)) {
        return null;
      }
      if (Serial.compare(zone.serial(), at.serial()) >= 0) {
        return zone;
      }
      // The writer publishes right after it appends.
      Thread.sleep(1);
    }
    throw new IllegalStateException(
        "the zone %s was not published as far as serial %d".formatted(apex, at.serial()));
  }

  /** Whether the zone is still the one it was then, not one made anew under its name. */
  private boolean isSameZone(Name apex, Progress then) {
    synchronized (lock) {
      Progress now = progress.get(apex);
      return now != null && now.zoneId() == then.zoneId();
    }
  }

  private void restoreDirty(Map<Name, Progress> reached) {
    beingWritten.forEach((apex, names) -> {
      Progress then = reached.get(apex);
      if (then != null && isSameZone(apex, then)) {
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
    var owners = new TreeMap<byte[], Name>(Arrays::compareUnsigned);
    names.keySet().forEach(owner -> owners.put(StoredNode.key(zone.apex(), owner), owner));
    var sorted = List.copyOf(owners.entrySet());
    for (int done = 0; done < sorted.size(); ) {
      var part = sorted.subList(done, Math.min(done + NAMES_PER_TRANSACTION, sorted.size()));
      var changes = new ArrayList<PageTable.Change>(part.size());
      for (Map.Entry<byte[], Name> entry : part) {
        Name owner = entry.getValue();
        changes.add(
            new PageTable.Change(
                entry.getKey(),
                StoredNode.of(zone, owner),
                Objects.requireNonNull(names.get(owner))));
      }
      done += database.write("write a checkpoint", connection -> patched(connection, at, changes));
    }
    database.write(
        "write a checkpoint", connection -> JournalTables.markCheckpoint(connection, at));
  }

  /** Writes as many of the changes as one transaction may; returns how many are done with. */
  private static int patched(Connection connection, Progress at, List<PageTable.Change> changes)
      throws SQLException {
    if (!JournalTables.isPresent(connection, at)) {
      return changes.size();
    }
    try (var pages = new PageTable(connection, at.zoneId())) {
      return pages.patch(changes);
    }
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
          try (var pages = new PageTable(connection, zoneId)) {
            return pages.lastChange(StoredNode.key(zone, owner));
          }
        });
  }
}
