package net.homeport.nameserver.udp;

import java.lang.foreign.MemorySegment;

/**
 * Answers datagrams. Each worker of a {@link UdpListener} has one of its own and calls it on its
 * thread only, so it may keep state between calls.
 */
@FunctionalInterface
public interface DatagramHandler {

  /**
   * A batch of datagrams has arrived and is about to be handled: the moment to take what is the
   * same for all of them, such as the current snapshot.
   */
  default void batchStarts() {}

  /**
   * Answers one datagram in place. Must not block: those behind it wait.
   *
   * @param slab the memory; nothing outside of this datagram's slot may be touched
   * @param offset where the query begins, and where the answer is to begin
   * @param length octets of the query, from 0 to {@code capacity}
   * @param capacity octets the answer may take
   * @param io what the datagram came from: asks for its sender, and sends an answer which is ready
   *     later ({@link PacketIo#returnPath}, {@link PacketIo#sendTo}); not to be received from, nor
   *     sent by, here
   * @param slot the datagram's slot in {@code io}
   * @return octets of the answer, 0 for none
   */
  int handle(MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot);
}
