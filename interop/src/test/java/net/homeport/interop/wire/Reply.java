package net.homeport.interop.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A message that came back, read strictly: octets behind the last record, counts that lie, or RDATA
 * that does not parse are errors.
 */
public final class Reply {
  private static final String[] FLAGS = {
    "qr", "", "", "", "", "aa", "tc", "rd", "ra", "z", "ad", "cd"
  };
  private static final int HEADER = 12;

  private final byte[] octets;
  private final Message message;
  private final byte @Nullable [] opt;

  private Reply(byte[] octets, Message message, byte @Nullable [] opt) {
    this.octets = octets;
    this.message = message;
    this.opt = opt;
  }

  /** An EDNS option that came back. */
  public record Option(int code, String hex) {}

  /** Reads a message; throws AssertionError if it is not well-formed. */
  public static Reply of(byte[] octets) {
    try {
      Message message = new Message(octets);
      byte[] opt = null;
      int at = HEADER;
      for (int section = 0; section < 4; section++) {
        int told = u16(octets, 4 + 2 * section);
        if (message.getSection(section).size() != told) {
          throw new IOException("section %d has fewer records than told".formatted(section));
        }
        for (int i = 0; i < told; i++) {
          int start = at;
          at = nameEnd(octets, at) + 4;
          if (section > 0) {
            boolean isOpt = u16(octets, at - 4) == Type.OPT;
            at += 6 + u16(octets, at + 4);
            if (isOpt && (opt != null || octets[start] != 0 || section != 3)) {
              throw new IOException("a wrong OPT record");
            }
            opt = isOpt ? Arrays.copyOfRange(octets, start, at) : opt;
          }
        }
      }
      if (at != octets.length) {
        throw new IOException("%d octets behind the last record".formatted(octets.length - at));
      }
      return new Reply(octets, message, opt);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("not a message: " + HexFormat.of().formatHex(octets), e);
    }
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  private static int nameEnd(byte[] octets, int at) {
    while (octets[at] != 0) {
      if ((octets[at] & 0xC0) == 0xC0) {
        return at + 2;
      }
      at += 1 + octets[at];
    }
    return at + 1;
  }

  /** The whole message. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Octets of the message. */
  public int size() {
    return octets.length;
  }

  /** The ID. */
  public int id() {
    return u16(octets, 0);
  }

  /** The opcode. */
  public int opcode() {
    return (octets[2] >> 3) & 0xF;
  }

  /** The RCODE with its extension (RFC 6891 6.1.3), by its mnemonic. */
  public String status() {
    int extended = opt == null ? 0 : (opt[5] & 0xFF) << 4;
    int rcode = extended | (octets[3] & 0xF);
    return rcode == Rcode.BADVERS
        ? "BADVERS"
        : rcode == Rcode.BADCOOKIE ? "BADCOOKIE" : Rcode.string(rcode);
  }

  /** The flags that are set, in the order of dig, such as {@code qr aa}. */
  public String flags() {
    var set = new ArrayList<String>();
    int bits = u16(octets, 2);
    for (int i = 0; i < FLAGS.length; i++) {
      if (!FLAGS[i].isEmpty() && (bits & (0x8000 >> i)) != 0) {
        set.add(FLAGS[i]);
      }
    }
    return String.join(" ", set);
  }

  /** The question section's octets, as they came. */
  public byte[] question() {
    int at = HEADER;
    for (int i = u16(octets, 4); i > 0; i--) {
      at = nameEnd(octets, at) + 4;
    }
    return Arrays.copyOfRange(octets, HEADER, at);
  }

  /** The records of a section, without OPT. */
  public List<Record> records(int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .toList();
  }

  /** The answer section, a record a line. */
  public List<String> answer() {
    return text(Section.ANSWER);
  }

  /** The authority section, a record a line. */
  public List<String> authority() {
    return text(Section.AUTHORITY);
  }

  /** The additional section without OPT, a record a line. */
  public List<String> additional() {
    return text(Section.ADDITIONAL);
  }

  private List<String> text(int section) {
    return records(section).stream().map(Reply::line).toList();
  }

  /** A record on a line, with single spaces, and each string of TXT in quotes. */
  public static String line(Record record) {
    return "%s %d %s %s %s"
        .formatted(
            record.getName(),
            record.getTTL(),
            DClass.string(record.getDClass()),
            Type.string(record.getType()),
            rdata(record))
        .strip();
  }

  /** RDATA as text, each string of TXT in quotes. */
  public static String rdata(Record record) {
    return record instanceof TXTRecord txt
        ? txt.getStrings().stream()
            .map(string -> '"' + string + '"')
            .collect(Collectors.joining(" "))
        : record.rdataToString();
  }

  /** Whether the answer has an OPT record. */
  public boolean hasOpt() {
    return opt != null;
  }

  /** The OPT record's UDP payload size, -1 without OPT. */
  public int payloadSize() {
    return opt == null ? -1 : u16(opt, 3);
  }

  /** The OPT record's version, -1 without OPT. */
  public int version() {
    return opt == null ? -1 : opt[6] & 0xFF;
  }

  /** The OPT record's 16 flags, -1 without OPT. */
  public int ednsFlags() {
    return opt == null ? -1 : u16(opt, 7);
  }

  /** The EDNS options in their order. */
  public List<Option> options() {
    var options = new ArrayList<Option>();
    for (int at = 11; opt != null && at < opt.length; at += 4 + u16(opt, at + 2)) {
      int end = at + 4 + u16(opt, at + 2);
      options.add(new Option(u16(opt, at), HexFormat.of().formatHex(opt, at + 4, end)));
    }
    return options;
  }

  /** The value of the only option with this code, in hexadecimal digits, or null. */
  public @Nullable String option(int code) {
    List<Option> found = options().stream().filter(option -> option.code() == code).toList();
    if (found.size() > 1) {
      throw new AssertionError("option %d comes more than once:%n%s".formatted(code, this));
    }
    return found.isEmpty() ? null : found.getFirst().hex();
  }

  @Override
  public String toString() {
    return ";; %s id %04x opcode %d flags %s, %d octets, opt %s%n;; answer%n%s%n;; authority%n%s%n;; additional%n%s"
        .formatted(
            status(),
            id(),
            opcode(),
            flags(),
            size(),
            opt == null
                ? "none"
                : "%d v%d flags %04x %s"
                    .formatted(payloadSize(), version(), ednsFlags(), options()),
            String.join("\n", answer()),
            String.join("\n", authority()),
            String.join("\n", additional()));
  }
}
