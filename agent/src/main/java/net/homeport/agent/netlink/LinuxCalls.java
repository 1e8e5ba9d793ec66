package net.homeport.agent.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The nine functions of the C library behind {@link NetlinkSocket}, for 64-bit Linux. Each returns
 * what C returns, or the negated errno when that is -1; {@code state} is a segment of {@link
 * #STATE} in which the errno is caught, used by one thread at a time.
 *
 * <p>Loading this class elsewhere fails with a LinkageError.
 */
@SuppressWarnings("restricted")
final class LinuxCalls {
  /** Layout of the {@code state} parameter. */
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENOBUFS = 105;

  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECVFROM =
      function(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle POLL =
      function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  // Reports failure by a null pointer, so the errno is of no interest.
  private static final MethodHandle IF_INDEXTONAME =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("if_indextoname"),
          FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));

  private LinuxCalls() {}

  static int socket(MemorySegment state, int domain, int type, int protocol) {
    try {
      return result(state, (int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int bind(MemorySegment state, int socket, MemorySegment address) {
    try {
      return result(
          state, (int) BIND.invokeExact(state, socket, address, (int) address.byteSize()));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int setsockopt(MemorySegment state, int socket, int level, int name, MemorySegment value) {
    try {
      return result(
          state,
          (int) SETSOCKOPT.invokeExact(state, socket, level, name, value, (int) value.byteSize()));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static long send(MemorySegment state, int socket, MemorySegment bytes) {
    try {
      return result(state, (long) SEND.invokeExact(state, socket, bytes, bytes.byteSize(), 0));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static long recvfrom(
      MemorySegment state,
      int socket,
      MemorySegment buffer,
      int flags,
      MemorySegment sender,
      MemorySegment senderLength) {
    try {
      return result(
          state,
          (long)
              RECVFROM.invokeExact(
                  state, socket, buffer, buffer.byteSize(), flags, sender, senderLength));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int poll(MemorySegment state, MemorySegment descriptors, long count, int milliseconds) {
    try {
      return result(state, (int) POLL.invokeExact(state, descriptors, count, milliseconds));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int eventfd(MemorySegment state, int initial, int flags) {
    try {
      return result(state, (int) EVENTFD.invokeExact(state, initial, flags));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static long write(MemorySegment state, int descriptor, MemorySegment bytes) {
    try {
      return result(state, (long) WRITE.invokeExact(state, descriptor, bytes, bytes.byteSize()));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  static int close(MemorySegment state, int descriptor) {
    try {
      return result(state, (int) CLOSE.invokeExact(state, descriptor));
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  /** Writes the interface's name into {@code name} (16 bytes); false when there is none. */
  static boolean interfaceName(int index, MemorySegment name) {
    try {
      return !((MemorySegment) IF_INDEXTONAME.invokeExact(index, name)).equals(MemorySegment.NULL);
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static int result(MemorySegment state, int returned) {
    return returned == -1 ? -(int) ERRNO.get(state, 0L) : returned;
  }

  private static long result(MemorySegment state, long returned) {
    return returned == -1 ? -(int) ERRNO.get(state, 0L) : returned;
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  // A downcall throws nothing of its own; what arrives here is an Error or a bug.
  private static RuntimeException impossible(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("native call", thrown);
  }
}
