package net.homeport.nameserver.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends single messages through the socket of a {@link NativePacketIo}, from any thread, one after
 * the other. It has memory and a lock of its own, so it never disturbs the owner's batch.
 */
final class LaterSender {

  private final NativeSocket socket;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment capture = arena.allocate(LinuxSocketCalls.CAPTURE);
  private final MemorySegment name = arena.allocate(SocketAddressCodec.MAX_BYTES, Long.BYTES);
  private final MemorySegment control = arena.allocate(PacketInformation.MAX_BYTES, Long.BYTES);
  private final MessageHeaders header = new MessageHeaders(arena, 1);
  private final ReentrantLock lock = new ReentrantLock();

  private MemorySegment buffer = arena.allocate(PacketIo.SLOT_BYTES, Long.BYTES);
  private boolean stopped;

  LaterSender(NativeSocket socket) {
    this.socket = socket;
  }

  /** See {@link PacketIo#sendTo}. */
  boolean send(byte[] message, ReturnPath path) {
    lock.lock();
    try {
      if (stopped) {
        return false;
      }
      fill(message, path);
      int sent;
      do {
        sent = LinuxSocketCalls.send(capture, socket.descriptor(), header.all(), 1);
      } while (sent < 0 && LinuxSocketCalls.errorNumber(capture) == LinuxSocketCalls.EINTR);
      return sent == 1;
    } finally {
      lock.unlock();
    }
  }

  /** From its return on, the file descriptor is not used any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
  }

  private void fill(byte[] message, ReturnPath path) {
    if (message.length > buffer.byteSize()) {
      // The automatic arena frees the shorter one; at most some steps up to 64 KiB.
      buffer = Arena.ofAuto().allocate(message.length, Long.BYTES);
    }
    MemorySegment.copy(message, 0, buffer, JAVA_BYTE, 0, message.length);
    header.setBuffer(0, buffer.address(), message.length);
    int nameLength = SocketAddressCodec.write(name, 0, path.to(), socket.ipv6());
    header.setName(0, name.address(), nameLength);
    int controlLength =
        path.from() == null ? 0 : PacketInformation.write(control, 0, path.from(), socket.ipv6());
    header.setControl(0, control.address(), controlLength);
  }
}
