package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads one row of table page, entry by entry: {@link #advance}, then the accessors of the entry.
 * All methods throw {@link DamagedContentException} when the octets are not what {@link
 * PageBuilder} wrote. One thread.
 *
 * <p>Keys are relative owner names in wire form and lower case, in the order of their octets as
 * unsigned numbers, which is also SQLite's order of blobs.
 *
 * <pre>
 *   u32  CRC-32C of the zone's id (u64), the page's first key and all that follows here
 *   u8   1, the version of this layout
 *   u8   octets of the next page's first key; 0 if this is the last page
 *        the next page's first key
 *   then for each name, in order of the keys:
 *   number  octets of the node
 *           the node, see net.homeport.zone.StoredNode
 *   number  octets of the attribution; 0 for content of a new zone
 *           the attribution of the last change, see AttributionCodec
 * </pre>
 *
 * A number is a LEB128: seven bits an octet, the lowest first; all octets but the last have 0x80.
 */
/*
 * That a page names the next one is what tells that a page is missing: SQLite itself notices no row
 * that is gone.
 */
final class PageReader {
  static final int LAYOUT = 1;
  static final int CHECKSUM_OCTETS = 4;
  private static final int HEAD_OCTETS = CHECKSUM_OCTETS + 2;
  private static final int NUMBER_BITS_MAX = 28;

  private final byte[] first;
  private final byte[] content;
  private final int nextLength;
  private int at;
  private int entryAt;
  private int nodeAt;
  private int nodeLength;
  private int attributionAt;
  private int attributionLength;

  PageReader(long zoneId, byte[] first, byte[] content) {
    this.first = first;
    this.content = content;
    if (content.length < HEAD_OCTETS
        || ByteBuffer.wrap(content).getInt() != checksum(zoneId, first, content, content.length)) {
      throw new DamagedContentException("the checksum of a page of names is wrong");
    }
    if (content[CHECKSUM_OCTETS] != LAYOUT) {
      throw new DamagedContentException("a page of names has the unknown layout " + content[4]);
    }
    nextLength = content[CHECKSUM_OCTETS + 1] & 0xFF;
    at = HEAD_OCTETS + nextLength;
    require(at <= content.length);
    require(nextLength == 0 || compareToNext(first, 0, first.length) < 0);
  }

  static int checksum(long zoneId, byte[] first, byte[] content, int length) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, zoneId));
    crc.update(first);
    crc.update(content, CHECKSUM_OCTETS, length - CHECKSUM_OCTETS);
    return (int) crc.getValue();
  }

  private static void require(boolean right) {
    if (!right) {
      throw new DamagedContentException("a page of names is not in order");
    }
  }

  /** The first key of the next page, empty if this is the last. */
  byte[] next() {
    return Arrays.copyOfRange(content, HEAD_OCTETS, HEAD_OCTETS + nextLength);
  }

  /** Whether this key is none of the pages that follow. */
  boolean isBeforeNext(byte[] key) {
    return nextLength == 0 || compareToNext(key, 0, key.length) < 0;
  }

  private int compareToNext(byte[] octets, int from, int to) {
    return Arrays.compareUnsigned(octets, from, to, content, HEAD_OCTETS, HEAD_OCTETS + nextLength);
  }

  /** Goes on to the next entry; false when there is none. */
  boolean advance() {
    if (at == content.length) {
      require(entryAt == 0 || nextLength == 0 || compareToNext(content, keyAt(), keyEnd()) < 0);
      return false;
    }
    int before = entryAt == 0 ? 0 : keyAt();
    int beforeEnd = entryAt == 0 ? 0 : keyEnd();
    entryAt = at;
    nodeLength = number();
    nodeAt = part(nodeLength);
    attributionLength = number();
    attributionAt = part(attributionLength);
    require(nodeLength > 0 && (content[nodeAt] & 0xFF) < nodeLength);
    require(
        before == 0
            ? compareKey(first) >= 0
            : Arrays.compareUnsigned(content, before, beforeEnd, content, keyAt(), keyEnd()) < 0);
    return true;
  }

  private int number() {
    int value = 0;
    for (int bits = 0; bits <= NUMBER_BITS_MAX; bits += 7) {
      require(at < content.length);
      int octet = content[at++];
      value |= (octet & 0x7F) << bits;
      if (octet >= 0) {
        return value;
      }
    }
    throw new DamagedContentException("a page of names is not in order");
  }

  private int part(int length) {
    require(length >= 0 && length <= content.length - at);
    at += length;
    return at - length;
  }

  private int keyAt() {
    return nodeAt + 1;
  }

  private int keyEnd() {
    return nodeAt + 1 + (content[nodeAt] & 0xFF);
  }

  /** How the entry's key compares with this one. */
  int compareKey(byte[] key) {
    return Arrays.compareUnsigned(content, keyAt(), keyEnd(), key, 0, key.length);
  }

  /** The entry's node, in an array of its own. */
  byte[] node() {
    return Arrays.copyOfRange(content, nodeAt, nodeAt + nodeLength);
  }

  /** The entry's attribution, or null. */
  byte @Nullable [] attribution() {
    return attributionLength == 0
        ? null
        : Arrays.copyOfRange(content, attributionAt, attributionAt + attributionLength);
  }

  /** The entry as it stands in the page. */
  PageEntry entry() {
    return new PageEntry(content, entryAt, at, keyAt(), keyEnd());
  }
}
