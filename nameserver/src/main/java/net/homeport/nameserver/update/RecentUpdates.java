package net.homeport.nameserver.update;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Knows signed updates that have come before: a datagram that the network doubled, a requestor that
 * asks again because the answer was lost, or someone who replays what he overheard. None of them is
 * performed twice; the first two get the answer of the first time. Thread safe.
 */
/*
 * A MAC is as good as random, and no two messages share one; so 64 bits of it are enough to know it.
 * They are kept for at least as long as the signature would be taken (RFC 8945: twice the fudge), in
 * two sets: one that fills, and the one before it. Answers are kept for the last few thousand only,
 * since who has lost an answer asks again within seconds; for an older one the caller is told that it
 * is known, without an answer.
 */
public final class RecentUpdates {
  /** How many updates one set holds: beyond 28,000 a second they are forgotten sooner. */
  static final int SET_MAX = 1 << 23;

  /** How many answers are kept. */
  static final int ANSWERS_MAX = 4_096;

  private static final long WINDOW_MILLIS = 600_000;

  private final InstantSource clock;
  private LongSet filling = new LongSet();
  private LongSet before = new LongSet();
  private long since;
  private final Map<Long, CompletableFuture<byte[]>> answers =
      new LinkedHashMap<>() {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CompletableFuture<byte[]>> eldest) {
          return size() > ANSWERS_MAX;
        }
      };

  public RecentUpdates(InstantSource clock) {
    this.clock = clock;
    this.since = clock.millis();
  }

  /** What is known of an update. */
  public sealed interface Known {
    /** It is the first; its answer is to be put here. */
    record First(CompletableFuture<byte[]> answer) implements Known {}

    /**
     * It has come before.
     *
     * @param answer of the first time, or to be; null if that is forgotten
     */
    record Again(@Nullable CompletableFuture<byte[]> answer) implements Known {}
  }

  /** Takes note of the update with this MAC. */
  public synchronized Known note(byte[] mac) {
    long known = mac.length < Long.BYTES ? 0 : ByteBuffer.wrap(mac).getLong();
    long now = clock.millis();
    if (now - since > WINDOW_MILLIS || now < since || filling.size() >= SET_MAX) {
      before = filling;
      filling = new LongSet();
      since = now;
    }
    if (filling.contains(known) || before.contains(known)) {
      return new Known.Again(answers.get(known));
    }
    filling.add(known);
    var answer = new CompletableFuture<byte[]>();
    answers.put(known, answer);
    return new Known.First(answer);
  }

  /** A set of numbers, open addressing, at most three quarters full. */
  private static final class LongSet {
    private static final int SMALLEST = 1024;

    private long[] slots = new long[SMALLEST];
    private int size;
    private boolean hasZero;

    int size() {
      return size;
    }

    boolean contains(long number) {
      return number == 0 ? hasZero : slots[slot(slots, number)] == number;
    }

    void add(long number) {
      if (number == 0) {
        hasZero = true;
        return;
      }
      if (4 * (size + 1) > 3 * slots.length) {
        long[] larger = new long[2 * slots.length];
        for (long kept : slots) {
          if (kept != 0) {
            larger[slot(larger, kept)] = kept;
          }
        }
        slots = larger;
      }
      slots[slot(slots, number)] = number;
      size++;
    }

    private static int slot(long[] slots, long number) {
      int mask = slots.length - 1;
      int at = (int) (number >>> 20) & mask;
      while (slots[at] != 0 && slots[at] != number) {
        at = (at + 1) & mask;
      }
      return at;
    }
  }
}
