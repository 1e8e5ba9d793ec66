package net.homeport.nameserver.update;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Knows signed updates that have come before: a datagram that the network doubled, a requestor that
 * asks again because the answer was lost, or someone who replays what he overheard. None of them is
 * performed twice; each is told what became of the first. Thread safe.
 */
/*
 * What identifies an update, such as its MAC, is as good as random, and no two share it; so 64 bits
 * are enough to know it. They are kept for at least as long as a signature is taken, in two sets: one
 * that fills, and the one before it. With each stands the RCODE of its answer.
 */
public final class RecentUpdates {
  /**
   * How many updates one set holds: beyond 7,000 a second, all the time, they are forgotten sooner.
   */
  static final int SET_MAX = 1 << 22;

  /** More than twice what clocks may differ by TSIG, and than a SIG(0) may live. */
  private static final long WINDOW_MILLIS = 620_000;

  private static final int UNDER_WAY = -1;

  private final InstantSource clock;
  private final int setMax;
  private Outcomes filling = new Outcomes();
  private Outcomes before = new Outcomes();
  private long since;
  private final Map<Long, CompletableFuture<Integer>> underWay = new HashMap<>();

  public RecentUpdates(InstantSource clock) {
    this(clock, SET_MAX);
  }

  RecentUpdates(InstantSource clock, int setMax) {
    this.clock = clock;
    this.setMax = setMax;
    this.since = clock.millis();
  }

  /** What is known of an update. */
  public sealed interface Known {
    /** It is the first; {@link #done} is to be called, whatever becomes of it. */
    record First() implements Known {}

    /** It has come before; the RCODE of the first answer, which may not be there yet. */
    record Again(CompletableFuture<Integer> rcode) implements Known {}
  }

  private static long key(byte[] identity) {
    return identity.length < Long.BYTES ? 0 : ByteBuffer.wrap(identity).getLong();
  }

  /**
   * Takes note of an update.
   *
   * @param identity octets that no other update has, as good as random from the first on
   */
  public synchronized Known note(byte[] identity) {
    long key = key(identity);
    long now = clock.millis();
    if (now < since) {
      since = now; // The clock was set back: whatever is known stays known for longer.
    } else if (now - since > WINDOW_MILLIS || filling.size >= setMax) {
      before = filling;
      filling = new Outcomes();
      since = now;
    }
    CompletableFuture<Integer> first = underWay.get(key);
    if (first != null) {
      return new Known.Again(first);
    }
    int known =
        filling.contains(key)
            ? filling.get(key)
            : before.contains(key) ? before.get(key) : UNDER_WAY;
    if (known != UNDER_WAY) {
      return new Known.Again(CompletableFuture.completedFuture(known));
    }
    underWay.put(key, new CompletableFuture<>());
    return new Known.First();
  }

  /** The update that was the first of its kind has this outcome. */
  public void done(byte[] identity, int rcode) {
    long key = key(identity);
    CompletableFuture<Integer> waiting;
    synchronized (this) {
      filling.put(key, rcode);
      waiting = underWay.remove(key);
    }
    if (waiting != null) {
      waiting.complete(rcode);
    }
  }

  /** Numbers and an octet for each: open addressing, at most three quarters full. */
  private static final class Outcomes {
    private static final int SMALLEST = 1024;

    private long[] keys = new long[SMALLEST];
    private byte[] rcodes = new byte[SMALLEST];
    private int size;

    /** 0 marks a free slot; a number that is 0 is taken for 1. */
    private static long stored(long key) {
      return key == 0 ? 1 : key;
    }

    boolean contains(long key) {
      return keys[slot(keys, stored(key))] != 0;
    }

    int get(long key) {
      return rcodes[slot(keys, stored(key))];
    }

    void put(long key, int rcode) {
      if (4 * (size + 1) > 3 * keys.length) {
        grow();
      }
      int slot = slot(keys, stored(key));
      size += keys[slot] == 0 ? 1 : 0;
      keys[slot] = stored(key);
      rcodes[slot] = (byte) rcode;
    }

    private void grow() {
      long[] largerKeys = new long[2 * keys.length];
      byte[] largerRcodes = new byte[largerKeys.length];
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] != 0) {
          int slot = slot(largerKeys, keys[i]);
          largerKeys[slot] = keys[i];
          largerRcodes[slot] = rcodes[i];
        }
      }
      keys = largerKeys;
      rcodes = largerRcodes;
    }

    private static int slot(long[] keys, long key) {
      int mask = keys.length - 1;
      int at = (int) (key >>> 20) & mask;
      while (keys[at] != 0 && keys[at] != key) {
        at = (at + 1) & mask;
      }
      return at;
    }
  }
}
