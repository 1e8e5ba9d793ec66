package net.homeport.zone.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.homeport.zone.Rrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** RDATA of the types that are rare: by the library, or by the few lines that it lacks. */
final class OtherRdata {
  static final int CSYNC = 62;
  static final int NID = 104;
  static final int L32 = 105;
  static final int L64 = 106;
  static final int LP = 107;
  static final int EUI48 = 108;
  static final int EUI64 = 109;
  static final int AMTRELAY = 260;

  /** Mnemonics that the library does not know. */
  private static final Map<String, Integer> MNEMONICS =
      Map.of(
          "CSYNC",
          CSYNC,
          "NID",
          NID,
          "L32",
          L32,
          "L64",
          L64,
          "LP",
          LP,
          "EUI48",
          EUI48,
          "EUI64",
          EUI64,
          "AMTRELAY",
          AMTRELAY);

  private static final int U16_MAX = 65_535;

  private OtherRdata() {}

  /** The type of this mnemonic, {@code TYPEnnn} included; -1 if it is none. */
  static int type(String upper) {
    Integer known = MNEMONICS.get(upper);
    return known == null ? Type.value(upper) : known;
  }

  static byte[] read(EntryScanner entry, int word, int type, NameWire origin)
      throws EntryException {
    return switch (type) {
      case CSYNC -> csync(entry, word);
      case EUI48 -> hexGroups(entry, word, "-", 6, 2, "aa-bb-cc-dd-ee-ff (RFC 7043)");
      case EUI64 -> hexGroups(entry, word, "-", 8, 2, "aa-bb-cc-dd-ee-ff-00-11 (RFC 7043)");
      case NID, L64 -> locator(entry, word, hexLocator(entry, word + 1));
      case L32 -> locator(entry, word, ipv4Locator(entry, word + 1));
      case LP -> locator(entry, word, namedLocator(entry, word + 1, origin));
      case AMTRELAY -> relay(entry, word, origin);
      case Type.LOC -> byLibrary(entry, word, type, origin, location(entry, word));
      default -> byLibrary(entry, word, type, origin, entry.joined(word));
    };
  }

