package net.homeport.zone;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent hash table keyed by names in wire form: {@link #with} and {@link #without} return a
 * new table that shares all but a path with the old one, so that a reader keeps a consistent
 * version while the writer goes on. Safe to read from any thread without locks.
 *
 * @param <E> the element; it holds its own key, see {@link Keys}
 */
/*
 * Shape. Interior arrays have 64 children, chosen by six bits of the hash from the top down. Leaves
 * are pages: small open-addressing tables, indexed by the lowest bits of the hash, between a quarter
 * and three quarters full, which split into an interior array when they would pass PAGE_MAX slots.
 * So a look-up in a million names reads two interior slots, one page slot and the element, and an
 * update copies two interior arrays and one page. Compared with a trie of bitmap nodes this saves
 * the dependent reads of node objects, and costs about 8 octets a name in page slots.
 *
 * An interior array and a page are both Object[], told apart by length: pages have a power of two,
 * interior arrays one slot more than their fan-out (the last stays empty). The length is read anyway
 * for the bounds check, so telling them apart costs nothing.
 */
@SuppressWarnings("ReferenceEquality") // an unchanged array is returned as it is, to share it
final class HashTrie<E> {
  /** How the table reads the key of an element. */
  interface Keys<E> {
    /** The 64-bit hash of the element's key. */
    long hash(E element);

    /** Whether the element's key is the {@code length} octets of {@code name} from {@code from}. */
    boolean matches(E element, byte[] name, int from, int length);

    /** Whether two elements have the same key. */
    boolean sameKey(E one, E other);
  }

  static final int FAN_OUT = 64;
  static final int INTERIOR = FAN_OUT + 1;
  private static final int PAGE_MIN = 4;
  private static final int PAGE_MAX = 128;
  static final int FIRST_SHIFT = 58;
  static final int BITS = 6;

  private final Keys<E> keys;
  private final @Nullable Object[] root;
  private final int size;

  private HashTrie(Keys<E> keys, @Nullable Object[] root, int size) {
    this.keys = keys;
    this.root = root;
    this.size = size;
  }

  static <E> HashTrie<E> empty(Keys<E> keys) {
    return new HashTrie<>(keys, new Object[PAGE_MIN], 0);
  }

  /** Number of elements. */
  int size() {
    return size;
  }

  /** The element with this key, whose hash the caller already knows, or null. */
  @Nullable E get(long hash, byte[] name, int from, int length) {
    @Nullable Object[] table = root;
    for (int shift = FIRST_SHIFT; table.length == INTERIOR; shift -= BITS) {
      Object child = table[(int) (hash >>> shift) & (FAN_OUT - 1)];
      if (child == null) {
        return null;
      }
      table = (Object[]) child;
    }
    int mask = table.length - 1;
    for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
      E element = element(table[i]);
      if (element == null || keys.matches(element, name, from, length)) {
        return element;
      }
    }
  }

  /** A table in which {@code element} stands, in place of one with the same key if there is one. */
  HashTrie<E> with(E element) {
    var insertion = new Insertion(element, false);
    @Nullable Object[] next = insertion.into(root, FIRST_SHIFT);
    return new HashTrie<>(keys, next, insertion.replaced ? size : size + 1);
  }

  /** A table without the element that has the key of {@code element}. */
  HashTrie<E> without(E element) {
    @Nullable Object[] next = removed(root, FIRST_SHIFT, keys.hash(element), element);
    return next == root ? this : new HashTrie<>(keys, next, size - 1);
  }

  /** Calls {@code action} for each element, in no particular order. */
  void forEach(Consumer<E> action) {
    forEach(root, action);
  }

  private void forEach(@Nullable Object[] table, Consumer<E> action) {
    boolean interior = table.length == INTERIOR;
    for (Object slot : table) {
      if (slot == null) {
        continue;
      }
      if (interior) {
        forEach((Object[]) slot, action);
      } else {
        action.accept(present(slot));
      }
    }
  }

  private @Nullable Object[] removed(@Nullable Object[] table, int shift, long hash, E element) {
    if (table.length == INTERIOR) {
      int at = (int) (hash >>> shift) & (FAN_OUT - 1);
      Object child = table[at];
      if (child == null) {
        return table;
      }
      @Nullable Object[] next = removed((Object[]) child, shift - BITS, hash, element);
      if (next == child) {
        return table;
      }
      @Nullable Object[] copy = table.clone();
      copy[at] = isEmpty(next) ? null : next;
      return copy;
    }
    boolean found = false;
    int count = 0;
    for (Object slot : table) {
      if (slot != null) {
        count++;
        found |= keys.sameKey(present(slot), element);
      }
    }
    if (!found) {
      return table;
    }
    @Nullable Object[] page = new Object[pageSize(count - 1)];
    for (Object slot : table) {
      if (slot != null && !keys.sameKey(present(slot), element)) {
        place(page, keys.hash(present(slot)), present(slot));
      }
    }
    return page;
  }

  private static boolean isEmpty(@Nullable Object[] table) {
    return table.length == PAGE_MIN && Arrays.stream(table).allMatch(slot -> slot == null);
  }

  /** Whether so many elements stand in one page. */
  static boolean fitsPage(int elements) {
    return elements <= PAGE_MAX / 4 * 3;
  }

  /** Slots of a page of so many elements. */
  static int pageSize(int elements) {
    int slots = PAGE_MIN;
    while (elements * 4 > slots * 3) {
      slots *= 2;
    }
    return slots;
  }

  /** Puts an element in a page that has room and no element of this key. */
  static void place(@Nullable Object[] page, long hash, Object element) {
    int mask = page.length - 1;
    int i = (int) hash & mask;
    while (page[i] != null) {
      i = (i + 1) & mask;
    }
    page[i] = element;
  }

  @SuppressWarnings("unchecked")
  private @Nullable E element(@Nullable Object slot) {
    return (E) slot;
  }

  @SuppressWarnings("unchecked")
  private E present(Object slot) {
    return (E) slot;
  }

  /** One insertion on its way down; remembers whether it replaced an element of the same key. */
  private final class Insertion {
    private final E element;
    private final long hash;
    private final boolean inPlace;
    private boolean replaced;

    Insertion(E element, boolean inPlace) {
      this.element = element;
      this.hash = keys.hash(element);
      this.inPlace = inPlace;
    }

    @Nullable Object[] into(@Nullable Object[] table, int shift) {
      if (table.length != INTERIOR) {
        return intoPage(table, shift);
      }
      int at = (int) (hash >>> shift) & (FAN_OUT - 1);
      Object child = table[at];
      @Nullable Object[] next =
          into(child == null ? new Object[PAGE_MIN] : (Object[]) child, shift - BITS);
      if (next == child) {
        return table;
      }
      @Nullable Object[] copy = inPlace ? table : table.clone();
      copy[at] = next;
      return copy;
    }

    private @Nullable Object[] intoPage(@Nullable Object[] page, int shift) {
      int mask = page.length - 1;
      int count = 0;
      for (int i = (int) hash & mask; page[i] != null; i = (i + 1) & mask) {
        if (keys.sameKey(present(Objects.requireNonNull(page[i])), element)) {
          replaced = true;
          @Nullable Object[] copy = inPlace ? page : page.clone();
          copy[i] = element;
          return copy;
        }
      }
      for (Object slot : page) {
        count += slot == null ? 0 : 1;
      }
      if ((count + 1) * 4 <= page.length * 3) {
        @Nullable Object[] copy = inPlace ? page : page.clone();
        place(copy, hash, element);
        return copy;
      }
      if (page.length < PAGE_MAX || shift < 0) {
        @Nullable Object[] larger = new Object[page.length * 2];
        for (Object slot : page) {
          if (slot != null) {
            place(larger, keys.hash(present(slot)), slot);
          }
        }
        place(larger, hash, element);
        return larger;
      }
      return split(page, shift);
    }

    private @Nullable Object[] split(@Nullable Object[] page, int shift) {
      @Nullable Object[] interior = new Object[INTERIOR];
      for (Object slot : page) {
        if (slot != null) {
          spread(interior, shift, present(slot));
        }
      }
      spread(interior, shift, element);
      return interior;
    }

    private void spread(@Nullable Object[] interior, int shift, E moved) {
      int at = (int) (keys.hash(moved) >>> shift) & (FAN_OUT - 1);
      Object child = interior[at];
      interior[at] =
          new Insertion(moved, true)
              .into(child == null ? new Object[PAGE_MIN] : (Object[]) child, shift - BITS);
    }
  }

  /** Fills a new table in place, for bulk loads; not thread safe, and done with after build(). */
  static final class Builder<E> {
    private final HashTrie<E> empty;
    private @Nullable Object[] root;
    private int size;

    Builder(Keys<E> keys) {
      this(keys, new Object[PAGE_MIN], 0);
    }

    /** Goes on from a table that nobody else has. */
    Builder(Keys<E> keys, @Nullable Object[] root, int size) {
      this.empty = HashTrie.empty(keys);
      this.root = root;
      this.size = size;
    }

    void put(E element) {
      var insertion = empty.new Insertion(element, true);
      root = insertion.into(root, FIRST_SHIFT);
      size += insertion.replaced ? 0 : 1;
    }

    @Nullable E get(long hash, byte[] name, int from, int length) {
      return new HashTrie<>(empty.keys, root, size).get(hash, name, from, length);
    }

    HashTrie<E> build() {
      return new HashTrie<>(empty.keys, root, size);
    }
  }
}
