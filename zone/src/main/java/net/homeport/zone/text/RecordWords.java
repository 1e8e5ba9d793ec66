package net.homeport.zone.text;

import net.homeport.zone.Rrset;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Class and type of a record, as words of a zone file. */
final class RecordWords {
  private static final String CLASS = "CLASS";

  private RecordWords() {}

  /**
   * Whether the word is a class.
   *
   * @throws EntryException if it is another class than IN
   */
  static boolean isClass(EntryScanner entry, int word) throws EntryException {
    if (is(entry, word, 'I', 'N')) {
      return true;
    }
    int length = entry.end(word) - entry.start(word);
    if (length < 2 || length > CLASS.length() + 5 || entry.isQuoted(word)) {
      return false;
    }
    int first = entry.text()[entry.start(word)] | 0x20;
    if (first != 'c' && first != 'h') {
      return false;
    }
    String upper = entry.upper(word);
    int value =
        switch (upper) {
          case "CH", "CHAOS" -> DClass.CH;
          case "HS", "HESIOD" -> DClass.HS;
          case "CS" -> 2;
          default -> upper.startsWith(CLASS) ? DClass.value(upper) : 0;
        };
    if (value > 0 && value != DClass.IN) {
      throw entry.error(
          word, "the class '%s' is not served; write IN, or nothing".formatted(entry.word(word)));
    }
    return value == DClass.IN;
  }

  /** The type that the word means, one that stands in zones (RFC 6895 3.1). */
  static int type(EntryScanner entry, int word) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, "the type of the record is missing here");
    }
    if (is(entry, word, 'A')) {
      return Type.A;
    }
    if (is(entry, word, 'A', 'A', 'A', 'A')) {
      return Type.AAAA;
    }
    String upper = entry.isQuoted(word) ? "" : entry.upper(word);
    int type = OtherRdata.type(upper);
    if (type < 0) {
      throw entry.error(
          word,
          "'%s' is not a type of records; is the owner missing, or is it one that is written TYPEnnn (RFC 3597 5)?"
              .formatted(entry.word(word)));
    }
    if (!Rrset.isDataType(type)) {
      throw entry.error(
          word,
          "the record has the type %s, which cannot stand in a zone (RFC 6895 3.1)"
              .formatted(entry.word(word)));
    }
    return type;
  }

  private static boolean is(EntryScanner entry, int word, char... upper) {
    int from = entry.start(word);
    if (entry.end(word) - from != upper.length || entry.isQuoted(word)) {
      return false;
    }
    for (int i = 0; i < upper.length; i++) {
      int octet = entry.text()[from + i];
      if (octet != upper[i] && octet != (upper[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
