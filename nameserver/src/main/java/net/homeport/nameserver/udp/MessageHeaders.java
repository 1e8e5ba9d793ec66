package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of C's {@code struct mmsghdr}, each with one {@code struct iovec}: what recvmmsg(2) and
 * sendmmsg(2) work through. Offsets are those of 64-bit Linux.
 *
 * <p>Pointers are kept as plain numbers so that setting one makes no object; the owner keeps the
 * memory they point to alive.
 */
final class MessageHeaders {

  private static final long HEADER_BYTES = 64;
  private static final long VECTOR_BYTES = 16;

  private static final long NAME = 0;
  private static final long NAME_LENGTH = 8;
  private static final long VECTOR = 16;
  private static final long VECTOR_COUNT = 24;
  private static final long CONTROL = 32;
  private static final long CONTROL_LENGTH = 40;
  private static final long FLAGS = 48;
  private static final long LENGTH = 56;

  private final MemorySegment headers;
  private final MemorySegment vectors;

  /** A cleared array. */
  MessageHeaders(Arena arena, int count) {
    headers = arena.allocate(HEADER_BYTES * count, Long.BYTES);
    vectors = arena.allocate(VECTOR_BYTES * count, Long.BYTES);
    for (int i = 0; i < count; i++) {
      headers.set(JAVA_LONG, HEADER_BYTES * i + VECTOR, vectors.address() + VECTOR_BYTES * i);
      headers.set(JAVA_LONG, HEADER_BYTES * i + VECTOR_COUNT, 1L);
    }
  }

  /** The array itself, for the system call. */
  MemorySegment all() {
    return headers;
  }

  /** The array from one header on. Allocates. */
  MemorySegment from(int index) {
    return headers.asSlice(HEADER_BYTES * index);
  }

  /** Points to the memory of the datagram. */
  void setBuffer(int index, long address, int length) {
    vectors.set(JAVA_LONG, VECTOR_BYTES * index, address);
    vectors.set(JAVA_LONG, VECTOR_BYTES * index + 8, length);
  }

  /** Points to the socket address of the other side. */
  void setName(int index, long address, int length) {
    headers.set(JAVA_LONG, HEADER_BYTES * index + NAME, address);
    headers.set(JAVA_INT, HEADER_BYTES * index + NAME_LENGTH, length);
  }

  /** Points to the control message; a length of 0 means none. */
  void setControl(int index, long address, long length) {
    headers.set(JAVA_LONG, HEADER_BYTES * index + CONTROL, address);
    headers.set(JAVA_LONG, HEADER_BYTES * index + CONTROL_LENGTH, length);
  }

  /** The length of the other side's socket address; the system shortens it. */
  int nameLength(int index) {
    return headers.get(JAVA_INT, HEADER_BYTES * index + NAME_LENGTH);
  }

  /** The length of the control message; the system shortens it. */
  long controlLength(int index) {
    return headers.get(JAVA_LONG, HEADER_BYTES * index + CONTROL_LENGTH);
  }

  /** The flags which the system set. */
  int flags(int index) {
    return headers.get(JAVA_INT, HEADER_BYTES * index + FLAGS);
  }

  /** The octets received or sent. */
  int length(int index) {
    return headers.get(JAVA_INT, HEADER_BYTES * index + LENGTH);
  }
}
