package net.homeport.nameserver.stun;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.zip.CRC32;
import net.homeport.nameserver.query.ResponseRateLimit;
import net.homeport.nameserver.udp.DatagramHandler;
import net.homeport.nameserver.udp.PacketIo;

/**
 * Answers STUN Binding requests (RFC 8489 6.3) in place, without state and without authentication:
 * with XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS for those who know only RFC 3489. Everything that is
 * not a request is met with silence. One a UDP worker.
 */
public final class BindingResponder implements DatagramHandler {
  private static final int HEADER = 20;
  private static final int LENGTH_AT = 2;
  private static final int COOKIE_AT = 4;
  private static final int TRANSACTION_AT = 8;
  private static final int ATTRIBUTE_HEADER = 4;

  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;
  private static final int MAGIC_COOKIE = 0x2112_A442;

  private static final int MAPPED_ADDRESS = 0x0001;
  private static final int ERROR_CODE = 0x0009;
  private static final int UNKNOWN_ATTRIBUTES = 0x000A;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int FINGERPRINT = 0x8028;
  private static final int OPTIONAL = 0x8000;
  private static final int FINGERPRINT_OCTETS = 8;
  private static final int FINGERPRINT_XOR = 0x5354_554E;
  private static final int FAMILY_IPV4 = 1;
  private static final int FAMILY_IPV6 = 2;

  /** ERROR-CODE 420 (Unknown Attribute): class 4, number 20. */
  private static final int UNKNOWN_ATTRIBUTE = 4 << 8 | 20;

  /** More of them than this are not named. */
  private static final int UNKNOWN_MAX = 4;

  private static final long RATE_LIMIT_SUBJECT = 0x5354_554EL << 32;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final ResponseRateLimit limit;
  private final InstantSource clock;
  private final CRC32 crc = new CRC32();
  private final int[] unknown = new int[UNKNOWN_MAX];
  private long second;
  private int unknownCount;
  private boolean fingerprint;

  /**
   * @param limit shared by all workers
   */
  public BindingResponder(ResponseRateLimit limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public void batchStarts() {
    second = Math.floorDiv(clock.millis(), 1000L);
  }

  @Override
  public int handle(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    if (length < HEADER
        || slab.get(U16, offset) != BINDING_REQUEST
        || (slab.get(U16, offset + LENGTH_AT) & 0xFFFF) != length - HEADER
        || length % 4 != 0
        || !readAttributes(slab, offset, length)) {
      return 0;
    }
    long high = io.senderHigh(slot);
    long low = io.senderLow(slot);
    if (!limit.admits(high, low, RATE_LIMIT_SUBJECT, second)) {
      return 0;
    }
    int end =
        unknownCount > 0
            ? writeError(slab, offset)
            : writeAddress(slab, offset, high, low, io.senderPort(slot));
    if (fingerprint) {
      end = writeFingerprint(slab, offset, end);
    } else {
      slab.set(U16, offset + LENGTH_AT, (short) (end - HEADER));
    }
    return end;
  }

  /** Reads the attributes; false for what is to be met with silence. */
  private boolean readAttributes(MemorySegment slab, long message, int length) {
    unknownCount = 0;
    fingerprint = false;
    int at = HEADER;
    while (at < length) {
      if (fingerprint || at + ATTRIBUTE_HEADER > length) {
        return false; // RFC 8489 14.7: FINGERPRINT is the last one
      }
      int type = slab.get(U16, message + at) & 0xFFFF;
      int octets = slab.get(U16, message + at + 2) & 0xFFFF;
      int next = at + ATTRIBUTE_HEADER + (octets + 3) / 4 * 4;
      if (next > length) {
        return false;
      }
      if (type == FINGERPRINT) {
        if (octets != Integer.BYTES
            || slab.get(U32, message + at + ATTRIBUTE_HEADER) != crc(slab, message, at)) {
          return false;
        }
        fingerprint = true;
      } else if (type < OPTIONAL && !isKnown(type) && unknownCount < UNKNOWN_MAX) {
        unknown[unknownCount++] = type;
      }
      at = next;
    }
    return true;
  }

  /** The attributes of RFC 8489 18.3; a server without authentication may ignore them all. */
  private static boolean isKnown(int type) {
    return switch (type) {
      case 0x0001, 0x0006, 0x0008, 0x0009, 0x000A, 0x0014, 0x0015, 0x001C, 0x001D, 0x001E, 0x0020 ->
          true;
      default -> false;
    };
  }

  private static int writeAddress(MemorySegment slab, long message, long high, long low, int port) {
    // Without the magic cookie it is a client of RFC 3489 (RFC 8489 11).
    boolean isMasked = slab.get(U32, message + COOKIE_AT) == MAGIC_COOKIE;
    boolean isIpv4 = high == 0 && low >>> 32 == 0xFFFF;
    long mask = isMasked ? slab.get(U64, message + COOKIE_AT) : 0;
    long at = message + HEADER;
    slab.set(U16, message, (short) BINDING_SUCCESS);
    slab.set(U16, at, (short) (isMasked ? XOR_MAPPED_ADDRESS : MAPPED_ADDRESS));
    slab.set(U16, at + 2, (short) (isIpv4 ? 8 : 20));
    slab.set(U16, at + 4, (short) (isIpv4 ? FAMILY_IPV4 : FAMILY_IPV6));
    slab.set(U16, at + 6, (short) (port ^ (int) (mask >>> 48)));
    if (isIpv4) {
      slab.set(U32, at + 8, (int) low ^ (int) (mask >>> 32));
      return HEADER + 12;
    }
    long rest = isMasked ? slab.get(U64, message + TRANSACTION_AT + 4) : 0;
    slab.set(U64, at + 8, high ^ mask);
    slab.set(U64, at + 16, low ^ rest);
    return HEADER + 24;
  }

  private int writeError(MemorySegment slab, long message) {
    slab.set(U16, message, (short) BINDING_ERROR);
    long at = message + HEADER;
    slab.set(U16, at, (short) ERROR_CODE);
    slab.set(U16, at + 2, (short) 4);
    slab.set(U32, at + 4, UNKNOWN_ATTRIBUTE);
    at += 8;
    int octets = 2 * unknownCount;
    slab.set(U16, at, (short) UNKNOWN_ATTRIBUTES);
    slab.set(U16, at + 2, (short) octets);
    slab.set(U64, at + 4, 0L);
    for (int i = 0; i < unknownCount; i++) {
      slab.set(U16, at + 4 + 2L * i, (short) unknown[i]);
    }
    return HEADER + 8 + ATTRIBUTE_HEADER + (octets + 3) / 4 * 4;
  }

  private int writeFingerprint(MemorySegment slab, long message, int at) {
    // RFC 8489 14.7: the length includes the attribute before it is computed.
    int end = at + FINGERPRINT_OCTETS;
    slab.set(U16, message + LENGTH_AT, (short) (end - HEADER));
    slab.set(U16, message + at, (short) FINGERPRINT);
    slab.set(U16, message + at + 2, (short) Integer.BYTES);
    slab.set(U32, message + at + ATTRIBUTE_HEADER, crc(slab, message, at));
    return end;
  }

  private int crc(MemorySegment slab, long message, int octets) {
    ByteBuffer part = slab.asSlice(message, octets).asByteBuffer();
    crc.reset();
    crc.update(part);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }
}
