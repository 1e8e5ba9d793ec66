package net.homeport.registry.liveness;

import java.util.Arrays;

/** Rows by the second in which they are due, the earliest first; a binary heap. Not thread safe. */
final class DueQueue {
  /** Bits of a row's number: 64 million rows, and seconds for longer than anyone will ask. */
  private static final int ROW_BITS = 26;

  private long[] heap = new long[64];
  private int size;

  void add(long second, int row) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    long entry = second << ROW_BITS | row;
    int i = size++;
    while (i > 0 && heap[(i - 1) / 2] > entry) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = entry;
  }

  /** The second of the earliest; {@link Long#MAX_VALUE} if there is none. */
  long earliest() {
    return size == 0 ? Long.MAX_VALUE : heap[0] >>> ROW_BITS;
  }

  /** Takes the earliest, of which there must be one; its row. */
  int take() {
    final int row = (int) (heap[0] & ((1 << ROW_BITS) - 1));
    long last = heap[--size];
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return row;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
