package net.homeport.zone.text;

import org.xbill.DNS.Type;

/**
 * Reads RDATA: the types that zones are full of octet by octet, others by {@link OtherRdata}. The
 * RDATA stands in {@link #octets} up to {@link #length} until the next call.
 */
final class RdataReader {
  /** Most octets of RDATA. */
  static final int OCTETS_MAX = 65_535;

  private static final int STRING_MAX = 255;
  private static final int U16_MAX = 65_535;
  private static final long U32_MAX = 0xFFFF_FFFFL;

  private final byte[] octets = new byte[OCTETS_MAX];
  private final NameWire name = new NameWire();
  private int length;
  private long soaMinimum;

  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  /** MINIMUM of the SOA record that was read last, in seconds. */
  long soaMinimum() {
    return soaMinimum;
  }

  /**
   * Reads the words from this one to the end of the entry.
   *
   * @throws EntryException with the word that is wrong, missing or too much
   */
  void read(EntryScanner entry, int word, int type, NameWire origin) throws EntryException {
    length = 0;
    int at = word;
    if (isGeneric(entry, word)) {
      at = put(GenericRdata.read(entry, word, type), entry);
    } else {
      switch (type) {
        case Type.A -> at = ipv4(entry, word);
        case Type.AAAA -> at = ipv6(entry, word);
        case Type.NS, Type.CNAME, Type.PTR, Type.DNAME -> at = name(entry, word, origin);
        case Type.MX -> {
          at = u16(entry, word, "the preference of MX");
          at = name(entry, at, origin);
        }
        case Type.SRV -> {
          at = u16(entry, word, "the priority of SRV");
          at = u16(entry, at, "the weight of SRV");
          at = u16(entry, at, "the port of SRV");
          at = name(entry, at, origin);
        }
        case Type.TXT, Type.SPF -> at = strings(entry, word);
        case Type.SOA -> at = soa(entry, word, origin);
        default -> at = put(OtherRdata.read(entry, word, type, origin), entry);
      }
    }
    if (at < entry.count()) {
      throw entry.error(
          at,
          "'%s' is more than the record %s takes; remove it, or put it behind a ';'"
              .formatted(entry.word(at), Type.string(type)));
    }
  }

  private static boolean isGeneric(EntryScanner entry, int word) {
    int from = word < entry.count() && !entry.isQuoted(word) ? entry.start(word) : -1;
    return from >= 0
        && entry.end(word) - from == 2
        && entry.text()[from] == '\\'
        && entry.text()[from + 1] == '#';
  }

  private int put(byte[] rdata, EntryScanner entry) {
    System.arraycopy(rdata, 0, octets, 0, rdata.length);
    length = rdata.length;
    return entry.count();
  }

  private static void present(EntryScanner entry, int word, String what) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, what + " is missing here");
    }
  }

  private int ipv4(EntryScanner entry, int word) throws EntryException {
    present(entry, word, "an IPv4 address");
    if (!Addresses.ipv4(entry.text(), entry.start(word), entry.end(word), octets, length)) {
      throw entry.error(
          word,
          "'%s' is not an IPv4 address, four numbers from 0 to 255 such as 192.0.2.1"
              .formatted(entry.word(word)));
    }
    length += 4;
    return word + 1;
  }

  private int ipv6(EntryScanner entry, int word) throws EntryException {
    present(entry, word, "an IPv6 address");
    if (!Addresses.ipv6(entry.text(), entry.start(word), entry.end(word), octets, length)) {
      throw entry.error(
          word, "'%s' is not an IPv6 address such as 2001:db8::1".formatted(entry.word(word)));
    }
    length += 16;
    return word + 1;
  }

  private int name(EntryScanner entry, int word, NameWire origin) throws EntryException {
    name.read(entry, word, origin);
    System.arraycopy(name.wire(), 0, octets, length, name.length());
    length += name.length();
    return word + 1;
  }

  private int u16(EntryScanner entry, int word, String what) throws EntryException {
    int value = (int) Numbers.number(entry, word, what, U16_MAX);
    octets[length++] = (byte) (value >>> 8);
    octets[length++] = (byte) value;
    return word + 1;
  }

  private void u32(long value) {
    octets[length++] = (byte) (value >>> 24);
    octets[length++] = (byte) (value >>> 16);
    octets[length++] = (byte) (value >>> 8);
    octets[length++] = (byte) value;
  }

  private int soa(EntryScanner entry, int word, NameWire origin) throws EntryException {
    int at = name(entry, name(entry, word, origin), origin);
    u32(Numbers.number(entry, at, "the serial of SOA", U32_MAX));
    u32(Numbers.seconds(entry, at + 1, "REFRESH of SOA"));
    u32(Numbers.seconds(entry, at + 2, "RETRY of SOA"));
    u32(Numbers.seconds(entry, at + 3, "EXPIRE of SOA"));
    soaMinimum = Numbers.seconds(entry, at + 4, "MINIMUM of SOA");
    u32(soaMinimum);
    return at + 5;
  }

  private int strings(EntryScanner entry, int word) throws EntryException {
    present(entry, word, "a text");
    for (int at = word; at < entry.count(); at++) {
      string(entry, at);
    }
    return entry.count();
  }

  private void string(EntryScanner entry, int word) throws EntryException {
    byte[] text = entry.text();
    int lengthAt = length++;
    int end = entry.end(word);
    for (int at = entry.start(word); at < end; ) {
      int octet = text[at++];
      if (octet == '\\') {
        octet = NameWire.escaped(entry, word, at);
        at += octet >= NameWire.ESCAPED_DECIMAL ? 3 : 1;
      }
      if (length == OCTETS_MAX) {
        throw entry.error(word, "the record is longer than %d octets".formatted(OCTETS_MAX));
      }
      octets[length++] = (byte) octet;
    }
    int count = length - lengthAt - 1;
    if (count > STRING_MAX) {
      throw entry.error(
          word,
          "this text has %d octets; one string has at most %d: split it into several, \"...\" \"...\", which readers join"
              .formatted(count, STRING_MAX));
    }
    octets[lengthAt] = (byte) count;
    if (length >= OCTETS_MAX) {
      throw entry.error(word, "the record is longer than %d octets".formatted(OCTETS_MAX));
    }
  }
}
