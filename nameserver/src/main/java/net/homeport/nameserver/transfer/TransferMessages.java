package net.homeport.nameserver.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tsig.TsigSession;
import net.homeport.zone.Rrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Puts the records of an answer into as few messages as they need, and sends each when it is full:
 * memory for one message, whatever the zone. Not for several threads at once.
 *
 * <p>Records come as octets that begin with two for the owner name, which are replaced here. An
 * owner name is its labels below the apex and a pointer to the apex, which is the question's name
 * if it is spelled as in the zone (RFC 5936 3.5); the next records of the same owner point to the
 * first.
 */
/*
 * Messages are sent when they hold TARGET octets: names can be pointed to in the first 16 KiB only,
 * but the apex stands before that always, so larger messages cost nothing and save signatures.
 */
final class TransferMessages {
  private static final int TARGET = 32 * 1024;
  private static final int HEADER = 12;
  private static final int POINTER = 0xC000;
  private static final int POINTER_MAX = 0x3FFF;

  /** Octets of an OPT record without options (RFC 6891 6.1.2). */
  static final int OPT_OCTETS = 11;

  private static final int OPTION_HEADER = 4;
  private static final int PAYLOAD = 1232;
  private static final int MESSAGE_MAX = 65_535;
  private static final int OWNER_OCTETS = 2;
  private static final int NAME_MAX = 255;

  private final TransferRequest request;
  private final @Nullable TsigSession session;
  private final Reply.Sink sink;
  private final byte[] apex;
  private final boolean isApexInQuestion;
  private final int room;
  private final int block;
  private final byte[] buffer;
  private final int questionEnd;

  private int end;
  private int records;
  private int apexAt;
  private int ownerAt;
  private byte[] ownerIn = new byte[0];
  private int ownerFrom;
  private int ownerLength;
  private int messages;
  private long octets;

  /**
   * @param header the ID and flags of the request
   * @param apex as the zone spells it
   * @param messageMax octets of the largest message
   * @param block each message is padded to a multiple of as many octets (RFC 7830); 0 for not
   */
  TransferMessages(
      byte[] header,
      TransferRequest request,
      Name apex,
      @Nullable TsigSession session,
      int messageMax,
      int block,
      Reply.Sink sink) {
    this.request = request;
    this.session = session;
    this.sink = sink;
    this.block = block;
    this.apex = apex.toWire();
    byte[] question = request.zone().toWire();
    this.isApexInQuestion = Arrays.equals(question, this.apex);
    this.buffer = new byte[Math.min(messageMax, MESSAGE_MAX)];
    this.room =
        buffer.length
            - (request.hasOpt() ? OPT_OCTETS : 0)
            - (block > 0 ? OPTION_HEADER : 0)
            - (session == null ? 0 : session.octets());
    buffer[0] = header[0];
    buffer[1] = header[1];
    int rd = (header[2] & 1) << 8;
    put16(2, 1 << (15 - Flags.QR) | 1 << (15 - Flags.AA) | rd);
    put16(4, 1);
    System.arraycopy(question, 0, buffer, HEADER, question.length);
    questionEnd = HEADER + question.length + 4;
    put16(questionEnd - 4, request.type());
    put16(questionEnd - 2, DClass.IN);
    begin();
  }

  private void begin() {
    end = questionEnd;
    records = 0;
    apexAt = isApexInQuestion ? HEADER : -1;
    ownerAt = -1;
  }

  /** Adds all records of an RRset at a name: {@code count} of them, back to back. */
  void add(byte[] owner, int ownerFrom, int ownerLength, byte[] body, int from, int count)
      throws IOException {
    int at = from;
    for (int left = count; left > 0; left--) {
      int length = recordLength(body, at);
      addRecord(owner, ownerFrom, ownerLength, body, at, length);
      at += length;
    }
  }

  /** Octets of the answer-ready record that stands at {@code at}. */
  static int recordLength(byte[] body, int at) {
    int data = (body[at + 10] & 0xFF) << 8 | (body[at + 11] & 0xFF);
    return Rrset.RR_HEADER_OCTETS + data;
  }

