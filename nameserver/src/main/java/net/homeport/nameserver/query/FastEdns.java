package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import net.homeport.nameserver.cookie.ServerCookies;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/**
 * The OPT record of one query after the other (RFC 6891), as the fast lane reads it and answers it:
 * with no option, or with a cookie (RFC 7873). Allocates nothing; one instance a thread.
 */
final class FastEdns {
  private static final int OPT_OCTETS = 11;
  private static final int OPTION_HEADER = 4;
  private static final int LONGEST_SERVER_COOKIE = 32;
  private static final int COOKIE_OCTETS =
      OPTION_HEADER + ServerCookies.CLIENT_OCTETS + ServerCookies.SERVER_OCTETS;
  private static final int FLAG_DO = 0x8000;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final ServerCookies cookies;
  private final boolean isStream;
  private long second;

  private boolean present;
  private int limit;
  private int flags;
  private boolean cookie;
  private long clientCookie;
  private boolean serverCookie;
  private long serverHead;
  private long serverHash;
  private long high;
  private long low;

  private FastEdns(ServerCookies cookies, boolean isStream) {
    this.cookies = cookies;
    this.isStream = isStream;
  }

  /** Within the sizes of datagrams. */
  static FastEdns ofDatagrams(ServerCookies cookies) {
    return new FastEdns(cookies, false);
  }

  /** Of any size, and without options. */
  static FastEdns ofStreams(ServerCookies cookies) {
    return new FastEdns(cookies, true);
  }

  void timeIs(long now) {
    second = now;
  }

  /** The query has no OPT record, and must have nothing else either. */
  boolean none(int octetsLeft) {
    present = false;
    cookie = false;
    serverCookie = false;
    limit = isStream ? ResponseSize.STREAM : ResponseSize.WITHOUT_EDNS;
    return octetsLeft == 0;
  }

  /**
   * Reads the record that must fill the rest of the query.
   *
   * @return false if it is anything but a plain OPT record of version 0
   */
  boolean read(MemorySegment slab, long opt, int octets, long askerHigh, long askerLow) {
    if (octets < OPT_OCTETS
        || slab.get(ValueLayout.JAVA_BYTE, opt) != 0
        || slab.get(U16, opt + 1) != Type.OPT
        || slab.get(ValueLayout.JAVA_BYTE, opt + 6) != 0
        || (slab.get(U16, opt + 9) & 0xFFFF) != octets - OPT_OCTETS) {
      return false;
    }
    present = true;
    cookie = false;
    serverCookie = false;
    limit =
        isStream ? ResponseSize.STREAM : ResponseSize.forPayload(slab.get(U16, opt + 3) & 0xFFFF);
    flags = slab.get(U16, opt + 7) & FLAG_DO;
    if (octets == OPT_OCTETS) {
      return true;
    }
    return !isStream
        && readCookie(slab, opt + OPT_OCTETS, octets - OPT_OCTETS, askerHigh, askerLow);
  }

  /** One option, a cookie of a length that RFC 7873 4 allows. */
  private boolean readCookie(
      MemorySegment slab, long option, int octets, long askerHigh, long askerLow) {
    int server = octets - OPTION_HEADER - ServerCookies.CLIENT_OCTETS;
    if (server < 0
        || slab.get(U16, option) != EDNSOption.Code.COOKIE
        || (slab.get(U16, option + 2) & 0xFFFF) != octets - OPTION_HEADER
        || (server > 0 && server < Long.BYTES)
        || server > LONGEST_SERVER_COOKIE) {
      return false;
    }
    long data = option + OPTION_HEADER;
    cookie = true;
    clientCookie = slab.get(U64, data);
    serverCookie = server == ServerCookies.SERVER_OCTETS;
    if (serverCookie) {
      serverHead = slab.get(U64, data + 8);
      serverHash = slab.get(U64, data + 16);
    }
    high = askerHigh;
    low = askerLow;
    return true;
  }

  /** Whether the query has an OPT record, so that the answer has one. */
  boolean isPresent() {
    return present;
  }

  /** Most octets of the answer. */
  int limit() {
    return limit;
  }

  /** Whether the asker sent a cookie, be it a new one's first half. */
  boolean hasCookie() {
    return cookie;
  }

  /** Whether the asker showed that it receives what is sent to its address. */
  boolean hasValidCookie() {
    return serverCookie && cookies.isValid(clientCookie, serverHead, serverHash, high, low, second);
  }

  /** Octets that {@link #write} will write. */
  int answerOctets() {
    return present ? OPT_OCTETS + (cookie ? COOKIE_OCTETS : 0) : 0;
  }

  /**
   * Writes the OPT record of the answer, if it has one.
   *
   * @return its octets
   */
  int write(MemorySegment slab, long opt, int rcode) {
    if (!present) {
      return 0;
    }
    slab.set(ValueLayout.JAVA_BYTE, opt, (byte) 0);
    slab.set(U16, opt + 1, (short) Type.OPT);
    slab.set(U16, opt + 3, (short) ResponseSize.PAYLOAD);
    // Extended RCODE, then version 0.
    slab.set(U16, opt + 5, (short) (rcode >> 4 << 8));
    slab.set(U16, opt + 7, (short) flags);
    slab.set(U16, opt + 9, (short) (cookie ? COOKIE_OCTETS : 0));
    if (!cookie) {
      return OPT_OCTETS;
    }
    long option = opt + OPT_OCTETS;
    long head = ServerCookies.head(second);
    slab.set(U16, option, (short) EDNSOption.Code.COOKIE);
    slab.set(U16, option + 2, (short) (COOKIE_OCTETS - OPTION_HEADER));
    slab.set(U64, option + 4, clientCookie);
    slab.set(U64, option + 12, head);
    slab.set(U64, option + 20, cookies.hash(clientCookie, head, high, low));
    return OPT_OCTETS + COOKIE_OCTETS;
  }
}