  private static byte[] byLibrary(
      EntryScanner entry, int word, int type, NameWire origin, String text) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, "the data of the record %s is missing".formatted(Type.string(type)));
    }
    Record record;
    try {
      record = Record.fromString(Name.root, type, DClass.IN, 0, text, origin.name());
    } catch (IOException | RuntimeException e) {
      throw entry.error(
          word, "not the data of a record %s: %s".formatted(Type.string(type), reason(e)));
    }
    byte[] rdata = written(record);
    if (rdata == null || GenericRdata.readable(type, rdata) == null) {
      throw entry.error(
          word,
          "'%s' is not data that a record %s can be sent with"
              .formatted(entry.joined(word), Type.string(type)));
    }
    return rdata;
  }

  private static byte @Nullable [] written(Record record) {
    try {
      byte[] rdata = Rrset.rdata(record);
      return rdata.length <= RdataReader.OCTETS_MAX ? rdata : null;
    } catch (RuntimeException _) {
      return null;
    }
  }

  /** The library's own words, without the place that it makes up for a single record. */
  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? "it cannot be read" : message.replaceFirst("^<[^>]*>:\\d+: ", "");
  }

  /** RFC 1876 3: minutes and seconds may be left out, which the library does not know. */
  private static String location(EntryScanner entry, int word) {
    var text = new StringBuilder();
    int numbers = 0;
    int directions = 0;
    for (int at = word; at < entry.count(); at++) {
      String next = entry.word(at);
      if (directions < 2 && next.matches("[NSEWnsew]")) {
        text.append("0 ".repeat(Math.max(0, 3 - numbers)));
        numbers = 0;
        directions++;
      } else {
        numbers++;
      }
      text.append(next).append(' ');
    }
    return text.toString();
  }

  /** RFC 8777 4.3.1: precedence, discovery optional, type, and the relay of that type. */
  private static byte[] relay(EntryScanner entry, int word, NameWire origin) throws EntryException {
    var out = new ByteArrayOutputStream();
    out.write((int) Numbers.number(entry, word, "the precedence of AMTRELAY", 255));
    long optional = Numbers.number(entry, word + 1, "whether discovery is optional, 0 or 1,", 1);
    int type = (int) Numbers.number(entry, word + 2, "the type of the relay, 0 to 3,", 3);
    out.write((int) optional << 7 | type);
    int at = word + 3;
    switch (type) {
      case 1 -> out.writeBytes(ipv4Locator(entry, at));
      case 2 -> {
        byte[] octets = new byte[16];
        if (at >= entry.count()
            || !Addresses.ipv6(entry.text(), entry.start(at), entry.end(at), octets, 0)) {
          throw entry.error(at, "here stands an IPv6 address such as 2001:db8::1 (RFC 8777)");
        }
        nothingAfter(entry, at);
        out.writeBytes(octets);
      }
      case 3 -> out.writeBytes(namedLocator(entry, at, origin));
      default -> {
        if (at >= entry.count() || !entry.word(at).equals(".")) {
          throw entry.error(at, "a relay of type 0 is '.' (RFC 8777)");
        }
        nothingAfter(entry, at);
      }
    }
    return out.toByteArray();
  }

  /** RFC 7477 2.1: serial, flags, and the types as NSEC has them. */
  private static byte[] csync(EntryScanner entry, int word) throws EntryException {
    var out = new ByteArrayOutputStream();
    long serial = Numbers.number(entry, word, "the serial of CSYNC", 0xFFFF_FFFFL);
    u16(out, (int) (serial >>> 16));
    u16(out, (int) serial);
    u16(out, (int) Numbers.number(entry, word + 1, "the flags of CSYNC", U16_MAX));
    var types = new TreeSet<Integer>();
    for (int at = word + 2; at < entry.count(); at++) {
      int type = type(entry.upper(at));
      if (type < 0) {
        throw entry.error(at, "'%s' is not a type of records".formatted(entry.word(at)));
      }
      types.add(type);
    }
    bitmaps(out, types);
    return out.toByteArray();
  }

  /** RFC 4034 4.1.2. */
  private static void bitmaps(ByteArrayOutputStream out, NavigableSet<Integer> types) {
    for (int window = 0; window < 256; window++) {
      var within = types.subSet(window << 8, (window + 1) << 8);
      if (!within.isEmpty()) {
        byte[] bitmap = new byte[(within.last() & 0xFF) / 8 + 1];
        within.forEach(type -> bitmap[(type & 0xFF) / 8] |= (byte) (0x80 >>> (type & 7)));
        out.write(window);
        out.write(bitmap.length);
        out.writeBytes(bitmap);
      }
    }
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  /** RFC 6742 2: a preference, then what is located. */
  private static byte[] locator(EntryScanner entry, int word, byte[] where) throws EntryException {
    var out = new ByteArrayOutputStream();
    u16(out, (int) Numbers.number(entry, word, "the preference", U16_MAX));
    out.writeBytes(where);
    return out.toByteArray();
  }

  private static byte[] hexLocator(EntryScanner entry, int word) throws EntryException {
    return hexGroups(entry, word, ":", 4, 4, "2001:db8:1140:1000 (RFC 6742)");
  }

  private static byte[] ipv4Locator(EntryScanner entry, int word) throws EntryException {
    byte[] octets = new byte[4];
    boolean right =
        word < entry.count()
            && Addresses.ipv4(entry.text(), entry.start(word), entry.end(word), octets, 0);
    if (!right) {
      throw entry.error(word, "here stands four numbers such as 10.1.2.0 (RFC 6742)");
    }
    nothingAfter(entry, word);
    return octets;
  }

  private static byte[] namedLocator(EntryScanner entry, int word, NameWire origin)
      throws EntryException {
    var name = new NameWire();
    name.read(entry, word, origin);
    nothingAfter(entry, word);
    return name.name().toWire();
  }

  private static void nothingAfter(EntryScanner entry, int word) throws EntryException {
    if (word + 1 < entry.count()) {
      throw entry.error(
          word + 1, "'%s' is more than the record takes".formatted(entry.word(word + 1)));
    }
  }

  private static byte[] hexGroups(
      EntryScanner entry, int word, String separator, int groups, int digits, String example)
      throws EntryException {
    String[] parts = word < entry.count() ? entry.word(word).split(separator, -1) : new String[0];
    byte[] octets = new byte[groups * digits / 2];
    boolean right = parts.length == groups;
    for (int i = 0; right && i < groups; i++) {
      // EUI groups have all their digits; those of a locator may leave zeros out, as in IPv6.
      int least = digits == 2 ? 2 : 1;
      right = parts[i].matches("[0-9a-fA-F]{%d,%d}".formatted(least, digits));
      int value = right ? Integer.parseInt(parts[i], 16) : 0;
      for (int j = digits / 2 - 1; j >= 0; j--, value >>>= 8) {
        octets[i * digits / 2 + j] = (byte) value;
      }
    }
    if (!right) {
      throw entry.error(word, "here stands a value such as " + example);
    }
    nothingAfter(entry, word);
    return octets;
  }
}
