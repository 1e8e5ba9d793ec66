package net.homeport.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * What lies at one owner name, packed into one array: the name relative to its zone's apex and its
 * RRsets as answer-ready octets. One object a name is what lets millions of names fit in memory.
 *
 * <p>Arrays are immutable once built: every edit makes a new one. Functions only; the layout is
 * known here alone.
 *
 * <pre>
 *   u8   K, octets of the relative name (0 at the apex)
 *   K    relative name, lower case: labels without the apex
 *   u8   flags: 1 = spelling follows, 2 = child count follows
 *   [K]  the relative name as it was first spelled, if not in lower case
 *   [u32 number of names directly below this one that exist]
 *   then for each RRset: u16 type, u8 management, u16 count, u16 body octets, body
 * </pre>
 */
public final class PackedNode {
  private static final int FLAG_SPELLING = 1;
  private static final int FLAG_CHILDREN = 2;
  private static final int RRSET_HEADER = 7;

  private PackedNode() {}

  /** A node without RRsets: an empty non-terminal (RFC 8499) until something is put there. */
  static byte[] empty(byte[] relative, byte[] spelling) {
    boolean spelled = !Arrays.equals(relative, spelling);
    int k = relative.length;
    byte[] node = new byte[2 + k + (spelled ? k : 0)];
    node[0] = (byte) k;
    System.arraycopy(relative, 0, node, 1, k);
    node[1 + k] = (byte) (spelled ? FLAG_SPELLING : 0);
    if (spelled) {
      System.arraycopy(spelling, 0, node, 2 + k, k);
    }
    return node;
  }

  /** Octets of the relative name. */
  static int keyLength(byte[] node) {
    return node[0] & 0xFF;
  }

  /** Whether the node's relative name is these octets. */
  static boolean hasKey(byte[] node, byte[] name, int from, int length) {
    return keyLength(node) == length
        && Arrays.equals(node, 1, 1 + length, name, from, from + length);
  }

  static boolean sameKey(byte[] one, byte[] other) {
    return hasKey(one, other, 1, keyLength(other));
  }

  static boolean isWildcard(byte[] node) {
    return keyLength(node) >= 2 && node[1] == 1 && node[2] == '*';
  }

  /** Whether the relative name is in lower case and its spelling is the same name. */
  static boolean isSpelled(byte[] node) {
    int k = keyLength(node);
    int offset = (node[1 + k] & FLAG_SPELLING) == 0 ? 0 : 1 + k;
    for (int at = 1; at <= k; at++) {
      int octet = node[at];
      int spelled = node[at + offset];
      boolean isUpper = octet >= 'A' && octet <= 'Z';
      boolean same =
          spelled == octet || (spelled >= 'A' && spelled <= 'Z' && spelled + 32 == octet);
      if (isUpper || !same) {
        return false;
      }
    }
    return true;
  }

  /** The relative name as it was first spelled. */
  static byte[] spelling(byte[] node) {
    int k = keyLength(node);
    int from = spellingAt(node);
    return Arrays.copyOfRange(node, from, from + k);
  }

  /** Where the relative name as it was first spelled stands in {@code node}. */
  public static int spellingAt(byte[] node) {
    int k = keyLength(node);
    return (node[1 + k] & FLAG_SPELLING) == 0 ? 1 : 2 + k;
  }

  /** Octets of the relative name, as spelled or not: its labels without the apex. */
  public static int spellingLength(byte[] node) {
    return keyLength(node);
  }

  private static int childrenAt(byte[] node) {
    int k = keyLength(node);
    return 2 + k + ((node[1 + k] & FLAG_SPELLING) == 0 ? 0 : k);
  }

  private static int rrsetsAt(byte[] node) {
    return childrenAt(node) + ((node[1 + keyLength(node)] & FLAG_CHILDREN) == 0 ? 0 : 4);
  }

  /** Number of existing names directly below this one. */
  static int children(byte[] node) {
    return (node[1 + keyLength(node)] & FLAG_CHILDREN) == 0 ? 0 : u32(node, childrenAt(node));
  }

  /** The same node with another number of children. */
  static byte[] withChildren(byte[] node, int children) {
    int k = keyLength(node);
    int before = childrenAt(node);
    int after = rrsetsAt(node);
    int field = children == 0 ? 0 : 4;
    byte[] next = new byte[before + field + node.length - after];
    System.arraycopy(node, 0, next, 0, before);
    System.arraycopy(node, after, next, before + field, node.length - after);
    if (children == 0) {
      next[1 + k] &= ~FLAG_CHILDREN;
    } else {
      next[1 + k] |= FLAG_CHILDREN;
      putU32(next, before, children);
    }
    return next;
  }

  /**
   * Counts one more child in place, if there is a count to change: only for a node that no zone
   * shares yet.
   *
   * @return false if the node has no children so far; then nothing happened
   */
  static boolean countChild(byte[] node) {
    if ((node[1 + keyLength(node)] & FLAG_CHILDREN) == 0) {
      return false;
    }
    putU32(node, childrenAt(node), children(node) + 1);
    return true;
  }

