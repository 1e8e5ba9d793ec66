package net.homeport.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one zone in table page, within a transaction of the caller. Methods throw {@link
 * DamagedContentException} when rows are not what was written. One thread.
 */
final class PageTable implements AutoCloseable {
  /** Pages that {@link #patch} writes at once: it bounds how long a commit waits. */
  static final int PATCHED_MAX = 128;

  private static final byte[] NONE = {};

  private final Connection connection;
  private final long zoneId;
  private @Nullable PreparedStatement find;
  private @Nullable PreparedStatement put;

  PageTable(Connection connection, long zoneId) {
    this.connection = connection;
    this.zoneId = zoneId;
  }

  /** A row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(byte[] first, byte[] content) {}

  /**
   * What becomes of a name.
   *
   * @param key of the name, see {@link StoredNode#key}
   * @param node null if the name is gone
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Change(byte[] key, byte @Nullable [] node, Attribution attribution) {}

  /** Gives all nodes of the zone in the order of their keys. */
  void load(Consumer<byte[]> nodes) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT first, content FROM page WHERE zone_id = ? ORDER BY first")) {
      select.setLong(1, zoneId);
      byte[] expected = NONE;
      boolean isFirst = true;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] first = row.getBytes(1);
          if (!Arrays.equals(first, expected) || (expected.length == 0 && !isFirst)) {
            throw missing();
          }
          isFirst = false;
          var page = new PageReader(zoneId, first, row.getBytes(2));
          while (page.advance()) {
            nodes.accept(page.node());
          }
          expected = page.next();
        }
      }
      if (isFirst || expected.length > 0) {
        throw missing();
      }
    }
  }

  private static DamagedContentException missing() {
    return new DamagedContentException("a page of names is missing");
  }

  /** Who changed a name last, if that is known. */
  @Nullable Attribution lastChange(byte[] key) throws SQLException {
    Row row = lastUpTo(key);
    if (row == null) {
      // The zone has been removed meanwhile.
      return null;
    }
    PageReader page = reader(row);
    requireBeforeNext(page, key);
    while (page.advance()) {
      if (page.compareKey(key) == 0) {
        byte[] attribution = page.attribution();
        return attribution == null ? null : AttributionCodec.decode(attribution);
      }
    }
    return null;
  }

  /** Writes a whole zone that has no rows yet. */
  void create(Zone zone) throws SQLException {
    var nodes = new ArrayList<byte[]>(zone.nameCount());
    StoredNode.forEach(zone, nodes::add);
    byte[][] sorted = nodes.toArray(byte[][]::new);
    Arrays.parallelSort(sorted, StoredNode::compareKeys);
    PageBuilder pages = builder(NONE, NONE, PageBuilder.GOAL);
    for (byte[] node : sorted) {
      pages.add(PageEntry.of(node, null));
    }
    pages.finish();
  }

  /** For pages that come next to each other. */
  PageBuilder builder(byte[] first, byte[] end, int goal) {
    return new PageBuilder(zoneId, first, end, goal, this::put);
  }

  /**
   * Makes changes, in the order of their keys, until so many pages are written.
   *
   * @return how many of them are made, at least one
   */
  int patch(List<Change> changes) throws SQLException {
    int done = 0;
    for (int pages = 0; done < changes.size() && pages < PATCHED_MAX; pages++) {
      Row row = present(lastUpTo(changes.get(done).key()));
      PageReader page = reader(row);
      requireBeforeNext(page, changes.get(done).key());
      int end = done + 1;
      while (end < changes.size() && page.isBeforeNext(changes.get(end).key())) {
        end++;
      }
      rewrite(row.first(), page, changes.subList(done, end));
      done = end;
    }
    return done;
  }

  private void rewrite(byte[] first, PageReader page, List<Change> changes) throws SQLException {
    var entries = new ArrayList<PageEntry>();
    boolean isMore = page.advance();
    for (Change change : changes) {
      while (isMore && page.compareKey(change.key()) < 0) {
        entries.add(page.entry());
        isMore = page.advance();
      }
      if (isMore && page.compareKey(change.key()) == 0) {
        isMore = page.advance();
      }
      if (change.node() != null) {
        entries.add(PageEntry.of(change.node(), change.attribution()));
      }
    }
    for (; isMore; isMore = page.advance()) {
      entries.add(page.entry());
    }
    if (entries.isEmpty() && first.length > 0) {
      delete(first, page.next());
    } else {
      write(first, entries, page.next());
    }
  }

  private void write(byte[] first, List<PageEntry> entries, byte[] next) throws SQLException {
    int octets = 0;
    for (PageEntry entry : entries) {
      octets += entry.length();
    }
    PageBuilder pages = builder(first, next, PageBuilder.goal(octets));
    for (PageEntry entry : entries) {
      pages.add(entry);
    }
    pages.finish();
  }

  /** Takes out a page; the one before it now ends where the one after it begins. */
  private void delete(byte[] first, byte[] next) throws SQLException {
    try (var delete =
        connection.prepareStatement("DELETE FROM page WHERE zone_id = ? AND first = ?")) {
      delete.setLong(1, zoneId);
      delete.setBytes(2, first);
      delete.executeUpdate();
    }
    Row before = present(lastUpTo(first));
    PageReader page = reader(before);
    if (!Arrays.equals(page.next(), first)) {
      throw missing();
    }
    var entries = new ArrayList<PageEntry>();
    while (page.advance()) {
      entries.add(page.entry());
    }
    write(before.first(), entries, next);
  }

  private static void requireBeforeNext(PageReader page, byte[] key) {
    if (!page.isBeforeNext(key)) {
      throw missing();
    }
  }

  private static Row present(@Nullable Row row) {
    if (row == null) {
      throw missing();
    }
    return row;
  }

  private PageReader reader(Row row) {
    return new PageReader(zoneId, row.first(), row.content());
  }

  /** The page of the greatest first key up to this one. */
  private @Nullable Row lastUpTo(byte[] key) throws SQLException {
    if (find == null) {
      find =
          connection.prepareStatement(
              "SELECT first, content FROM page WHERE zone_id = ? AND first <= ? ORDER BY first DESC LIMIT 1");
    }
    find.setLong(1, zoneId);
    find.setBytes(2, key);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? new Row(row.getBytes(1), row.getBytes(2)) : null;
    }
  }

  private void put(byte[] first, byte[] content) throws SQLException {
    if (put == null) {
      put =
          connection.prepareStatement(
              "INSERT OR REPLACE INTO page (zone_id, first, content) VALUES (?, ?, ?)");
    }
    put.setLong(1, zoneId);
    put.setBytes(2, first);
    put.setBytes(3, content);
    put.executeUpdate();
  }

  /** Takes all pages of the zone away. */
  void clear() throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM page WHERE zone_id = ?")) {
      delete.setLong(1, zoneId);
      delete.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    try (PreparedStatement _ = find;
        PreparedStatement _ = put) {
      find = null;
      put = null;
    }
  }
}
