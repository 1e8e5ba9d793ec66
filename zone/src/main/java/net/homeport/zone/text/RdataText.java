package net.homeport.zone.text;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** RDATA as master-file text that is read back as the same octets; absolute names, ASCII only. */
final class RdataText {
  private static final NameWire ROOT = NameWire.of(Name.root);
  private static final String SPECIAL = "\".;\\@$()";

  private final RdataReader reader = new RdataReader();

  /** Appends the RDATA that stands in {@code octets} from {@code at} on. */
  void append(StringBuilder to, int type, byte[] octets, int at, int length) {
    switch (type) {
      case Type.A -> ipv4(to, octets, at);
      case Type.AAAA -> ipv6(to, octets, at);
      case Type.NS, Type.CNAME, Type.PTR, Type.DNAME -> {
        int _ = name(to, octets, at);
      }
      case Type.MX -> {
        to.append(u16(octets, at)).append(' ');
        int _ = name(to, octets, at + 2);
      }
      case Type.SRV -> {
        for (int field = 0; field < 3; field++) {
          to.append(u16(octets, at + 2 * field)).append(' ');
        }
        int _ = name(to, octets, at + 6);
      }
      case Type.TXT, Type.SPF -> strings(to, octets, at, length);
      case Type.SOA -> {
        int admin = name(to, octets, at);
        to.append(' ');
        int numbers = name(to, octets, admin);
        for (int field = 0; field < 5; field++) {
          to.append(' ').append(u32(octets, numbers + 4 * field));
        }
      }
      default -> other(to, type, Arrays.copyOfRange(octets, at, at + length));
    }
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  private static long u32(byte[] octets, int at) {
    return (long) u16(octets, at) << 16 | u16(octets, at + 2);
  }

  private static void ipv4(StringBuilder to, byte[] octets, int at) {
    for (int i = 0; i < 4; i++) {
      to.append(i == 0 ? "" : ".").append(octets[at + i] & 0xFF);
    }
  }

  /** RFC 5952: lower case, no leading zeros, the first longest run of zero groups as {@code ::}. */
  private static void ipv6(StringBuilder to, byte[] octets, int at) {
    int run = -1;
    int runLength = 1;
    for (int group = 0; group < 8; ) {
      int end = group;
      while (end < 8 && u16(octets, at + 2 * end) == 0) {
        end++;
      }
      if (end - group > runLength) {
        run = group;
        runLength = end - group;
      }
      group = Math.max(end, group + 1);
    }
    for (int group = 0; group < 8; group++) {
      if (group == run) {
        to.append("::");
        group += runLength - 1;
      } else {
        boolean first = group == 0 || (run >= 0 && group == run + runLength);
        to.append(first ? "" : ":");
        to.append(Integer.toHexString(u16(octets, at + 2 * group)));
      }
    }
  }

  /** Appends the name as absolute; returns where the octets behind it stand. */
  static int name(StringBuilder to, byte[] octets, int from) {
    int at = from;
    if (octets[at] == 0) {
      to.append('.');
    }
    while (octets[at] != 0) {
      at = label(to, octets, at);
      to.append('.');
    }
    return at + 1;
  }

  /**
   * Appends the labels before {@code end} without a dot behind them; {@code @} if there are none.
   */
  static void relative(StringBuilder to, byte[] octets, int end) {
    if (end == 0) {
      to.append('@');
    }
    for (int at = 0; at < end; ) {
      to.append(at == 0 ? "" : ".");
      at = label(to, octets, at);
    }
  }

  private static int label(StringBuilder to, byte[] octets, int at) {
    int end = at + 1 + octets[at];
    for (int i = at + 1; i < end; i++) {
      int octet = octets[i] & 0xFF;
      if (octet <= ' ' || octet >= 0x7F) {
        decimal(to, octet);
      } else {
        to.append(SPECIAL.indexOf(octet) >= 0 ? "\\" : "").append((char) octet);
      }
    }
    return end;
  }

  private static void decimal(StringBuilder to, int octet) {
    to.append('\\').append((char) ('0' + octet / 100));
    to.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
  }

  private static void strings(StringBuilder to, byte[] octets, int from, int length) {
    for (int at = from; at < from + length; ) {
      to.append(at == from ? "\"" : " \"");
      int end = at + 1 + (octets[at] & 0xFF);
      for (int i = at + 1; i < end; i++) {
        int octet = octets[i] & 0xFF;
        if (octet < ' ' || octet >= 0x7F) {
          decimal(to, octet);
        } else {
          to.append(octet == '"' || octet == '\\' ? "\\" : "").append((char) octet);
        }
      }
      to.append('"');
      at = end;
    }
  }

  private void other(StringBuilder to, int type, byte[] rdata) {
    String text = byLibrary(type, rdata);
    if (text != null && isReadBack(text, type, rdata)) {
      to.append(text);
    } else {
      to.append("\\# ").append(rdata.length).append(rdata.length == 0 ? "" : " ");
      to.append(HexFormat.of().formatHex(rdata));
    }
  }

  private static @Nullable String byLibrary(int type, byte[] rdata) {
    try {
      String text = Record.newRecord(Name.root, type, DClass.IN, 0, rdata).rdataToString();
      return text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F) ? text : null;
    } catch (RuntimeException _) {
      return null;
    }
  }

  private boolean isReadBack(String text, int type, byte[] rdata) {
    try {
      var entry = new EntryScanner(ZoneTextSource.of("", text));
      if (!entry.next()) {
        return false;
      }
      reader.read(entry, 0, type, ROOT);
      return entry.isEnd()
          && Arrays.equals(reader.octets(), 0, reader.length(), rdata, 0, rdata.length);
    } catch (EntryException _) {
      return false;
    }
  }
}
