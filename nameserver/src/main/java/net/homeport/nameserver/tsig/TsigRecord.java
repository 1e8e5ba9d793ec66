package net.homeport.nameserver.tsig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A TSIG record as it stands at the end of a message (RFC 8945 section 4.2).
 *
 * @param start where it begins in the message
 * @param key name of the key
 * @param algorithm name of the algorithm
 * @param timeSigned seconds since 1970
 * @param fudge seconds that the clocks may differ
 * @param originalId ID of the message when it was signed
 * @param error extended RCODE
 * @param other by BADTIME the server's time
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TsigRecord(
    int start,
    Name key,
    Name algorithm,
    long timeSigned,
    int fudge,
    byte[] mac,
    int originalId,
    int error,
    byte[] other) {
  private static final int HEADER = 12;
  private static final int ANY = DClass.ANY;
  private static final int POINTER = 0xC0;

  /** What a message has where its TSIG should be. */
  sealed interface Found {
    /** None at all. */
    record Absent() implements Found {}

    /** One, at the end. */
    record Present(TsigRecord tsig) implements Found {}

    /** One that is not the last record, that is not alone, or that cannot be read. */
    record Misplaced() implements Found {}
  }

  /** Looks through a message; never fails, whatever the octets. */
  static Found find(byte[] message) {
    int at = HEADER;
    if (message.length < HEADER) {
      return new Found.Absent();
    }
    int questions = u16(message, 4);
    for (int i = 0; i < questions && at >= 0; i++) {
      at = skipName(message, at);
      at = at < 0 || at + 4 > message.length ? -1 : at + 4;
    }
    int records = u16(message, 6) + u16(message, 8) + u16(message, 10);
    int additional = u16(message, 10);
    for (int i = 0; i < records; i++) {
      if (at < 0) {
        return new Found.Absent(); // Who reads the rest of it will say what is wrong.
      }
      int start = at;
      at = skipName(message, at);
      if (at < 0 || at + 10 > message.length) {
        return new Found.Absent();
      }
      int type = u16(message, at);
      int end = at + 10 + u16(message, at + 8);
      if (end > message.length) {
        return type == Type.TSIG ? new Found.Misplaced() : new Found.Absent();
      }
      if (type == Type.TSIG) {
        boolean isLast = i == records - 1 && additional > 0 && end == message.length;
        TsigRecord tsig = isLast ? read(message, start, at, end) : null;
        return tsig == null ? new Found.Misplaced() : new Found.Present(tsig);
      }
      at = end;
    }
    return new Found.Absent();
  }

  private static @Nullable TsigRecord read(byte[] message, int start, int fixed, int end) {
    // RFC 8945 4.2: class ANY, TTL 0.
    if (u16(message, fixed + 2) != ANY
        || u16(message, fixed + 4) != 0
        || u16(message, fixed + 6) != 0) {
      return null;
    }
    Name key = name(message, start);
    int rdata = fixed + 10;
    Name algorithm = name(message, rdata);
    int at = skipName(message, rdata);
    if (key == null || algorithm == null || at < 0 || at + 10 > end) {
      return null;
    }
    long time =
        (long) u16(message, at) << 32 | (long) u16(message, at + 2) << 16 | u16(message, at + 4);
    int fudge = u16(message, at + 6);
    int macLength = u16(message, at + 8);
    at += 10;
    if (at + macLength + 6 > end) {
      return null;
    }
    byte[] mac = slice(message, at, macLength);
    at += macLength;
    int originalId = u16(message, at);
    int error = u16(message, at + 2);
    int otherLength = u16(message, at + 4);
    at += 6;
    if (at + otherLength != end) {
      return null;
    }
    return new TsigRecord(
        start,
        key,
        algorithm,
        time,
        fudge,
        mac,
        originalId,
        error,
        slice(message, at, otherLength));
  }

  /** See {@link TsigVerifier#questionType}. */
  static int questionType(byte[] message) {
    int end = message.length < HEADER || u16(message, 4) != 1 ? -1 : skipName(message, HEADER);
    return end < 0 || end + 4 > message.length ? -1 : u16(message, end);
  }

  private static byte[] slice(byte[] octets, int from, int length) {
    byte[] slice = new byte[length];
    System.arraycopy(octets, from, slice, 0, length);
    return slice;
  }

  static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  /** Behind the name that begins there; -1 if it does not end. */
  private static int skipName(byte[] message, int from) {
    int at = from;
    while (at < message.length) {
      int length = message[at] & 0xFF;
      if (length >= POINTER) {
        return at + 2 <= message.length ? at + 2 : -1;
      }
      if (length == 0) {
        return at + 1;
      }
      if (length > 63) {
        return -1;
      }
      at += length + 1;
    }
    return -1;
  }

  /** The name that begins there, pointers followed backwards only; null if it is none. */
  private static @Nullable Name name(byte[] message, int from) {
    ByteBuffer wire = ByteBuffer.allocate(255);
    int at = from;
    int lowest = from;
    while (at < message.length) {
      int length = message[at] & 0xFF;
      if (length >= POINTER) {
        if (at + 2 > message.length) {
          return null;
        }
        int target = u16(message, at) & 0x3FFF;
        if (target >= lowest || target < HEADER) {
          return null;
        }
        lowest = target;
        at = target;
        continue;
      }
      if (length > 63 || at + length + 1 > message.length || wire.remaining() < length + 1) {
        return null;
      }
      wire.put(message, at, length + 1);
      if (length == 0) {
        try {
          return new Name(Arrays.copyOf(wire.array(), wire.position()));
        } catch (IOException | IllegalArgumentException _) {
          return null;
        }
      }
      at += length + 1;
    }
    return null;
  }
}
