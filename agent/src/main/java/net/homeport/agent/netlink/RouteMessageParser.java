package net.homeport.agent.netlink;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one netlink datagram (netlink(7), rtnetlink(7)). Pure and stateless. */
final class RouteMessageParser {
  private static final int HEADER_BYTES = 16;
  private static final int ADDRESS_BODY_BYTES = 8;
  private static final int ROUTE_BODY_BYTES = 12;

  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLMSG_OVERRUN = 4;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int NLM_F_DUMP_INTR = 0x10;

  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_CACHEINFO = 6;
  private static final int IFA_FLAGS = 8;
  private static final int RTA_OIF = 4;

  /** Two high bits of an attribute's type are flags (nested, network byte order). */
  private static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

  private RouteMessageParser() {}

  /**
   * Reads every message between position and limit, in the machine's byte order.
   *
   * @throws IOException when a length leads outside the datagram; nothing of it is to be trusted
   */
  static List<RouteMessage> parse(ByteBuffer datagram) throws IOException {
    ByteBuffer bytes = datagram.slice().order(ByteOrder.nativeOrder());
    var messages = new ArrayList<RouteMessage>();
    int at = 0;
    while (at < bytes.limit()) {
      require(bytes.limit() - at >= HEADER_BYTES, "header", at);
      int length = bytes.getInt(at);
      require(length >= HEADER_BYTES && length <= bytes.limit() - at, "message length", at);
      int flags = bytes.getShort(at + 6) & 0xffff;
      if ((flags & NLM_F_DUMP_INTR) != 0) {
        messages.add(new RouteMessage.DumpInterrupted());
      }
      messages.add(message(bytes.getShort(at + 4) & 0xffff, bytes.slice(at, length), at));
      // The last message of a datagram may come without its padding.
      at += aligned(length);
    }
    return messages;
  }

  private static RouteMessage message(int type, ByteBuffer slice, int at) throws IOException {
    ByteBuffer message = slice.order(ByteOrder.nativeOrder());
    return switch (type) {
      case NLMSG_ERROR -> {
        require(message.limit() >= HEADER_BYTES + 4, "error body", at);
        yield new RouteMessage.Refused(-message.getInt(HEADER_BYTES));
      }
      case NLMSG_DONE -> new RouteMessage.Done();
      case NLMSG_OVERRUN -> new RouteMessage.Overrun();
      case RTM_NEWADDR, RTM_DELADDR -> address(type == RTM_NEWADDR, type, message, at);
      case RTM_NEWROUTE, RTM_DELROUTE -> route(type == RTM_NEWROUTE, message, at);
      default -> new RouteMessage.Other(type);
    };
  }

  private static RouteMessage address(boolean present, int type, ByteBuffer message, int at)
      throws IOException {
    require(message.limit() >= HEADER_BYTES + ADDRESS_BODY_BYTES, "address body", at);
    int prefixLength = message.get(HEADER_BYTES + 1) & 0xff;
    int flags = message.get(HEADER_BYTES + 2) & 0xff;
    int index = message.getInt(HEADER_BYTES + 4);
    long createdTicks = 0;
    byte @Nullable [] local = null;
    byte @Nullable [] peerOrLocal = null;
    for (Attribute attribute : attributes(message, HEADER_BYTES + ADDRESS_BODY_BYTES, at)) {
      switch (attribute.type()) {
        case IFA_LOCAL -> local = attribute.bytes();
        case IFA_ADDRESS -> peerOrLocal = attribute.bytes();
        // Thirty-two bits; they override the eight of the body.
        case IFA_FLAGS -> flags = attribute.intAt(0);
        case IFA_CACHEINFO -> createdTicks = Integer.toUnsignedLong(attribute.intAt(8));
        default -> {}
      }
    }
    // On a point-to-point link IFA_ADDRESS is the other end; IPv6 has IFA_LOCAL only there.
    byte[] own = local != null ? local : peerOrLocal;
    if (own == null || (own.length != 4 && own.length != 16)) {
      return new RouteMessage.Other(type);
    }
    return new RouteMessage.Address(
        present, index, InetAddress.getByAddress(own), prefixLength, flags, createdTicks);
  }

  private static RouteMessage route(boolean present, ByteBuffer message, int at)
      throws IOException {
    require(message.limit() >= HEADER_BYTES + ROUTE_BODY_BYTES, "route body", at);
    int destinationLength = message.get(HEADER_BYTES + 1) & 0xff;
    int index = 0;
    for (Attribute attribute : attributes(message, HEADER_BYTES + ROUTE_BODY_BYTES, at)) {
      if (attribute.type() == RTA_OIF) {
        index = attribute.intAt(0);
      }
    }
    return new RouteMessage.Route(present, destinationLength == 0, index);
  }

  private static List<Attribute> attributes(ByteBuffer message, int from, int at)
      throws IOException {
    var attributes = new ArrayList<Attribute>();
    int offset = from;
    while (offset + 4 <= message.limit()) {
      int length = message.getShort(offset) & 0xffff;
      require(length >= 4 && length <= message.limit() - offset, "attribute length", at);
      byte[] value = new byte[length - 4];
      message.get(offset + 4, value);
      attributes.add(
          new Attribute(
              message.getShort(offset + 2) & ATTRIBUTE_TYPE_MASK, ByteBuffer.wrap(value)));
      offset += aligned(length);
    }
    return attributes;
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }

  private static void require(boolean holds, String what, int at) throws IOException {
    if (!holds) {
      throw new IOException("netlink message at byte " + at + " has a bad " + what);
    }
  }

  private record Attribute(int type, ByteBuffer value) {
    byte[] bytes() {
      byte[] copy = new byte[value.limit()];
      value.get(0, copy);
      return copy;
    }

    int intAt(int offset) throws IOException {
      require(value.limit() >= offset + 4, "attribute value", offset);
      return value.order(ByteOrder.nativeOrder()).getInt(offset);
    }
  }
}
