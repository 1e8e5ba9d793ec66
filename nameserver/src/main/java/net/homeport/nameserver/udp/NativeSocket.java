package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.ListenException;
import net.homeport.nameserver.socket.ListenFailure;

/**
 * A bound UDP socket of Linux with its options.
 *
 * @param descriptor the file descriptor; its owner closes it
 * @param ipv6 whether its family is IPv6
 * @param wildcard whether it takes datagrams to all addresses of this machine, and each comes with
 *     a {@link PacketInformation}
 * @param localAddress where it is bound
 */
record NativeSocket(
    int descriptor, boolean ipv6, boolean wildcard, InetSocketAddress localAddress) {

  /** Room for some 4000 queries while we are busy; the system may give less. */
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /**
   * How long a receive waits at most, in seconds. Closing wakes it at once; this is the net below,
   * for systems which only look like Linux.
   */
  private static final long RECEIVE_WAIT_SECONDS = 1;

  /** How long a full device may hold up the answers, in seconds, before they are dropped. */
  private static final long SEND_WAIT_SECONDS = 1;

  /**
   * Opens and binds a socket.
   *
   * @throws ListenException if it cannot be had
   */
  static NativeSocket open(Endpoint endpoint, boolean sharePort) {
    InetSocketAddress address = endpoint.address();
    boolean ipv6 = endpoint.family() == StandardProtocolFamily.INET6;
    boolean wildcard = address.getAddress().isAnyLocalAddress();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = arena.allocate(LinuxSocketCalls.CAPTURE);
      int descriptor =
          LinuxSocketCalls.socket(
              capture,
              ipv6 ? LinuxSocketCalls.AF_INET6 : LinuxSocketCalls.AF_INET,
              LinuxSocketCalls.SOCK_DGRAM | LinuxSocketCalls.SOCK_CLOEXEC);
      if (descriptor < 0) {
        throw failure(endpoint, "socket", capture);
      }
      try {
        setOptions(new Options(arena, capture, descriptor, endpoint), ipv6, wildcard, sharePort);
        MemorySegment name = arena.allocate(SocketAddressCodec.MAX_BYTES, Long.BYTES);
        int length = SocketAddressCodec.write(name, 0, address, ipv6);
        if (LinuxSocketCalls.bind(capture, descriptor, name, length) < 0) {
          throw failure(endpoint, "bind", capture);
        }
        InetSocketAddress bound = localAddress(arena, capture, descriptor);
        return new NativeSocket(descriptor, ipv6, wildcard, bound);
      } catch (RuntimeException e) {
        int ignored = LinuxSocketCalls.close(capture, descriptor);
        throw e;
      }
    }
  }

  private static void setOptions(
      Options options, boolean ipv6, boolean wildcard, boolean sharePort) {
    int ip = LinuxSocketCalls.IPPROTO_IP;
    int six = LinuxSocketCalls.IPPROTO_IPV6;
    int socket = LinuxSocketCalls.SOL_SOCKET;
    if (sharePort) {
      options.require(socket, LinuxSocketCalls.SO_REUSEPORT, 1);
    }
    options.requireSeconds(LinuxSocketCalls.SO_RCVTIMEO, RECEIVE_WAIT_SECONDS);
    options.requireSeconds(LinuxSocketCalls.SO_SNDTIMEO, SEND_WAIT_SECONDS);
    options.prefer(socket, LinuxSocketCalls.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    if (ipv6) {
      options.require(six, LinuxSocketCalls.IPV6_V6ONLY, wildcard ? 0 : 1);
    }
    if (wildcard) {
      options.require(
          ipv6 ? six : ip,
          ipv6 ? LinuxSocketCalls.IPV6_RECVPKTINFO : LinuxSocketCalls.IP_PKTINFO,
          1);
    }
    // Forged ICMP messages must not make our answers come in fragments, which are easy to forge
    // too (RFC 9715 section 3.1, appendix A). A dual-stack socket has both options.
    options.prefer(ip, LinuxSocketCalls.IP_MTU_DISCOVER, LinuxSocketCalls.PMTUDISC_OMIT);
    if (ipv6) {
      options.prefer(six, LinuxSocketCalls.IPV6_MTU_DISCOVER, LinuxSocketCalls.PMTUDISC_OMIT);
    }
  }

  private static InetSocketAddress localAddress(
      Arena arena, MemorySegment capture, int descriptor) {
    MemorySegment name = arena.allocate(SocketAddressCodec.MAX_BYTES, Long.BYTES);
    MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddressCodec.MAX_BYTES);
    if (LinuxSocketCalls.localName(capture, descriptor, name, length) < 0) {
      throw new UncheckedIOException(error("getsockname", capture));
    }
    return SocketAddressCodec.read(name, 0);
  }

  /** What a failed call tells, as an exception. */
  static IOException error(String call, MemorySegment capture) {
    int number = LinuxSocketCalls.errorNumber(capture);
    String meaning =
        switch (number) {
          case LinuxSocketCalls.EPERM -> "not permitted";
          case LinuxSocketCalls.EACCES -> "permission denied";
          case LinuxSocketCalls.EAFNOSUPPORT -> "this machine lacks this address family";
          case LinuxSocketCalls.EADDRINUSE -> "address already in use";
          case LinuxSocketCalls.EADDRNOTAVAIL -> "not an address of this machine";
          default -> "the system refused";
        };
    return new SocketException(meaning + " (" + call + ", error number " + number + ")");
  }

  private static ListenException failure(Endpoint endpoint, String call, MemorySegment capture) {
    ListenFailure failure =
        switch (LinuxSocketCalls.errorNumber(capture)) {
          case LinuxSocketCalls.EADDRINUSE -> ListenFailure.IN_USE;
          case LinuxSocketCalls.EACCES, LinuxSocketCalls.EPERM -> ListenFailure.FORBIDDEN;
          case LinuxSocketCalls.EADDRNOTAVAIL -> ListenFailure.NOT_LOCAL;
          default -> ListenFailure.OTHER;
        };
    return failure.toException(endpoint, error(call, capture));
  }

  /** Sets options of one socket. */
  private record Options(Arena arena, MemorySegment capture, int descriptor, Endpoint endpoint) {

    void require(int level, int option, int value) {
      check(set(level, option, arena.allocateFrom(JAVA_INT, value)));
    }

    void requireSeconds(int option, long seconds) {
      MemorySegment time = arena.allocateFrom(JAVA_LONG, seconds, 0); // struct timeval
      check(set(LinuxSocketCalls.SOL_SOCKET, option, time));
    }

    /** The socket works without it as well. */
    void prefer(int level, int option, int value) {
      int ignored = set(level, option, arena.allocateFrom(JAVA_INT, value));
    }

    private int set(int level, int option, MemorySegment value) {
      return LinuxSocketCalls.setOption(capture, descriptor, level, option, value);
    }

    private void check(int result) {
      if (result < 0) {
        throw failure(endpoint, "setsockopt", capture);
      }
    }
  }
}
