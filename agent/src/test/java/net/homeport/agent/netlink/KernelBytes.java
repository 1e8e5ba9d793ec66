package net.homeport.agent.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes messages as the kernel does, in this machine's byte order. */
final class KernelBytes {
  static final int NEWADDR = 20;
  static final int DELADDR = 21;
  static final int NEWROUTE = 24;
  static final int DELROUTE = 25;

  private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
  private int messageAt;

  KernelBytes header(int type) {
    return header(type, 0);
  }

  KernelBytes header(int type, int flags) {
    finish();
    messageAt = bytes.position();
    bytes.putInt(16).putShort((short) type).putShort((short) flags).putInt(7).putInt(0);
    return this;
  }

  /** struct ifaddrmsg. */
  KernelBytes address(int family, int prefixLength, int flags, int scope, int index) {
    bytes.put((byte) family).put((byte) prefixLength).put((byte) flags).put((byte) scope);
    bytes.putInt(index);
    return this;
  }

  /** struct rtmsg of a unicast route in the main table. */
  KernelBytes route(int family, int destinationLength) {
    bytes.put((byte) family).put((byte) destinationLength).put((byte) 0).put((byte) 0);
    bytes.put((byte) 254).put((byte) 3).put((byte) 0).put((byte) 1).putInt(0);
    return this;
  }

  KernelBytes attribute(int type, byte... value) {
    bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    bytes.position((bytes.position() + 3) & ~3);
    return this;
  }

  KernelBytes attribute(int type, int... values) {
    ByteBuffer value = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
    for (int one : values) {
      value.putInt(one);
    }
    byte[] raw = new byte[value.capacity()];
    value.get(0, raw);
    return attribute(type, raw);
  }

  KernelBytes raw(int value) {
    bytes.putInt(value);
    return this;
  }

  ByteBuffer datagram() {
    finish();
    return bytes.duplicate().flip();
  }

  private void finish() {
    if (bytes.position() > messageAt) {
      bytes.putInt(messageAt, bytes.position() - messageAt);
      messageAt = bytes.position();
    }
  }
}
