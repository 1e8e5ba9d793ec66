package net.homeport.nameserver.udp;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.homeport.nameserver.socket.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link PacketIo} by recvmmsg(2) and sendmmsg(2): up to {@link #BATCH} datagrams for one system
 * call. Linux on x86_64 and aarch64. Allocates nothing for a packet.
 *
 * <p>Bound to a wildcard address, an answer leaves from the address to which its query was sent.
 *
 * <p><b>Closing.</b> Memory lies in an automatic arena, so it lives as long as this object and
 * cannot be used after it is freed. The file descriptor is another matter: once closed, its number
 * may name somebody else's file. So each system call runs under a lock ({@code inUse} for the
 * owner, one in {@link LaterSender} for the others) which {@link #close} takes before it closes the
 * descriptor; nobody waits for these locks otherwise. To get the owner out of its wait, close()
 * shuts down reading first.
 */
final class NativePacketIo implements PacketIo {

  private static final Logger LOGGER = LoggerFactory.getLogger(NativePacketIo.class);
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  // Structures in their arrays; round numbers, not shorter than their content.
  private static final int NAME_BYTES = 32;
  private static final int CONTROL_BYTES = 64;

  /**
   * Half way to the most preferred: before all usual work, after what the system itself prefers.
   */
  private static final int PREFERRED_NICE_VALUE = -10;

  private final NativeSocket socket;
  private final MemorySegment capture;
  private final MemorySegment closeCapture;
  private final MemorySegment slab;
  final MemorySegment names; // a test puts an impossible sender there
  private final MemorySegment controls;
  private final MessageHeaders queries;
  private final MessageHeaders answers;
  private final LaterSender laterSender;

  private final ReentrantLock inUse = new ReentrantLock();
  private final ReentrantLock closing = new ReentrantLock();
  private volatile boolean closed;

  private int received = BATCH; // so that the first receive prepares all headers
  private int noted;

  private NativePacketIo(NativeSocket socket) {
    this.socket = socket;
    Arena arena = Arena.ofAuto();
    capture = arena.allocate(LinuxSocketCalls.CAPTURE);
    closeCapture = arena.allocate(LinuxSocketCalls.CAPTURE);
    slab = arena.allocate((long) BATCH * SLOT_BYTES, SLOT_BYTES);
    names = arena.allocate((long) BATCH * NAME_BYTES, Long.BYTES);
    controls = arena.allocate((long) BATCH * CONTROL_BYTES, Long.BYTES);
    queries = new MessageHeaders(arena, BATCH);
    answers = new MessageHeaders(arena, BATCH);
    laterSender = new LaterSender(socket);
    for (int slot = 0; slot < BATCH; slot++) {
      queries.setBuffer(slot, bufferAddress(slot), SLOT_BYTES);
    }
  }

  /** Opens a socket; {@link #hindrance} must be empty. */
  static NativePacketIo open(Endpoint endpoint, boolean sharePort) {
    return new NativePacketIo(NativeSocket.open(endpoint, sharePort));
  }

  /** Why this machine cannot have one; empty if it can. Tried once. */
  static Optional<String> hindrance() {
    return Optional.ofNullable(Trial.HINDRANCE);
  }

  @Override
  public MemorySegment slab() {
    return slab;
  }

  @Override
  public int receive() {
    prepare();
    inUse.lock();
    try {
      while (!closed) {
        int count =
            LinuxSocketCalls.receive(
                capture,
                socket.descriptor(),
                queries.all(),
                BATCH,
                LinuxSocketCalls.MSG_WAITFORONE);
        if (count > 0 && !closed) { // closing brings an empty datagram nobody sent
          received = count;
          return count;
        }
        if (count < 0 && !passes(LinuxSocketCalls.errorNumber(capture))) {
          throw new UncheckedIOException(NativeSocket.error("recvmmsg", capture));
        }
      }
      return 0;
    } finally {
      inUse.unlock();
    }
  }

  // The system shortens these lengths when it fills the slots of a batch.
  private void prepare() {
    for (int slot = 0; slot < received; slot++) {
      queries.setName(slot, nameAddress(slot), SocketAddressCodec.MAX_BYTES);
      queries.setControl(
          slot, controlAddress(slot), socket.wildcard() ? PacketInformation.MAX_BYTES : 0);
    }
    received = 0;
    noted = 0;
  }

  // Interrupted, waited in vain, or news of a packet sent before: receive again.
  private static boolean passes(int errorNumber) {
    return switch (errorNumber) {
      case LinuxSocketCalls.EINTR,
          LinuxSocketCalls.EAGAIN,
          LinuxSocketCalls.ECONNREFUSED,
          LinuxSocketCalls.ENETDOWN,
          LinuxSocketCalls.ENETUNREACH,
          LinuxSocketCalls.EHOSTUNREACH ->
          true;
      default -> false;
    };
  }

  @Override
  public int length(int slot) {
    boolean cut = (queries.flags(slot) & LinuxSocketCalls.MSG_TRUNC) != 0;
    return cut ? TOO_LONG : queries.length(slot);
  }

  @Override
  public void reply(int slot, int length) {
    Objects.checkIndex(length, SLOT_BYTES + 1);
    if (length == 0) {
      return;
    }
    int index = noted++;
    answers.setBuffer(index, bufferAddress(slot), length);
    answers.setName(index, nameAddress(slot), queries.nameLength(slot));
    long control = queries.controlLength(slot);
    if (control > 0) {
      PacketInformation.clearInterface(controls, controlOffset(slot), socket.ipv6());
    }
    answers.setControl(index, controlAddress(slot), control);
  }

  @Override
  public int send() {
    int count = noted;
    noted = 0;
    if (count == 0) {
      return 0;
    }
    inUse.lock();
    try {
      return closed ? 0 : send(count);
    } finally {
      inUse.unlock();
    }
  }

  // sendmmsg stops at the first message which fails, and tells why only if asked again from there.
  private int send(int count) {
    int next = 0;
    int taken = 0;
    while (next < count) {
      MemorySegment rest = next == 0 ? answers.all() : answers.from(next);
      int sent = LinuxSocketCalls.send(capture, socket.descriptor(), rest, count - next);
      if (sent > 0) {
        next += sent;
        taken += sent;
        continue;
      }
      switch (LinuxSocketCalls.errorNumber(capture)) {
        case LinuxSocketCalls.EINTR -> {} // the same again
        case LinuxSocketCalls.EAGAIN -> next = count; // no room, and no time to wait for each
        default -> next++; // this one cannot be sent: no route, a firewall, port 0, ...
      }
    }
    return taken;
  }

  @Override
  public InetSocketAddress sender(int slot) {
    return SocketAddressCodec.read(names, nameOffset(slot));
  }

  @Override
  public long senderHigh(int slot) {
    return SocketAddressCodec.high(names, nameOffset(slot));
  }

  @Override
  public long senderLow(int slot) {
    return SocketAddressCodec.low(names, nameOffset(slot));
  }

  @Override
  public int senderPort(int slot) {
    return SocketAddressCodec.port(names, nameOffset(slot));
  }

  @Override
  public ReturnPath returnPath(int slot) {
    @Nullable InetAddress from =
        PacketInformation.localAddress(
            controls, controlOffset(slot), queries.controlLength(slot), socket.ipv6());
    return new ReturnPath(sender(slot), from);
  }

  @Override
  public boolean sendTo(byte[] message, ReturnPath path) {
    return laterSender.send(message, path);
  }

  @Override
  public InetSocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public void close() {
    closing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      int ignored = LinuxSocketCalls.shutdownReading(closeCapture, socket.descriptor());
      inUse.lock();
      try {
        laterSender.stop();
        ignored = LinuxSocketCalls.close(closeCapture, socket.descriptor());
      } finally {
        inUse.unlock();
      }
    } finally {
      closing.unlock();
    }
  }

  private long bufferAddress(int slot) {
    return slab.address() + (long) slot * SLOT_BYTES;
  }

  private static long nameOffset(int slot) {
    return (long) slot * NAME_BYTES;
  }

  private long nameAddress(int slot) {
    return names.address() + nameOffset(slot);
  }

  private static long controlOffset(int slot) {
    return (long) slot * CONTROL_BYTES;
  }

  private long controlAddress(int slot) {
    return controls.address() + controlOffset(slot);
  }

  /** Whether it works here, found out by doing it once on a socket of no use. */
  private static final class Trial {

    static final @Nullable String HINDRANCE = find();

    private static @Nullable String find() {
      if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
        return "this is not Linux";
      }
      String architecture = System.getProperty("os.arch", "");
      if (!ARCHITECTURES.contains(architecture)) {
        return "no native calls for " + architecture;
      }
      try {
        return tryCalls();
      } catch (LinkageError | RuntimeException e) {
        Throwable root = e.getCause() == null ? e : e.getCause();
        return "native calls are not available (" + root + ")";
      }
    }

    // A sandbox may have the functions and still refuse the calls.
    private static @Nullable String tryCalls() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment capture = arena.allocate(LinuxSocketCalls.CAPTURE);
        MessageHeaders headers = new MessageHeaders(arena, 1);
        int descriptor =
            LinuxSocketCalls.socket(
                capture,
                LinuxSocketCalls.AF_INET,
                LinuxSocketCalls.SOCK_DGRAM | LinuxSocketCalls.SOCK_CLOEXEC);
        if (descriptor < 0) {
          return null; // no file descriptors or no IPv4: opening the real one will tell
        }
        int received =
            LinuxSocketCalls.receive(
                capture, descriptor, headers.all(), 1, LinuxSocketCalls.MSG_DONTWAIT);
        boolean receives =
            received < 0 && LinuxSocketCalls.errorNumber(capture) == LinuxSocketCalls.EAGAIN;
        boolean sends = LinuxSocketCalls.send(capture, descriptor, headers.all(), 0) == 0;
        int ignored = LinuxSocketCalls.close(capture, descriptor);
        return receives && sends ? null : "this system refuses recvmmsg or sendmmsg";
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A query takes a microsecond, and an update beside it a hundred times that: without this, a
   * query that comes while the processors are busy waits until an update's time slice is over. The
   * system grants it to root and to whom it allows a nice value (LimitNICE of systemd).
   */
  @Override
  public void preferCallingThread() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment capture = scratch.allocate(LinuxSocketCalls.CAPTURE);
      if (LinuxSocketCalls.setNiceValue(capture, PREFERRED_NICE_VALUE) < 0) {
        LOGGER.debug("queries have no preference: error {}", LinuxSocketCalls.errorNumber(capture));
      }
    }
  }
}
