package net.homeport.nameserver.udp;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.nameserver.socket.FailureLog;

/** One thread's work: receive a batch, have each datagram answered, send. */
final class UdpWorker implements Runnable {

  /** How long to leave a socket alone which has just failed. */
  private static final long PAUSE_MILLIS = 100;

  private final PacketIo io;
  private final DatagramHandler handler;
  private final FailureLog failureLog;

  // Written by this thread only, so a plain read and an opaque write make an increment; others see
  // it soon, and the packets do not pay for it.
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  UdpWorker(PacketIo io, DatagramHandler handler, FailureLog failureLog) {
    this.io = io;
    this.handler = handler;
    this.failureLog = failureLog;
  }

  /** From any thread. */
  UdpCounts counts() {
    return new UdpCounts(
        received.getOpaque(), answered.getOpaque(), dropped.getOpaque(), failures.getOpaque());
  }

  /** From any thread; ends {@link #run}. */
  void close() {
    io.close();
  }

  @Override
  public void run() {
    io.preferCallingThread();
    boolean open = true;
    while (open) {
      try {
        open = serveBatch();
      } catch (Throwable e) { // of the socket; a worker ends by close() and by nothing else
        failed(e);
        open = pause();
      }
    }
  }

  private boolean serveBatch() {
    int count = io.receive();
    if (count == 0) {
      return false;
    }
    add(received, count);
    startBatch();
    int answers = 0;
    int refused = 0;
    for (int slot = 0; slot < count; slot++) {
      int length = io.length(slot);
      if (length == PacketIo.TOO_LONG) {
        refused++;
        continue;
      }
      int answer = answer(slot, length);
      if (answer > 0) {
        io.reply(slot, answer);
        answers++;
      }
    }
    int sent = io.send();
    add(answered, sent);
    add(dropped, refused + answers - sent);
    return true;
  }

  private void startBatch() {
    try {
      handler.batchStarts();
    } catch (Throwable e) {
      failed(e);
    }
  }

  // Throwable, because a packet which overflows the stack must not end the worker either.
  private int answer(int slot, int length) {
    MemorySegment slab = io.slab();
    long offset = (long) slot * PacketIo.SLOT_BYTES;
    try {
      int answer = handler.handle(slab, offset, length, PacketIo.SLOT_BYTES, io, slot);
      if (answer < 0 || answer > PacketIo.SLOT_BYTES) {
        throw new IllegalStateException("a handler returned an impossible length");
      }
      return answer;
    } catch (Throwable e) {
      failed(e);
      return 0;
    }
  }

  private void failed(Throwable e) {
    add(failures, 1);
    try {
      failureLog.record(e);
    } catch (Throwable ignored) {
      // no memory even for the log line: the count tells
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // nobody interrupts this thread; should it happen, the pause is only shorter
    }
    return true;
  }

  private static void add(AtomicLong counter, long count) {
    counter.setOpaque(counter.getPlain() + count);
  }
}