  /** Whether names below this one are another zone's, or another name's (NS, DNAME). */
  static boolean isCut(byte[] node) {
    return (keyLength(node) > 0 && find(node, Type.NS) >= 0) || find(node, Type.DNAME) >= 0;
  }

  /** Visits the RRsets of a node. */
  @FunctionalInterface
  public interface RrsetVisitor {
    /**
     * @param rrset where it stands, for the functions that take one
     */
    void visit(byte[] node, int rrset);
  }

  static void forEachRrset(byte[] node, RrsetVisitor visitor) {
    for (int at = rrsetsAt(node); at < node.length; at += RRSET_HEADER + bodyLength(node, at)) {
      visitor.visit(node, at);
    }
  }

  /** Number of RRsets. */
  public static int rrsetCount(byte[] node) {
    int count = 0;
    for (int at = rrsetsAt(node); at < node.length; at += RRSET_HEADER + bodyLength(node, at)) {
      count++;
    }
    return count;
  }

  /**
   * Where the RRset of this type stands, for the other functions that take an {@code rrset}; -1 if
   * there is none.
   */
  public static int find(byte[] node, int type) {
    for (int at = rrsetsAt(node); at < node.length; at += RRSET_HEADER + bodyLength(node, at)) {
      if (u16(node, at) == type) {
        return at;
      }
    }
    return -1;
  }

  /** Whether its parts end where the octets end: what a store gives may be damaged. */
  static boolean isWhole(byte[] node) {
    int at = node.length < 2 || node.length < 2 + keyLength(node) ? -1 : rrsetsAt(node);
    while (at >= 0 && at + RRSET_HEADER <= node.length) {
      at += RRSET_HEADER + bodyLength(node, at);
    }
    return at == node.length;
  }

  /** Whether there is any RRset. */
  static boolean hasRrsets(byte[] node) {
    return rrsetsAt(node) < node.length;
  }

  /** RR type of the RRset at {@code rrset}. */
  public static int type(byte[] node, int rrset) {
    return u16(node, rrset);
  }

  /** Number of records of the RRset at {@code rrset}. */
  public static int count(byte[] node, int rrset) {
    return u16(node, rrset + 3);
  }

  /** Where the answer-ready records of the RRset at {@code rrset} start in {@code node}. */
  public static int bodyAt(int rrset) {
    return rrset + RRSET_HEADER;
  }

  /** Octets of the answer-ready records of the RRset at {@code rrset}. */
  public static int bodyLength(byte[] node, int rrset) {
    return u16(node, rrset + 5);
  }

  /** The RRset of this type, or null. */
  static @Nullable Rrset rrset(byte[] node, int type) {
    int at = find(node, type);
    return at < 0 ? null : rrsetAt(node, at);
  }

  private static Rrset rrsetAt(byte[] node, int at) {
    int from = bodyAt(at);
    byte[] body = Arrays.copyOfRange(node, from, from + bodyLength(node, at));
    return new Rrset(u16(node, at), Management.ofCode(node[at + 2]), count(node, at), body);
  }

  /** All RRsets. */
  static List<Rrset> rrsets(byte[] node) {
    var rrsets = new ArrayList<Rrset>(2);
    for (int at = rrsetsAt(node); at < node.length; at += RRSET_HEADER + bodyLength(node, at)) {
      rrsets.add(rrsetAt(node, at));
    }
    return rrsets;
  }

  /** The same node with this RRset, in place of one of the same type. */
  static byte[] with(byte[] node, Rrset rrset) {
    byte[] rest = without(node, rrset.type());
    byte[] body = rrset.body();
    byte[] next = Arrays.copyOf(rest, rest.length + RRSET_HEADER + body.length);
    int at = rest.length;
    putU16(next, at, rrset.type());
    next[at + 2] = (byte) rrset.management().code();
    putU16(next, at + 3, rrset.count());
    putU16(next, at + 5, body.length);
    System.arraycopy(body, 0, next, at + RRSET_HEADER, body.length);
    return next;
  }

  /** The same node without the RRset of this type. */
  static byte[] without(byte[] node, int type) {
    int at = find(node, type);
    if (at < 0) {
      return node;
    }
    int end = at + RRSET_HEADER + bodyLength(node, at);
    byte[] next = new byte[node.length - (end - at)];
    System.arraycopy(node, 0, next, 0, at);
    System.arraycopy(node, end, next, at, node.length - end);
    return next;
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  private static int u32(byte[] octets, int at) {
    return u16(octets, at) << 16 | u16(octets, at + 2);
  }

  private static void putU16(byte[] octets, int at, int value) {
    octets[at] = (byte) (value >>> 8);
    octets[at + 1] = (byte) value;
  }

  private static void putU32(byte[] octets, int at, int value) {
    putU16(octets, at, value >>> 16);
    putU16(octets, at + 2, value);
  }
}
