package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The socket calls of Linux's C library, one method each. A negative result means failure, and then
 * {@link #errorNumber} tells which.
 *
 * <p>The numbers below are those of x86_64 and aarch64, which agree. No method allocates. Touching
 * this class throws an Error where the calls cannot be linked or native access is not granted;
 * {@link NativePacketIo#hindrance} does it first.
 */
// "restricted": calling C is what this class is for; the program grants it on its command line.
@SuppressWarnings("restricted")
final class LinuxSocketCalls {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_RCVTIMEO = 20;
  static final int SO_SNDTIMEO = 21;

  static final int IPPROTO_IP = 0;
  static final int IP_PKTINFO = 8;
  static final int IP_MTU_DISCOVER = 10;

  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;

  /** Of both IP_MTU_DISCOVER and IPV6_MTU_DISCOVER: do not let others tell us the path's MTU. */
  static final int PMTUDISC_OMIT = 5;

  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_WAITFORONE = 0x10000;
  static final int SHUT_RD = 0;

  static final int PRIO_PROCESS = 0;

  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETDOWN = 100;
  static final int ENETUNREACH = 101;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;

  /** Where a call leaves its error number; each thread brings its own. */
  static final MemoryLayout CAPTURE = Linker.Option.captureStateLayout();

  private static final VarHandle ERROR_NUMBER =
      CAPTURE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME = handle("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle RECVMMSG =
      handle("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SENDMMSG =
      handle("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle SHUTDOWN = handle("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle SETPRIORITY =
      handle("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

  private LinuxSocketCalls() {}

  private static MethodHandle handle(String name, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, parameters),
        Linker.Option.captureCallState("errno"));
  }

  /** The error number of the last failed call which was given this memory. */
  static int errorNumber(MemorySegment capture) {
    return (int) ERROR_NUMBER.get(capture, 0L);
  }

  /** socket(2). */
  static int socket(MemorySegment capture, int family, int type) {
    try {
      return (int) SOCKET.invokeExact(capture, family, type, 0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** setsockopt(2). */
  static int setOption(
      MemorySegment capture, int descriptor, int level, int option, MemorySegment value) {
    try {
      return (int)
          SETSOCKOPT.invokeExact(capture, descriptor, level, option, value, (int) value.byteSize());
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** bind(2). */
  static int bind(MemorySegment capture, int descriptor, MemorySegment name, int length) {
    try {
      return (int) BIND.invokeExact(capture, descriptor, name, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** getsockname(2). */
  static int localName(
      MemorySegment capture, int descriptor, MemorySegment name, MemorySegment length) {
    try {
      return (int) GETSOCKNAME.invokeExact(capture, descriptor, name, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** recvmmsg(2) without its time limit, which does not do what one expects (see BUGS there). */
  static int receive(
      MemorySegment capture, int descriptor, MemorySegment headers, int count, int flags) {
    try {
      return (int)
          RECVMMSG.invokeExact(capture, descriptor, headers, count, flags, MemorySegment.NULL);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** sendmmsg(2). */
  static int send(MemorySegment capture, int descriptor, MemorySegment headers, int count) {
    try {
      return (int) SENDMMSG.invokeExact(capture, descriptor, headers, count, 0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** shutdown(2) for reading; on a UDP socket it fails, but wakes who waits there. */
  static int shutdownReading(MemorySegment capture, int descriptor) {
    try {
      return (int) SHUTDOWN.invokeExact(capture, descriptor, SHUT_RD);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** close(2). */
  static int close(MemorySegment capture, int descriptor) {
    try {
      return (int) CLOSE.invokeExact(capture, descriptor);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** setpriority(2) of the calling thread: with Linux, each thread has a nice value of its own. */
  static int setNiceValue(MemorySegment capture, int niceValue) {
    try {
      return (int) SETPRIORITY.invokeExact(capture, PRIO_PROCESS, 0, niceValue);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  // A C function throws nothing; the signature of invokeExact has to promise everything.
  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a system call threw", e);
  }
}
