package net.homeport.agent.netlink;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the two questions the agent asks the kernel (rtnetlink(7)). Pure and stateless. */
final class RouteRequest {
  private static final int RTM_GETADDR = 22;
  private static final int RTM_GETROUTE = 26;
  private static final int NLM_F_REQUEST = 0x1;
  private static final int NLM_F_DUMP = 0x300;
  private static final int RTA_DST = 1;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;

  private RouteRequest() {}

  /** Every address of every interface, both families. */
  static ByteBuffer dumpAddresses() {
    return message(24, RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP);
  }

  /** The one route the kernel would take to {@code destination}; no packet is sent. */
  static ByteBuffer routeTo(InetAddress destination) {
    byte[] address = destination.getAddress();
    ByteBuffer message = message(16 + 12 + 4 + address.length, RTM_GETROUTE, NLM_F_REQUEST);
    message.put(16, address.length == 4 ? AF_INET : AF_INET6);
    message.put(17, (byte) (address.length * 8));
    message.putShort(28, (short) (4 + address.length)).putShort(30, (short) RTA_DST);
    message.put(32, address);
    return message;
  }

  private static ByteBuffer message(int length, int type, int flags) {
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    return message.putInt(0, length).putShort(4, (short) type).putShort(6, (short) flags);
  }
}
