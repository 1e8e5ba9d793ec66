package net.homeport.zone;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * Makes a new zone of what a store kept ({@link StoredNode}), millions of names in a second or so:
 * {@link #add} each in any order, then {@link #finish}. From {@link ZoneSnapshot#newLoader}. One
 * thread, used once.
 */
public final class ZoneLoader {
  private final Name apex;
  private final long seed;
  private final NameKey apexKey;
  private final NodeKeys keys;
  private final HashTrieLoad<byte[]> names;

  // Names two labels and more below the apex: what lies between may have no RRsets and so not be
  // stored.
  private final List<byte[]> deep = new ArrayList<>();

  private int children;
  private int cuts;
  private int wildcards;

  ZoneLoader(Name apex, long seed) {
    this.apex = apex;
    this.seed = seed;
    this.apexKey = NameKey.of(seed, apex);
    this.keys = new NodeKeys(apexKey.suffixHash(0));
    this.names = new HashTrieLoad<>(keys);
  }

  /**
   * Adds stored octets. The array becomes part of the zone: the caller gives it away.
   *
   * @throws IllegalArgumentException when they are damaged, as far as that can be seen
   */
  public void add(byte[] stored) {
    if (!PackedNode.isWhole(stored) || PackedNode.children(stored) != 0) {
      throw new IllegalArgumentException("a stored name of the zone " + apex + " is cut short");
    }
    switch (labels(stored)) {
      case 0 -> {}
      case 1 -> children++;
      default -> deep.add(stored);
    }
    cuts += PackedNode.isCut(stored) ? 1 : 0;
    wildcards += PackedNode.isWildcard(stored) ? 1 : 0;
    names.add(keys.hash(stored), stored);
  }

  /** Number of labels above the apex. */
  private int labels(byte[] stored) {
    int end = 1 + PackedNode.keyLength(stored);
    int count = 0;
    int at = 1;
    while (at < end) {
      int label = stored[at];
      // Not even a pointer: those are negative.
      if (label < 1 || label > NameKey.MAX_LABEL_OCTETS) {
        break;
      }
      at += 1 + label;
      count++;
    }
    if (at != end
        || end - 1 + apex.length() > NameKey.MAX_OCTETS
        || !PackedNode.isSpelled(stored)) {
      throw new IllegalArgumentException(
          "a stored name of the zone " + apex + " is not the wire form of a name");
    }
    return count;
  }

  /**
   * The zone with all names that were added and what they imply, to be edited on.
   *
   * @throws IllegalArgumentException when two of them are the same name
   */
  public ZoneEditor finish() {
    ZoneEditor editor = ZoneEditor.loaded(apex, apexKey, seed, names.build(), cuts, wildcards);
    var key = new NameKey(seed);
    for (byte[] node : deep) {
      editor.countAtParent(node, key);
    }
    deep.clear();
    editor.countChildrenOfApex(children);
    return editor;
  }
}
