package net.homeport.agent.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * A NETLINK_ROUTE socket of this process; needs no privilege. Linux only.
 *
 * <p>A blocked {@link #receive} holds its thread inside the kernel, so the receiver is a platform
 * thread. Bounds: datagrams of 64 KiB, a kernel buffer of 1 MiB; beyond either, {@link
 * RouteMessage.Overrun}.
 */
public final class NetlinkSocket implements RouteMessages {
  /** Group of RTM_NEWADDR and RTM_DELADDR for IPv4. */
  public static final int IPV4_ADDRESSES = 0x10;

  /** Group of RTM_NEWROUTE and RTM_DELROUTE for IPv4. */
  public static final int IPV4_ROUTES = 0x40;

  /** Group of RTM_NEWADDR and RTM_DELADDR for IPv6. */
  public static final int IPV6_ADDRESSES = 0x100;

  /** Group of RTM_NEWROUTE and RTM_DELROUTE for IPv6. */
  public static final int IPV6_ROUTES = 0x400;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 0x80003;
  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int EFD_CLOEXEC_NONBLOCK = 0x80800;
  private static final short POLLIN = 1;
  private static final int MSG_DONTWAIT_TRUNC = 0x60;

  // The kernel builds dumps in pieces of at most 32 KiB.
  private static final int DATAGRAM_BYTES_MAX = 64 * 1024;
  private static final int KERNEL_BUFFER_BYTES = 1024 * 1024;
  private static final int SOCKET_ADDRESS_BYTES = 12;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(LinuxCalls.STATE);
  private final MemorySegment buffer = arena.allocate(DATAGRAM_BYTES_MAX, 8);
  private final MemorySegment sender = arena.allocate(SOCKET_ADDRESS_BYTES, 4);
  private final MemorySegment senderLength = arena.allocate(JAVA_INT);
  private final MemorySegment descriptors = arena.allocate(16, 4);
  private final int socket;
  private final int alarm;
  private boolean closed;

  private NetlinkSocket(int groups) throws IOException {
    int opened = -1;
    int eventDescriptor = -1;
    try {
      opened =
          checked("socket", LinuxCalls.socket(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE));
      eventDescriptor = checked("eventfd", LinuxCalls.eventfd(state, 0, EFD_CLOEXEC_NONBLOCK));
      MemorySegment size = arena.allocateFrom(JAVA_INT, KERNEL_BUFFER_BYTES);
      // A smaller buffer also works: an overrun is told and answered by reading everything.
      int _ = LinuxCalls.setsockopt(state, opened, SOL_SOCKET, SO_RCVBUF, size);
      MemorySegment local = arena.allocate(SOCKET_ADDRESS_BYTES, 4);
      local.set(JAVA_SHORT, 0, (short) AF_NETLINK);
      local.set(JAVA_INT, 8, groups);
      checked("bind", LinuxCalls.bind(state, opened, local));
    } catch (IOException e) {
      closeDescriptors(opened, eventDescriptor);
      arena.close();
      throw e;
    }
    socket = opened;
    alarm = eventDescriptor;
    descriptors.set(JAVA_INT, 0, socket);
    descriptors.set(JAVA_SHORT, 4, POLLIN);
    descriptors.set(JAVA_INT, 8, alarm);
    descriptors.set(JAVA_SHORT, 12, POLLIN);
  }

  /**
   * Opens a socket that hears the given groups, from now on.
   *
   * @param groups any of the constants above, or 0 to hear only answers to {@link #send}
   * @throws IOException on another system, where native access is denied, or when the kernel (a
   *     sandbox) refuses
   */
  public static NetlinkSocket open(int groups) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Linux")
        || ValueLayout.ADDRESS.byteSize() != 8) {
      throw new IOException("netlink needs 64-bit Linux");
    }
    try {
      return new NetlinkSocket(groups);
    } catch (LinkageError | IllegalCallerException | UnsupportedOperationException e) {
      throw new IOException("native access is not possible: " + e.getMessage(), e);
    }
  }

  /** Sends one request to the kernel. Receiver's thread only. */
  void send(ByteBuffer request) throws IOException {
    try (Arena passing = Arena.ofConfined()) {
      MemorySegment bytes = passing.allocate(request.remaining(), 4);
      bytes.copyFrom(MemorySegment.ofBuffer(request));
      // Netlink takes a message whole or not at all, so the count says nothing more.
      long _ = checked("send", LinuxCalls.send(state, socket, bytes));
    }
  }

  @Override
  public List<RouteMessage> receive(Duration limit) throws IOException {
    int milliseconds = (int) Math.min(Integer.MAX_VALUE, Math.max(0, limit.toMillis()));
    int ready = LinuxCalls.poll(state, descriptors, 2, milliseconds);
    if (ready == -LinuxCalls.EINTR || ready == 0) {
      return List.of();
    }
    checked("poll", ready);
    boolean woken = descriptors.get(JAVA_SHORT, 14) != 0;
    boolean readable = descriptors.get(JAVA_SHORT, 6) != 0;
    return woken || !readable ? List.of() : read();
  }

  private List<RouteMessage> read() throws IOException {
    senderLength.set(JAVA_INT, 0, SOCKET_ADDRESS_BYTES);
    long count =
        LinuxCalls.recvfrom(state, socket, buffer, MSG_DONTWAIT_TRUNC, sender, senderLength);
    if (count == -LinuxCalls.EINTR || count == -LinuxCalls.EAGAIN) {
      return List.of();
    }
    // With MSG_TRUNC the count is the datagram's true length.
    if (count == -LinuxCalls.ENOBUFS || count > DATAGRAM_BYTES_MAX) {
      return List.of(new RouteMessage.Overrun());
    }
    checked("recvfrom", count);
    // Port 0 is the kernel; another process with the right to write to us is not believed.
    if (sender.get(JAVA_INT, 4) != 0) {
      return List.of();
    }
    return RouteMessageParser.parse(buffer.asSlice(0, count).asByteBuffer());
  }

  @Override
  public synchronized void wake() {
    if (closed) {
      return;
    }
    try (Arena passing = Arena.ofConfined()) {
      MemorySegment one = passing.allocateFrom(ValueLayout.JAVA_LONG, 1L);
      // Can only fail when the counter is full, and then the receiver is awake anyway.
      long _ = LinuxCalls.write(passing.allocate(LinuxCalls.STATE), alarm, one);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeDescriptors(socket, alarm);
    arena.close();
  }

  private void closeDescriptors(int... open) {
    for (int descriptor : open) {
      if (descriptor >= 0) {
        int _ = LinuxCalls.close(state, descriptor);
      }
    }
  }

  private static int checked(String call, int result) throws IOException {
    checked(call, (long) result);
    return result;
  }

  private static long checked(String call, long result) throws IOException {
    if (result < 0) {
      throw new IOException("netlink: " + call + " failed with errno " + -result);
    }
    return result;
  }
}
