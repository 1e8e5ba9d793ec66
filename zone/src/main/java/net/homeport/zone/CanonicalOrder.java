package net.homeport.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A zone's names in canonical order (RFC 4034 6.1), the apex first: for text and for people. */
public final class CanonicalOrder {
  private static final int END_OF_LABEL = 0;
  private static final int ESCAPE = 1;

  private CanonicalOrder() {}

  /** What is told of each name that has RRsets. */
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    /**
     * @param owner as first spelled
     * @param rrsets SOA first, then NS, then by type number
     */
    void visit(Name owner, List<Rrset> rrsets) throws E;
  }

  /** Visits each name that has RRsets. */
  public static <E extends Exception> void forEach(Zone zone, Visitor<E> visitor) throws E {
    var keys = new ArrayList<Key>(zone.nameCount());
    zone.names()
        .forEach(node -> {
          if (PackedNode.hasRrsets(node)) {
            keys.add(new Key(sortable(node), node));
          }
        });
    keys.sort((one, other) -> Arrays.compareUnsigned(one.sortable, other.sortable));
    for (Key key : keys) {
      List<Rrset> rrsets = PackedNode.rrsets(key.node);
      rrsets.sort(Comparator.comparingInt(CanonicalOrder::rank));
      visitor.visit(Zone.nameOf(PackedNode.spelling(key.node), zone.apex()), rrsets);
    }
  }

  private static int rank(Rrset rrset) {
    return switch (rrset.type()) {
      case Type.SOA -> -2;
      case Type.NS -> -1;
      default -> rrset.type();
    };
  }

  private static final class Key {
    private final byte[] sortable;
    private final byte[] node;

    Key(byte[] sortable, byte[] node) {
      this.sortable = sortable;
      this.node = node;
    }
  }

  /** Octets that compare as the name does: labels from the right, none before any octet. */
  private static byte[] sortable(byte[] node) {
    int end = 1 + PackedNode.keyLength(node);
    int labels = 0;
    int escapes = 0;
    for (int at = 1; at < end; at += 1 + node[at]) {
      labels++;
      for (int i = at + 1; i <= at + node[at]; i++) {
        escapes += node[i] == END_OF_LABEL || node[i] == ESCAPE ? 1 : 0;
      }
    }
    int[] starts = new int[labels];
    for (int at = 1, label = 0; at < end; at += 1 + node[at]) {
      starts[label++] = at;
    }
    byte[] sortable = new byte[end - 1 + escapes];
    int to = 0;
    for (int label = labels - 1; label >= 0; label--) {
      int at = starts[label];
      for (int i = at + 1; i <= at + node[at]; i++) {
        if (node[i] == END_OF_LABEL || node[i] == ESCAPE) {
          sortable[to++] = ESCAPE;
          sortable[to++] = (byte) (node[i] + 1);
        } else {
          sortable[to++] = node[i];
        }
      }
      sortable[to++] = END_OF_LABEL;
    }
    return sortable;
  }
}
