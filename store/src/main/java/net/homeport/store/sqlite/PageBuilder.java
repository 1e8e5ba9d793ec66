package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Puts names in pages, which {@link PageReader} reads: {@link #add} them in the order of their
 * keys, then {@link #finish}. One thread.
 */
final class PageBuilder {
  /**
   * Octets of a page that is made with others. With its key it fills one overflow page of SQLite
   * and a part of a leaf.
   */
  static final int GOAL = 4_400;

  /** Octets from which on a page is divided, if it holds more than one name. */
  static final int MAX = 8_192;

  /** Takes finished pages, in order. */
  interface Sink {
    void accept(byte[] first, byte[] content) throws SQLException;
  }

  private final long zoneId;
  private final byte[] end;
  private final int goal;
  private final Sink sink;
  private byte[] first;
  private byte[] entries = new byte[2 * MAX];
  private int length;

  /**
   * Pages from one key to another.
   *
   * @param first the first key of the first page
   * @param end the first key of the page that follows all of these; empty if none does
   * @param goal octets from which on the next page is begun
   */
  PageBuilder(long zoneId, byte[] first, byte[] end, int goal, Sink sink) {
    this.zoneId = zoneId;
    this.first = first;
    this.end = end;
    this.goal = goal;
    this.sink = sink;
  }

  /** The goal for so many octets in all: pages of equal size, and one as long as they fit. */
  static int goal(int octets) {
    if (octets <= MAX) {
      return MAX;
    }
    int pages = (octets + GOAL - 1) / GOAL;
    return octets / pages + 1;
  }

  void add(PageEntry entry) throws SQLException {
    if (length > 0 && (length >= goal || length + entry.length() > MAX)) {
      byte[] next = entry.key();
      flush(next);
      first = next;
    }
    if (length + entry.length() > entries.length) {
      entries = Arrays.copyOf(entries, length + entry.length());
    }
    System.arraycopy(entry.octets(), entry.from(), entries, length, entry.length());
    length += entry.length();
  }

  /** Gives the last page to the sink: at least one comes, be it empty. */
  void finish() throws SQLException {
    flush(end);
  }

  private void flush(byte[] next) throws SQLException {
    var content = ByteBuffer.allocate(PageReader.CHECKSUM_OCTETS + 2 + next.length + length);
    content.putInt(0).put((byte) PageReader.LAYOUT).put((byte) next.length).put(next);
    content.put(entries, 0, length);
    byte[] octets = content.array();
    content.putInt(0, PageReader.checksum(zoneId, first, octets, octets.length));
    sink.accept(first, octets);
    length = 0;
    if (entries.length > 2 * MAX) {
      entries = new byte[2 * MAX];
    }
  }
}
