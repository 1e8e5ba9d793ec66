package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A slot in a slab, at an odd offset, with guards around it that nobody may write. */
final class Slot {
  private static final int AT = 77;
  private static final int LARGEST = 2048;
  private static final byte GUARD = 0x5A;

  private final MemorySegment slab = Arena.ofAuto().allocate(AT + LARGEST + 64);

  /** The fast lane's answer, or null if it left the query to the full lane, untouched. */
  byte @Nullable [] answer(FastLane lane, byte[] query, int capacity) {
    slab.fill(GUARD);
    MemorySegment.copy(query, 0, slab, ValueLayout.JAVA_BYTE, AT, query.length);
    int octets = lane.answer(slab, AT, query.length, capacity, 0, Askers.LOW);
    byte[] all = slab.toArray(ValueLayout.JAVA_BYTE);
    assertGuards(all, 0, AT);
    if (octets == FastLane.NOT_FOR_ME) {
      assertThat(Arrays.copyOfRange(all, AT, AT + query.length)).isEqualTo(query);
      assertGuards(all, AT + query.length, all.length);
      return null;
    }
    assertThat(octets).isBetween(12, capacity);
    assertGuards(all, AT + Math.max(octets, query.length), all.length);
    return Arrays.copyOfRange(all, AT, AT + octets);
  }

  private static void assertGuards(byte[] all, int from, int to) {
    for (int i = from; i < to; i++) {
      if (all[i] != GUARD) {
        throw new AssertionError("octet %d was written, relative to the slot".formatted(i - AT));
      }
    }
  }
}