  /**
   * Adds a record; the message is sent first if it has no room for it.
   *
   * @param owner holds the labels below the apex from {@code ownerFrom}, {@code ownerLength} octets
   * @param body holds the record from {@code from}, {@code length} octets with those of its owner
   * @throws IOException of the sink, or if no message could carry the record
   */
  void addRecord(byte[] owner, int ownerFrom, int ownerLength, byte[] body, int from, int length)
      throws IOException {
    int needed = NAME_MAX + length;
    if (records > 0 && (end >= TARGET || end + needed > room)) {
      flush();
    }
    putOwner(owner, ownerFrom, ownerLength, length);
    System.arraycopy(body, from + OWNER_OCTETS, buffer, end, length - OWNER_OCTETS);
    end += length - OWNER_OCTETS;
    records++;
  }

  private void putOwner(byte[] owner, int from, int length, int recordLength) throws IOException {
    boolean isSame =
        ownerAt >= 0
            && ownerLength == length
            && Arrays.equals(
                owner, from, from + length, ownerIn, ownerFrom, ownerFrom + ownerLength);
    int nameOctets = length + (apexAt >= 0 ? 2 : apex.length);
    if (end + nameOctets + recordLength > room) {
      throw new IOException("a record of %d octets fits in no message".formatted(recordLength));
    }
    if (isSame) {
      put16(end, POINTER | ownerAt);
      end += 2;
      return;
    }
    int start = end;
    System.arraycopy(owner, from, buffer, end, length);
    end += length;
    if (apexAt >= 0) {
      put16(end, POINTER | apexAt);
      end += 2;
    } else {
      System.arraycopy(apex, 0, buffer, end, apex.length);
      apexAt = end;
      end += apex.length;
    }
    ownerAt = start <= POINTER_MAX ? start : -1;
    ownerIn = owner;
    ownerFrom = from;
    ownerLength = length;
  }

  /** Puts our OPT record there: {@link #OPT_OCTETS} octets. */
  static void putOpt(byte[] into, int at) {
    Arrays.fill(into, at, at + OPT_OCTETS, (byte) 0);
    into[at + 1] = (byte) (Type.OPT >> 8);
    into[at + 2] = (byte) Type.OPT;
    into[at + 3] = (byte) (PAYLOAD >> 8);
    into[at + 4] = (byte) (PAYLOAD & 0xFF);
  }

  /** As {@link #putOpt(byte[], int)}, with the octets of an option behind it. */
  static void putOpt(byte[] into, int at, byte[] option) {
    putOpt(into, at);
    into[at + OPT_OCTETS - 1] = (byte) option.length;
    into[at + OPT_OCTETS - 2] = (byte) (option.length >> 8);
    System.arraycopy(option, 0, into, at + OPT_OCTETS, option.length);
  }

  /** Sends what is left; nothing can be added afterwards but what begins a new message. */
  void flush() throws IOException {
    if (records == 0) {
      return;
    }
    put16(6, records);
    put16(8, 0);
    put16(10, request.hasOpt() ? 1 : 0);
    int length = end;
    if (request.hasOpt()) {
      putOpt(buffer, length);
      length += OPT_OCTETS;
    }
    if (block > 0) {
      length = padded(length);
    }
    byte[] message = Arrays.copyOf(buffer, length);
    byte[] sent = session == null ? message : session.sign(message);
    sink.send(sent);
    messages++;
    octets += sent.length;
    begin();
  }

  /**
   * Puts padding into the OPT record that ends here, so that the message is signed a full block.
   */
  private int padded(int length) {
    int withoutPadding = length + OPTION_HEADER + (session == null ? 0 : session.signedOctets());
    int padding = Math.min(Math.floorMod(-withoutPadding, block), buffer.length - withoutPadding);
    put16(length - 2, OPTION_HEADER + padding);
    put16(length, EDNSOption.Code.PADDING);
    put16(length + 2, padding);
    int end = length + OPTION_HEADER + padding;
    Arrays.fill(buffer, length + OPTION_HEADER, end, (byte) 0);
    return end;
  }

  /** As {@link #add}, for those who cannot throw. */
  void addUnchecked(byte[] owner, int ownerFrom, int ownerLength, byte[] body, int from, int n) {
    try {
      add(owner, ownerFrom, ownerLength, body, from, n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many were sent. */
  int messages() {
    return messages;
  }

  /** Octets of those that were sent. */
  long octets() {
    return octets;
  }

  private void put16(int at, int value) {
    buffer[at] = (byte) (value >>> 8);
    buffer[at + 1] = (byte) value;
  }
}
