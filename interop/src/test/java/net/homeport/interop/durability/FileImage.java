package net.homeport.interop.durability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file: what is surely on disk, and what was done to it since. */
final class FileImage {
  private static final int[] UNITS = {512, 4096};

  private final List<Change> pending = new ArrayList<>();
  private byte[] content = new byte[0];
  private int length;

  void add(Change change) {
    pending.add(change);
  }

  /** Everything so far is on disk. */
  void sync() {
    pending.forEach(this::apply);
    pending.clear();
  }

  /** Nothing since the last sync is on disk, nor will be: the system counts it as written. */
  void failSync() {
    pending.clear();
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Write write ->
          put(Math.toIntExact(write.offset()), write.data().array(), 0, write.data().capacity());
      case Change.Truncate cut -> {
        int next = Math.toIntExact(cut.length());
        reserve(next);
        if (next < length) {
          Arrays.fill(content, next, length, (byte) 0);
        }
        length = next;
      }
      default -> throw new IllegalArgumentException("not a change of content: " + change);
    }
  }

  private void reserve(int wanted) {
    if (wanted > content.length) {
      content = Arrays.copyOf(content, Math.max(wanted, 2 * content.length));
    }
  }

  private void put(int at, byte[] data, int from, int count) {
    reserve(at + from + count);
    System.arraycopy(data, from, content, at + from, count);
    length = Math.max(length, at + from + count);
  }

  /** What may be found after a power cut: each change since the sync whole, gone, or in pieces. */
  byte[] afterPowerCut(Random random) {
    var found = new FileImage();
    found.content = content.clone();
    found.length = length;
    double kept = random.nextInt(4) / 3.0;
    double torn = random.nextInt(3) / 2.0;
    int unit = UNITS[random.nextInt(UNITS.length)];
    for (Change change : pending) {
      if (change instanceof Change.Write write && random.nextDouble() < torn) {
        found.tear(write, unit, random);
      } else if (random.nextDouble() < kept) {
        found.apply(change);
      }
    }
    return Arrays.copyOf(found.content, found.length);
  }

  /** Sector by sector; one beyond the end of the file may hold whatever the disk held before. */
  private void tear(Change.Write write, int unit, Random random) {
    int at = Math.toIntExact(write.offset());
    int count = write.data().capacity();
    for (int from = 0; from < count; ) {
      int step = Math.min(unit - (at + from) % unit, count - from);
      if (random.nextBoolean()) {
        put(at, write.data().array(), from, step);
      } else if (at + from >= length && random.nextInt(4) == 0) {
        byte[] garbage = new byte[step];
        random.nextBytes(garbage);
        put(at + from, garbage, 0, step);
      }
      from += step;
    }
  }
}
