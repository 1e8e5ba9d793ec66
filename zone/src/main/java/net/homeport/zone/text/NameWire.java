package net.homeport.zone.text;

import java.io.IOException;
import java.util.Arrays;
import net.homeport.zone.NameKey;
import org.xbill.DNS.Name;

/** An absolute name's wire form, read from words of a zone file; reusable. */
final class NameWire {
  private static final int LABEL_MAX = 63;
  private static final int OCTET_MAX = 255;

  private final byte[] wire = new byte[NameKey.MAX_OCTETS + 1];
  private int length;

  static NameWire of(Name name) {
    var wire = new NameWire();
    wire.set(name.toWire());
    return wire;
  }

  private void set(byte[] octets) {
    System.arraycopy(octets, 0, wire, 0, octets.length);
    length = octets.length;
  }

  void set(NameWire other) {
    System.arraycopy(other.wire, 0, wire, 0, other.length);
    length = other.length;
  }

  byte[] wire() {
    return wire;
  }

  int length() {
    return length;
  }

  Name name() {
    try {
      return new Name(Arrays.copyOf(wire, length));
    } catch (IOException e) {
      throw new IllegalStateException("what was read is no name", e);
    }
  }

  /** Whether this is {@code other} or a name below it. */
  boolean isWithin(NameWire other) {
    int at = 0;
    while (length - at > other.length) {
      at += 1 + wire[at];
    }
    if (length - at != other.length) {
      return false;
    }
    for (int i = 0; i < other.length; i++) {
      if (lower(wire[at + i]) != lower(other.wire[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
  }

  /** Reads a word: absolute, relative to {@code origin}, or {@code @} (RFC 1035 5.1). */
  void read(EntryScanner entry, int word, NameWire origin) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, "a name is missing here");
    }
    if (entry.isQuoted(word)) {
      throw entry.error(word, "a name stands without quotes");
    }
    byte[] text = entry.text();
    int at = entry.start(word);
    int end = entry.end(word);
    if (end - at == 1 && text[at] == '@') {
      set(origin);
      return;
    }
    if (end - at == 1 && text[at] == '.') {
      wire[0] = 0;
      length = 1;
      return;
    }
    int labelAt = 0;
    int to = 1;
    while (at < end) {
      int octet = text[at++];
      if (octet == '.') {
        close(entry, word, labelAt, to);
        labelAt = to++;
      } else {
        if (octet == '\\') {
          int escaped = escaped(entry, word, at);
          at += escaped >= ESCAPED_DECIMAL ? 3 : 1;
          octet = escaped;
        } else if (octet < 0) {
          throw entry.error(
              word,
              "the name '%s' is not ASCII; write an internationalized name as xn--... (RFC 5890), or octets as \\DDD"
                  .formatted(entry.word(word)));
        }
        if (to >= NameKey.MAX_OCTETS) {
          throw tooLong(entry, word);
        }
        wire[to++] = (byte) octet;
      }
      if (to > NameKey.MAX_OCTETS) {
        throw tooLong(entry, word);
      }
    }
    boolean absolute = to == labelAt + 1;
    if (absolute) {
      wire[labelAt] = 0;
      length = to;
      return;
    }
    close(entry, word, labelAt, to);
    if (to + origin.length > NameKey.MAX_OCTETS) {
      throw tooLong(entry, word);
    }
    System.arraycopy(origin.wire, 0, wire, to, origin.length);
    length = to + origin.length;
  }

  private void close(EntryScanner entry, int word, int labelAt, int to) throws EntryException {
    int label = to - labelAt - 1;
    if (label == 0) {
      throw entry.error(
          word, "the name '%s' has an empty label between dots".formatted(entry.word(word)));
    }
    if (label > LABEL_MAX) {
      throw entry.error(
          word,
          "the name '%s' has a label of %d octets; a label has at most %d"
              .formatted(entry.word(word), label, LABEL_MAX));
    }
    wire[labelAt] = (byte) label;
  }

  private static EntryException tooLong(EntryScanner entry, int word) {
    return entry.error(
        word,
        "the name '%s' is longer than %d octets with its origin; shorten it, or end it with a dot if it is absolute"
            .formatted(entry.word(word), NameKey.MAX_OCTETS));
  }

  /** Added to an octet that was written as three digits. */
  static final int ESCAPED_DECIMAL = 0x100;

  /**
   * The octet of an escape whose backslash stands before {@code at}; plus {@link #ESCAPED_DECIMAL}
   * if it was {@code \DDD}.
   */
  static int escaped(EntryScanner entry, int word, int at) throws EntryException {
    byte[] text = entry.text();
    int end = entry.end(word);
    if (at >= end) {
      throw entry.error(word, "a '\\' at the end of a word escapes nothing; write it as \\\\");
    }
    if (!isDigit(text[at])) {
      return text[at] & OCTET_MAX;
    }
    if (at + 2 >= end || !isDigit(text[at + 1]) || !isDigit(text[at + 2])) {
      throw badEscape(entry, word);
    }
    int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
    if (value > OCTET_MAX) {
      throw badEscape(entry, word);
    }
    return value + ESCAPED_DECIMAL;
  }

  private static EntryException badEscape(EntryScanner entry, int word) {
    return entry.error(
        word,
        "a '\\' before a digit takes three digits, 000 to 255, in '%s'"
            .formatted(entry.word(word)));
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
