package net.homeport.zone.text;

import net.homeport.zone.Rrset;

/** Numbers and times of a zone file. */
final class Numbers {
  private static final long U32_MAX = 0xFFFF_FFFFL;

  private Numbers() {}

  /** A decimal number of at most {@code max}. */
  static long number(EntryScanner entry, int word, String what, long max) throws EntryException {
    long value = plain(entry, word, what);
    if (value < 0 || value > max) {
      throw entry.error(
          word, "%s is a number from 0 to %d, not '%s'".formatted(what, max, entry.word(word)));
    }
    return value;
  }

  /** The number, or -1 if it is none or too large for any field. */
  private static long plain(EntryScanner entry, int word, String what) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, what + " is missing here");
    }
    byte[] text = entry.text();
    long value = 0;
    int end = entry.end(word);
    for (int at = entry.start(word); at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9 || value > U32_MAX) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return entry.start(word) == end ? -1 : value;
  }

  /** Whether the word may be meant as a TTL: no class and no type begins with a digit. */
  static boolean looksLikeTtl(EntryScanner entry, int word) {
    int from = entry.start(word);
    return !entry.isQuoted(word)
        && from < entry.end(word)
        && entry.text()[from] >= '0'
        && entry.text()[from] <= '9';
  }

  /** A TTL (RFC 2181 8) in seconds, or with units as {@code 1w2d3h4m5s}. */
  static long ttl(EntryScanner entry, int word) throws EntryException {
    long value = seconds(entry, word, "a TTL");
    if (value > Rrset.TTL_MAX) {
      throw entry.error(
          word,
          "a TTL is at most %d seconds (RFC 2181 8), not '%s'"
              .formatted(Rrset.TTL_MAX, entry.word(word)));
    }
    return value;
  }

  /** An unsigned 32-bit number of seconds, or with units as {@code 1w2d3h4m5s}. */
  static long seconds(EntryScanner entry, int word, String what) throws EntryException {
    if (word >= entry.count()) {
      throw entry.error(word, what + " is missing here");
    }
    byte[] text = entry.text();
    long sum = 0;
    long value = -1;
    int end = entry.end(word);
    for (int at = entry.start(word); at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = Math.max(value, 0) * 10 + digit;
      } else {
        long unit = unit(text[at]);
        if (unit == 0 || value < 0) {
          throw badTime(entry, word, what);
        }
        sum += value * unit;
        value = -1;
      }
      if (value > U32_MAX || sum > U32_MAX) {
        throw badTime(entry, word, what);
      }
    }
    sum += Math.max(value, 0);
    if (entry.start(word) == end || entry.isQuoted(word) || sum > U32_MAX) {
      throw badTime(entry, word, what);
    }
    return sum;
  }

  private static EntryException badTime(EntryScanner entry, int word, String what) {
    return entry.error(
        word,
        "%s is a number of seconds, or one with units such as 1h30m or 2w (w, d, h, m, s), at most %d seconds; not '%s'"
            .formatted(what, U32_MAX, entry.word(word)));
  }

  private static long unit(byte letter) {
    return switch (letter | 0x20) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> 0;
    };
  }
}
