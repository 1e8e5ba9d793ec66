package net.homeport.nameserver.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Where a connection answers the messages that have come, one behind the other, each with its
 * length before it, to be written at once. Used by one thread at a time.
 */
final class Workspace {

  /** What is gathered before it is written: also the most that one TLS record holds. */
  static final int OCTETS = 16 * 1024;

  /** Longer messages are rare, and not answered in place. */
  private static final int IN_PLACE_OCTETS = 4 * 1024;

  private static final int LENGTH_OCTETS = 2;

  // Outside of the heap, as the slabs of UDP are: the fast lane's code meets one kind of memory.
  private final MemorySegment slab = Arena.ofAuto().allocate(OCTETS, Long.BYTES);
  private final ByteBuffer octets = slab.asByteBuffer();
  private final InPlaceAnswers answers;

  Workspace(InPlaceAnswers answers) {
    this.answers = answers;
  }

  void batchStarts() {
    answers.batchStarts();
  }

  /** Whether there is too little room for {@link #answerInPlace}. */
  boolean isNearlyFull() {
    return octets.remaining() < LENGTH_OCTETS + IN_PLACE_OCTETS;
  }

  /**
   * Answers a message, if that is possible without further ado.
   *
   * @param message the octets from {@code from} on
   * @return whether it is answered
   */
  boolean answerInPlace(byte[] message, int from, int length) {
    if (length > IN_PLACE_OCTETS || isNearlyFull()) {
      return false;
    }
    int at = octets.position() + LENGTH_OCTETS;
    MemorySegment.copy(message, from, slab, ValueLayout.JAVA_BYTE, at, length);
    int answered = answers.answer(slab, at, length, IN_PLACE_OCTETS);
    if (answered == InPlaceAnswers.NOT_FOR_ME) {
      return false;
    }
    octets.putShort((short) answered).position(at + answered);
    return true;
  }

  /** Adds an answer, if there is room. */
  boolean add(byte[] answer) {
    if (octets.remaining() < LENGTH_OCTETS + answer.length) {
      return false;
    }
    octets.putShort((short) answer.length).put(answer);
    return true;
  }

  boolean isEmpty() {
    return octets.position() == 0;
  }

  /** What was gathered, to be written; then {@link #clear}. */
  ByteBuffer gathered() {
    return octets.flip();
  }

  void clear() {
    octets.clear();
  }
}
