package net.homeport.zone;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers elements in any order and makes a {@link HashTrie} of them all at once: each page is made
 * once, in its final size, and no element is read for it. One thread; done with after {@link
 * #build}.
 *
 * @param <E> the element
 */
/*
 * Putting a million elements in one by one reads, at each, a page and elements in it that are in no
 * cache, and makes most pages twice. Here the hashes stand beside the elements, and are brought in
 * the order of the table by exchanging them within arrays of some ten thousand.
 */
final class HashTrieLoad<E> {
  private final HashTrie.Keys<E> keys;
  private final @Nullable Bucket[] buckets = new Bucket[HashTrie.FAN_OUT];
  private int size;

  HashTrieLoad(HashTrie.Keys<E> keys) {
    this.keys = keys;
    Arrays.setAll(buckets, _ -> new Bucket());
  }

  /** The elements below one child of the root. */
  private static final class Bucket {
    private static final int CAPACITY_MIN = 16;

    private long[] hashes = new long[CAPACITY_MIN];
    private Object[] elements = new Object[CAPACITY_MIN];
    private int count;

    void add(long hash, Object element) {
      if (count == hashes.length) {
        int capacity = count + (count >> 1);
        hashes = Arrays.copyOf(hashes, capacity);
        elements = Arrays.copyOf(elements, capacity);
      }
      hashes[count] = hash;
      elements[count++] = element;
    }
  }

  /** Adds an element, whose hash the caller already knows. */
  void add(long hash, E element) {
    Bucket bucket = buckets[(int) (hash >>> HashTrie.FIRST_SHIFT)];
    if (bucket == null) {
      throw new IllegalStateException("the table is made already");
    }
    bucket.add(hash, element);
    size++;
  }

  /**
   * The table of all that was added.
   *
   * @throws IllegalArgumentException when two elements have the same key
   */
  HashTrie.Builder<E> build() {
    return new HashTrie.Builder<>(keys, HashTrie.fitsPage(size) ? onePage() : interior(), size);
  }

  private @Nullable Object[] onePage() {
    var all = new Bucket();
    for (Bucket bucket : buckets) {
      for (int i = 0; bucket != null && i < bucket.count; i++) {
        all.add(bucket.hashes[i], bucket.elements[i]);
      }
    }
    return page(all.hashes, all.elements, 0, all.count);
  }

  private @Nullable Object[] interior() {
    @Nullable Object[] root = new Object[HashTrie.INTERIOR];
    for (int i = 0; i < HashTrie.FAN_OUT; i++) {
      Bucket bucket = Objects.requireNonNull(buckets[i]);
      // Garbage from here on.
      buckets[i] = null;
      if (bucket.count > 0) {
        int shift = HashTrie.FIRST_SHIFT - HashTrie.BITS;
        root[i] = table(bucket.hashes, bucket.elements, 0, bucket.count, shift);
      }
    }
    return root;
  }

  private @Nullable Object[] table(long[] hashes, Object[] elements, int from, int to, int shift) {
    if (shift < 0 || HashTrie.fitsPage(to - from)) {
      return page(hashes, elements, from, to);
    }
    int[] ends = partition(hashes, elements, from, to, shift);
    @Nullable Object[] interior = new Object[HashTrie.INTERIOR];
    int start = from;
    for (int i = 0; i < HashTrie.FAN_OUT; i++) {
      if (ends[i] > start) {
        interior[i] = table(hashes, elements, start, ends[i], shift - HashTrie.BITS);
      }
      start = ends[i];
    }
    return interior;
  }

  /** Orders the range by six bits of the hash, in place; returns where each part ends. */
  private static int[] partition(long[] hashes, Object[] elements, int from, int to, int shift) {
    int[] ends = new int[HashTrie.FAN_OUT];
    for (int i = from; i < to; i++) {
      ends[child(hashes[i], shift)]++;
    }
    int[] next = new int[HashTrie.FAN_OUT];
    int start = from;
    for (int i = 0; i < HashTrie.FAN_OUT; i++) {
      next[i] = start;
      start += ends[i];
      ends[i] = start;
    }
    for (int i = 0; i < HashTrie.FAN_OUT; i++) {
      while (next[i] < ends[i]) {
        long hash = hashes[next[i]];
        Object element = elements[next[i]];
        // Each goes where it belongs, and takes out the one that stood there.
        for (int home = child(hash, shift); home != i; home = child(hash, shift)) {
          int there = next[home]++;
          long otherHash = hashes[there];
          Object other = elements[there];
          hashes[there] = hash;
          elements[there] = element;
          hash = otherHash;
          element = other;
        }
        hashes[next[i]] = hash;
        elements[next[i]++] = element;
      }
    }
    return ends;
  }

  private static int child(long hash, int shift) {
    return (int) (hash >>> shift) & (HashTrie.FAN_OUT - 1);
  }

  private @Nullable Object[] page(long[] hashes, Object[] elements, int from, int to) {
    @Nullable Object[] page = new Object[HashTrie.pageSize(to - from)];
    for (int i = from; i < to; i++) {
      for (int before = from; before < i; before++) {
        if (hashes[before] == hashes[i]
            && keys.sameKey(present(elements, before), present(elements, i))) {
          throw new IllegalArgumentException("a key is there twice");
        }
      }
      HashTrie.place(page, hashes[i], elements[i]);
    }
    return page;
  }

  @SuppressWarnings("unchecked")
  private E present(Object[] elements, int i) {
    return (E) elements[i];
  }
}
