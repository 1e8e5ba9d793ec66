package net.homeport.nameserver.query;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** An answer as a person reads it, in the words of dig. */
final class Said {
  private final byte[] octets;
  private final Message message;

  private Said(byte[] octets, Message message) {
    this.octets = octets;
    this.message = message;
  }

  static Said of(byte @Nullable [] octets) {
    if (octets == null) {
      throw new AssertionError("silence");
    }
    try {
      return new Said(octets, new Message(octets));
    } catch (IOException e) {
      throw new AssertionError("an answer that cannot be read", e);
    }
  }

  byte[] octets() {
    return octets;
  }

  Message message() {
    return message;
  }

  /** With the extended bits of the OPT record. */
  String rcode() {
    return Rcode.string(message.getRcode());
  }

  /** Such as {@code qr aa rd}. */
  String flags() {
    var flags = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      boolean isFlag = bit == 0 || (bit > 4 && bit < 12);
      if (isFlag && (octets[2 + bit / 8] >> (7 - bit % 8) & 1) == 1) {
        flags.append(' ').append(bit == 9 ? "z" : Flags.string(bit));
      }
    }
    return flags.toString().strip();
  }

  List<String> answer() {
    return lines(Section.ANSWER);
  }

  List<String> authority() {
    return lines(Section.AUTHORITY);
  }

  /** Without the OPT record. */
  List<String> additional() {
    return lines(Section.ADDITIONAL);
  }

  private List<String> lines(int section) {
    return message.getSection(section).stream()
        .filter(record -> !(record instanceof OPTRecord))
        .map(Said::line)
        .toList();
  }

  private static String line(Record record) {
    return record.toString().replaceAll("\t+", " ").replace(" IN ", " ");
  }

  @Nullable OPTRecord opt() {
    return message.getOPT();
  }
}
