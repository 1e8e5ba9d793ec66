package net.homeport.nameserver.transfer;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A query for a zone (RFC 5936 2.1, RFC 1995 3).
 *
 * @param zone the name in the question, spelled as there
 * @param type AXFR or IXFR
 * @param dclass QCLASS
 * @param serial what the requestor has, by IXFR; else 0
 * @param hasOpt whether it speaks EDNS, of version 0
 * @param isPadded whether it has the option that asks for padding (RFC 7830)
 */
record TransferRequest(
    Name zone, int type, int dclass, long serial, boolean hasOpt, boolean isPadded) {
  private static final int HEADER = 12;
  private static final int OPCODE_AND_QR = 0xF8;
  private static final int SECTIONS = 4;
  private static final int ROOT_OCTETS = 1;
  private static final int SOA_TAIL = 20;
  private static final int OPTION_HEADER = 4;

  /** What the octets of a message are to this package. */
  sealed interface Reading {
    /** Something else. */
    record Other() implements Reading {}

    /** One that asks for a zone and makes no sense otherwise. */
    record Malformed() implements Reading {}

    /** One that asks for a zone. */
    record Read(TransferRequest request) implements Reading {}
  }

  boolean isIncremental() {
    return type == Type.IXFR;
  }

  boolean isInternet() {
    return dclass == DClass.IN;
  }

  /** Reads a message; never fails, whatever the octets. */
  static Reading read(byte[] message) {
    if (message.length < HEADER || (message[2] & OPCODE_AND_QR) != 0 || u16(message, 4) != 1) {
      return new Reading.Other();
    }
    try {
      return new Cursor(message).read();
    } catch (IndexOutOfBoundsException | IOException _) {
      return new Reading.Malformed();
    }
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  /** A walk over the records; what lies outside of the message ends it by an exception. */
  private static final class Cursor {
    private final byte[] message;
    private int at = HEADER;
    private @Nullable Long serial;
    private boolean hasOpt;
    private boolean isLaterEdns;
    private boolean isPadded;

    Cursor(byte[] message) {
      this.message = message;
    }

    Reading read() throws IOException {
      int nameEnd = uncompressedNameEnd();
      if (nameEnd < 0 || nameEnd + 4 > message.length) {
        return new Reading.Other();
      }
      int type = u16(message, nameEnd);
      if (type != Type.AXFR && type != Type.IXFR) {
        return new Reading.Other();
      }
      Name zone = new Name(Arrays.copyOfRange(message, HEADER, nameEnd));
      int dclass = u16(message, nameEnd + 2);
      at = nameEnd + 4;
      for (int section = 1; section < SECTIONS; section++) {
        for (int left = u16(message, 4 + 2 * section); left > 0; left--) {
          record(section);
        }
      }
      boolean isIxfr = type == Type.IXFR;
      int authority = u16(message, 8);
      if (isLaterEdns) {
        return new Reading.Other(); // BADVERS is said elsewhere
      }
      if (at != message.length
          || u16(message, 6) != 0
          || authority != (isIxfr ? 1 : 0)
          || isIxfr != (serial != null)) {
        return new Reading.Malformed();
      }
      long has = serial == null ? 0 : serial;
      return new Reading.Read(new TransferRequest(zone, type, dclass, has, hasOpt, isPadded));
    }

    private int uncompressedNameEnd() {
      int end = HEADER;
      while (end < message.length && message[end] != 0) {
        if ((message[end] & 0xC0) != 0) {
          return -1;
        }
        end += 1 + message[end];
      }
      return end - HEADER >= 255 ? -1 : end + 1;
    }

    private void record(int section) {
      int owner = at;
      skipName();
      int type = u16(message, at);
      int dataAt = at + 10;
      int end = dataAt + u16(message, at + 8);
      if (end > message.length) {
        throw new IndexOutOfBoundsException(end);
      }
      if (section == 2 && type == Type.SOA) {
        readSerial(dataAt, end);
      }
      if (section == 3 && type == Type.OPT && at - owner == ROOT_OCTETS) {
        hasOpt = true;
        isLaterEdns |= message[at + 5] != 0;
        readOptions(dataAt, end);
      }
      at = end;
    }

    private void readOptions(int from, int end) {
      for (int option = from; option + OPTION_HEADER <= end; ) {
        isPadded |= u16(message, option) == EDNSOption.Code.PADDING;
        option += OPTION_HEADER + u16(message, option + 2);
      }
    }

    private void readSerial(int dataAt, int end) {
      at = dataAt;
      skipName();
      skipName();
      if (at + SOA_TAIL != end) {
        throw new IndexOutOfBoundsException(at);
      }
      serial = (long) u16(message, at) << 16 | u16(message, at + 2);
    }

    private void skipName() {
      while (message[at] != 0) {
        if ((message[at] & 0xC0) == 0xC0) {
          at += 2;
          return;
        }
        at += 1 + (message[at] & 0x3F);
      }
      at++;
    }
  }
}
