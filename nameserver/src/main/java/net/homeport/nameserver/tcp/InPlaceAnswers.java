package net.homeport.nameserver.tcp;

import java.lang.foreign.MemorySegment;

/**
 * Answers usual messages where they lie, without allocation. An instance is used by one thread at a
 * time, but by different ones over its life; what it keeps between calls needs no lock.
 */
public interface InPlaceAnswers {

  /** What {@link #answer} returns for a message that it leaves to {@link MessageHandler#handle}. */
  int NOT_FOR_ME = 0;

  /** Leaves every message. */
  InPlaceAnswers NONE = (_, _, _, _) -> NOT_FOR_ME;

  /**
   * Messages have come and are about to be answered: the moment to take what is the same for all of
   * them, such as the current snapshot.
   */
  default void batchStarts() {}

  /**
   * Answers one message in place. Must not block.
   *
   * @param slab the memory; nothing but the {@code capacity} octets at {@code at} may be touched
   * @param at where the message begins, without its length, and where the answer is to begin
   * @param length octets of the message, from 12 to {@code capacity}
   * @param capacity octets the answer may take
   * @return octets of the answer, or {@link #NOT_FOR_ME}; then the message is untouched
   */
  int answer(MemorySegment slab, long at, int length, int capacity);
}
