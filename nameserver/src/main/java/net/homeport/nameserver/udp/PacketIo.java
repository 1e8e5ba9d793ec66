package net.homeport.nameserver.udp;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import net.homeport.nameserver.socket.ListenException;

/**
 * A UDP socket which takes in a batch of datagrams and sends out a batch of answers.
 *
 * <p>The datagrams of a batch lie in the slots of one slab of native memory: slot {@code i} begins
 * at {@code i * SLOT_BYTES}. The answer to a datagram is written over it, in the same slot. The
 * cycle is {@link #receive}, then for each slot {@link #length} and {@link #reply}, then {@link
 * #send}; the next {@code receive} reuses the slots.
 *
 * <p>One platform thread owns a PacketIo and calls its methods; a receive blocks this thread
 * outright, also where it would be a virtual one. Only {@link #sendTo}, {@link #close}, {@link
 * #slab} and {@link #localAddress} may be called from any thread. After {@link #close} every method
 * may still be called and does no harm; nothing is sent any more.
 */
public interface PacketIo extends AutoCloseable {

  /** The most datagrams in one batch. */
  int BATCH = 64;

  /**
   * The size of a slot in octets: a bound on queries and on answers. Longer ones than 4096 are not
   * useful over UDP (RFC 6891 6.2.5, RFC 9715), they go over TCP.
   */
  int SLOT_BYTES = 4096;

  /** What {@link #length} says of a datagram which was longer than its slot. */
  int TOO_LONG = -1;

  /** Which implementation to open. */
  enum Kind {
    /** {@link #NATIVE} where it works, else {@link #CHANNEL}. */
    AUTOMATIC,
    /** The system calls {@code recvmmsg} and {@code sendmmsg}: 64-bit Linux. */
    NATIVE,
    /** {@link java.nio.channels.DatagramChannel}: everywhere. */
    CHANNEL
  }

  /**
   * Opens a socket and binds it.
   *
   * <p>An IPv4 address takes IPv4 datagrams. An IPv6 address takes IPv6 datagrams, except {@code
   * ::}, which takes those of both families, as a TCP socket on {@code ::} does; so {@code ::} and
   * {@code 0.0.0.0} cannot be bound beside each other.
   *
   * @param address where to listen; port 0 picks a free port
   * @param sharePort whether other sockets of this user which say the same may be bound to the same
   *     port (SO_REUSEPORT); the system spreads the senders over them. Such a bind does not notice
   *     that another program of this user has the port: {@link UdpListener} does
   * @param kind which implementation
   * @throws ListenException if the port cannot be had; its message tells the user what to do
   * @throws UnsupportedOperationException if this machine lacks the kind asked for, or cannot share
   *     a port ({@link PacketIos#canSharePort})
   */
  static PacketIo open(InetSocketAddress address, boolean sharePort, Kind kind) {
    return PacketIos.open(address, sharePort, kind);
  }

  /** The memory of all slots, {@code BATCH * SLOT_BYTES} octets; the same one for ever. */
  MemorySegment slab();

  /**
   * Waits until at least one datagram is there and takes in as many as have arrived, up to {@link
   * #BATCH}. They are in the slots from 0 on, in the order of their arrival.
   *
   * @return the number of datagrams, or 0 after {@link #close}, and never 0 otherwise
   * @throws java.io.UncheckedIOException if the system refuses; it may be tried again after a pause
   */
  int receive();

  /** The datagram's length in octets (0 is possible), or {@link #TOO_LONG} for one cut off. */
  int length(int slot);

  /**
   * Notes that the slot holds an answer. To be called at most once for each slot of a batch.
   *
   * @param slot the slot of the query
   * @param length octets of the answer from the slot's begin on; 0 means no answer
   * @throws IndexOutOfBoundsException if length is not from 0 to {@link #SLOT_BYTES}
   */
  void reply(int slot, int length);

  /**
   * Sends the answers noted since {@link #receive}. Each leaves from the address to which its query
   * was sent; see the implementation for limits. An answer which the system refuses is dropped, as
   * the network might drop it: UDP has nobody to tell.
   *
   * @return how many answers the system took
   */
  int send();

  /** Who sent the datagram. Allocates: not for every packet. */
  InetSocketAddress sender(int slot);

  /**
   * The first 64 bits of the sender's address, IPv4 in its IPv6 form {@code ::ffff:a.b.c.d} (RFC
   * 4291 2.5.5.2). Allocates nothing.
   */
  long senderHigh(int slot);

  /** The last 64 bits of the sender's address; see {@link #senderHigh}. */
  long senderLow(int slot);

  /** The sender's port. Allocates nothing. */
  int senderPort(int slot);

  /**
   * All it takes to answer the datagram later, when its slot holds another one. Allocates: not for
   * every packet.
   */
  ReturnPath returnPath(int slot);

  /**
   * Sends one message at once, from any thread; for answers which are ready later. It may wait
   * shortly for room in the socket's buffer.
   *
   * @return whether the system took it; false after {@link #close}
   */
  boolean sendTo(byte[] message, ReturnPath path);

  /** As {@link #sendTo(byte[], ReturnPath)}, the system chooses the address it leaves from. */
  default boolean sendTo(byte[] message, InetSocketAddress to) {
    return sendTo(message, new ReturnPath(to, null));
  }

  /** The address and port it is bound to, the port being the real one if 0 was asked for. */
  InetSocketAddress localAddress();

  /**
   * Closes the socket and wakes a thread which waits in {@link #receive}. From any thread; returns
   * when the socket is closed. Further calls do nothing.
   */
  @Override
  void close();

  /**
   * Asks the system to let the calling thread, which receives, go before other work on the same
   * processors; where it does not let us, all stays as it is.
   */
  default void preferCallingThread() {}
}
