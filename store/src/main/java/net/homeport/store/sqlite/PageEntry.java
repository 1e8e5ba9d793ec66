package net.homeport.store.sqlite;

import java.util.Arrays;
import net.homeport.zone.StoredNode;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * One name as it stands in a page ({@link PageReader}): a range of octets of the page it was read
 * from, or an array of its own. Not to be changed.
 *
 * @param octets where it stands
 * @param from the first of its octets
 * @param to after its last octet
 * @param keyFrom the first octet of its key
 * @param keyTo after its key
 */
@SuppressWarnings("ArrayRecordComponent") // a view; never compared
record PageEntry(byte[] octets, int from, int to, int keyFrom, int keyTo) {
  private static final int NUMBER_OCTETS_MAX = 5;
  private static final int MORE = 0x80;

  /** What a store keeps for a name ({@link StoredNode}), and who changed it last if anybody did. */
  static PageEntry of(byte[] node, @Nullable Attribution attribution) {
    byte[] who = attribution == null ? new byte[0] : AttributionCodec.encode(attribution);
    byte[] octets = new byte[2 * NUMBER_OCTETS_MAX + node.length + who.length];
    int nodeAt = putNumber(octets, 0, node.length);
    System.arraycopy(node, 0, octets, nodeAt, node.length);
    int whoAt = putNumber(octets, nodeAt + node.length, who.length);
    System.arraycopy(who, 0, octets, whoAt, who.length);
    int keyTo = nodeAt + 1 + StoredNode.keyLength(node);
    return new PageEntry(octets, 0, whoAt + who.length, nodeAt + 1, keyTo);
  }

  private static int putNumber(byte[] octets, int at, int number) {
    int next = at;
    int left = number;
    for (; left >= MORE; left >>>= 7) {
      octets[next++] = (byte) (left | MORE);
    }
    octets[next++] = (byte) left;
    return next;
  }

  int length() {
    return to - from;
  }

  byte[] key() {
    return Arrays.copyOfRange(octets, keyFrom, keyTo);
  }
}
