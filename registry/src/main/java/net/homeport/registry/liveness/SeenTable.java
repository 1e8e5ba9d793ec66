package net.homeport.registry.liveness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What is known of each host that was heard, some 60 octets a host: rows of primitive arrays, found
 * by name through an index with open addressing. Not thread safe.
 */
final class SeenTable {
  /** No such row. */
  static final int NONE = -1;

  private static final int ROWS_AT_START = 64;
  private static final int DELETED = -1;

  /** Row + 1; 0 for empty, {@link #DELETED} for a row that was removed. */
  private int[] index = new int[4 * ROWS_AT_START];

  private @Nullable Name[] names = new Name[ROWS_AT_START];
  private long[] seen = new long[ROWS_AT_START];
  private int[] gaps = new int[ROWS_AT_START * LearnedInterval.GAPS];
  private @Nullable ClientKind[] clients = new ClientKind[ROWS_AT_START];
  private @Nullable LivenessState[] acted = new LivenessState[ROWS_AT_START];
  private long[] queued = new long[ROWS_AT_START];
  private final BitSet dirty = new BitSet();
  private final BitSet free = new BitSet();

  /** Rows that were ever given out; some may be free. */
  private int rows;

  private int indexed; // live and deleted

  /** The row of this name, or {@link #NONE}. */
  int find(Name name) {
    int mask = index.length - 1;
    for (int i = spread(name) & mask; index[i] != 0; i = (i + 1) & mask) {
      if (index[i] != DELETED && name.equals(names[index[i] - 1])) {
        return index[i] - 1;
      }
    }
    return NONE;
  }

  private static int spread(Name name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  /**
   * The row of this name; an empty one if it is new.
   *
   * @param isPresent which names are to be kept when there is no room
   */
  int add(Name name, Predicate<Name> isPresent) {
    int found = find(name);
    if (found != NONE) {
      return found;
    }
    if (free.isEmpty() && rows == names.length) {
      forgetAllBut(isPresent);
      if (free.cardinality() < rows / 8) {
        grow();
      }
    }
    int row = free.isEmpty() ? rows++ : free.nextSetBit(0);
    free.clear(row);
    names[row] = name;
    if (2 * (indexed + 1) > index.length) {
      reindex(index.length);
    } else {
      enter(name, row);
    }
    return row;
  }

  private void enter(Name name, int row) {
    int mask = index.length - 1;
    int i = spread(name) & mask;
    while (index[i] != 0) {
      i = (i + 1) & mask;
    }
    index[i] = row + 1;
    indexed++;
  }

  private void reindex(int size) {
    index = new int[size];
    indexed = 0;
    for (int row = 0; row < rows; row++) {
      Name name = names[row];
      if (name != null) {
        enter(name, row);
      }
    }
  }

  private void forgetAllBut(Predicate<Name> isPresent) {
    for (int row = 0; row < rows; row++) {
      Name name = names[row];
      if (name != null && !isPresent.test(name)) {
        remove(row);
      }
    }
  }

  private void grow() {
    int size = names.length * 2;
    names = Arrays.copyOf(names, size);
    seen = Arrays.copyOf(seen, size);
    gaps = Arrays.copyOf(gaps, size * LearnedInterval.GAPS);
    clients = Arrays.copyOf(clients, size);
    acted = Arrays.copyOf(acted, size);
    queued = Arrays.copyOf(queued, size);
    reindex(4 * size);
  }

  /** Forgets a row. */
  void remove(int row) {
    Name name = names[row];
    if (name == null) {
      return;
    }
    int mask = index.length - 1;
    int i = spread(name) & mask;
    while (index[i] != row + 1) {
      i = (i + 1) & mask;
    }
    index[i] = DELETED;
    reset(row);
    names[row] = null;
    queued[row] = 0;
    dirty.clear(row);
    free.set(row);
  }

  /** Forgets all of a row but its name. */
  void reset(int row) {
    seen[row] = 0;
    Arrays.fill(gaps, row * LearnedInterval.GAPS, (row + 1) * LearnedInterval.GAPS, 0);
    clients[row] = null;
    acted[row] = null;
  }

  /** One more than the last row. */
  int rows() {
    return rows;
  }

  /** The name of a row; null if it is free. */
  @Nullable Name name(int row) {
    return names[row];
  }

  /** When it was last heard, in milliseconds since 1970; 0 for never. */
  long seen(int row) {
    return seen[row];
  }

  void seen(int row, long millis) {
    seen[row] = millis;
  }

  ClientKind client(int row) {
    ClientKind client = clients[row];
    return client == null ? ClientKind.UNKNOWN : client;
  }

  void client(int row, ClientKind client) {
    clients[row] = client;
  }

  /** The last state whose action was done. */
  LivenessState acted(int row) {
    LivenessState state = acted[row];
    return state == null ? LivenessState.FRESH : state;
  }

  void acted(int row, LivenessState state) {
    acted[row] = state;
  }

  /** When it is looked at next, in seconds since 1970; 0 for never. */
  long queued(int row) {
    return queued[row];
  }

  void queued(int row, long second) {
    queued[row] = second;
  }

  /** In seconds, the latest first. */
  int[] gaps(int row) {
    int first = row * LearnedInterval.GAPS;
    return Arrays.copyOfRange(gaps, first, first + LearnedInterval.GAPS);
  }

  /** Remembers one more gap, or as many as there are, the latest first. */
  void addGaps(int row, int... seconds) {
    int first = row * LearnedInterval.GAPS;
    for (int i = seconds.length - 1; i >= 0; i--) {
      System.arraycopy(gaps, first, gaps, first + 1, LearnedInterval.GAPS - 1);
      gaps[first] = seconds[i];
    }
  }

  /** As {@link LearnedInterval#of}. */
  int learned(int row) {
    return LearnedInterval.of(gaps, row * LearnedInterval.GAPS);
  }

  /** The rows that the store does not have yet as they are. */
  BitSet dirty() {
    return dirty;
  }

  /**
   * Those of them, for the store; they count as there from now on.
   *
   * @param most how many
   */
  List<SeenRow> takeDirty(int most) {
    var taken = new ArrayList<SeenRow>();
    for (int row = dirty.nextSetBit(0);
        row >= 0 && taken.size() < most;
        row = dirty.nextSetBit(row + 1)) {
      dirty.clear(row);
      Name name = names[row];
      if (name != null) {
        taken.add(
            new SeenRow(
                name,
                Instant.ofEpochMilli(seen[row]),
                client(row),
                Arrays.stream(gaps(row)).boxed().toList(),
                acted(row)));
      }
    }
    return taken;
  }
}
