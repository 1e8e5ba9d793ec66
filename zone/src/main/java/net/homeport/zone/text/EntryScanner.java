package net.homeport.zone.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits master-file text into entries, and an entry into words (RFC 1035 5.1): white space,
 * comments, parentheses and quotes are dealt with here, escapes are left to who reads a word. Words
 * are offsets into the text; nothing is copied.
 */
final class EntryScanner {
  /** Most words of an entry: RDATA of the longest kind, in hexadecimal pairs. */
  private static final int WORDS_MAX = 70_000;

  private static final int WORDS_MIN = 32;

  private final ZoneTextSource source;
  private final byte[] text;
  private final int fixedOffset;
  private int at;
  private boolean indented;
  private int count;
  private int[] start = new int[WORDS_MIN];
  private int[] end = new int[WORDS_MIN];
  private boolean[] quoted = new boolean[WORDS_MIN];

  EntryScanner(ZoneTextSource source) {
    this.source = source;
    this.text = source.octets();
    this.fixedOffset = -1;
    this.at = afterByteOrderMark(text);
  }

  /** Text that was made of an entry of {@code source} at {@code offset}: errors are there. */
  EntryScanner(ZoneTextSource source, int offset, byte[] made) {
    this.source = source;
    this.text = made;
    this.fixedOffset = offset;
  }

  static int afterByteOrderMark(byte[] text) {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /**
   * Goes to the next entry that has a word.
   *
   * @return false at the end of the text
   * @throws EntryException when the entry cannot be split; the next call goes on behind it
   */
  boolean next() throws EntryException {
    while (at < text.length) {
      indented = text[at] == ' ' || text[at] == '\t';
      count = 0;
      scan();
      if (count > 0) {
        return true;
      }
    }
    return false;
  }

  private void scan() throws EntryException {
    int depth = 0;
    int opened = 0;
    while (at < text.length) {
      byte octet = text[at];
      switch (octet) {
        case '\n' -> {
          at++;
          if (depth == 0) {
            return;
          }
        }
        case ' ', '\t', '\r' -> at++;
        case ';' -> skipLine();
        case '(' -> {
          opened = depth == 0 ? at : opened;
          depth++;
          at++;
        }
        case ')' -> {
          if (depth == 0) {
            throw broken(at, "a ')' without a '('; remove it, or open it earlier");
          }
          depth--;
          at++;
        }
        case '"' -> quotedWord();
        default -> word();
      }
      if (count > WORDS_MAX) {
        throw broken(
            depth > 0 ? opened : start[0],
            "more than %d words in one record; is a ')' missing?".formatted(WORDS_MAX));
      }
    }
    if (depth > 0) {
      throw broken(opened, "this '(' is never closed; add ')' at the end of the record");
    }
  }

  private void skipLine() {
    while (at < text.length && text[at] != '\n') {
      at++;
    }
  }

  /** Passes over the rest of the line, so that the next entry is read from its start. */
  private EntryException broken(int offset, String message) {
    skipLine();
    count = 0;
    return new EntryException(fixedOffset >= 0 ? fixedOffset : offset, message);
  }

  private void word() {
    int from = at;
    while (at < text.length && !endsWord(text[at])) {
      boolean escape = text[at] == '\\' && at + 1 < text.length && !endsLine(at + 1);
      at += escape ? 2 : 1;
    }
    put(from, at, false);
  }

  private boolean endsLine(int offset) {
    return text[offset] == '\n'
        || (text[offset] == '\r' && offset + 1 < text.length && text[offset + 1] == '\n');
  }

  private static boolean endsWord(byte octet) {
    return switch (octet) {
      case ' ', '\t', '\r', '\n', ';', '(', ')', '"' -> true;
      default -> false;
    };
  }

  private void quotedWord() throws EntryException {
    int open = at;
    at++;
    int from = at;
    while (at < text.length && text[at] != '"') {
      if (text[at] == '\n') {
        throw broken(open, "this '\"' is not closed on its line; close it, or escape it as \\\"");
      }
      boolean escape = text[at] == '\\' && at + 1 < text.length && !endsLine(at + 1);
      at += escape ? 2 : 1;
    }
    if (at >= text.length) {
      throw broken(open, "this '\"' is never closed; close it, or escape it as \\\"");
    }
    put(from, at, true);
    at++;
  }

  private void put(int from, int to, boolean inQuotes) {
    if (count == start.length) {
      start = Arrays.copyOf(start, count * 2);
      end = Arrays.copyOf(end, count * 2);
      quoted = Arrays.copyOf(quoted, count * 2);
    }
    start[count] = from;
    end[count] = to;
    quoted[count++] = inQuotes;
  }

  ZoneTextSource source() {
    return source;
  }

  /** The octets in which the words stand. */
  byte[] text() {
    return text;
  }

  /** Whether nothing stands behind the entry. */
  boolean isEnd() {
    return at >= text.length;
  }

  /** Octets read so far. */
  int position() {
    return at;
  }

  /** Whether the entry begins with white space: it has the owner of the one before. */
  boolean isIndented() {
    return indented;
  }

  /** Number of words. */
  int count() {
    return count;
  }

  int start(int word) {
    return start[word];
  }

  int end(int word) {
    return end[word];
  }

  boolean isQuoted(int word) {
    return quoted[word];
  }

  /** The word without quotes, escapes as they are. */
  String word(int word) {
    return new String(text, start[word], end[word] - start[word], StandardCharsets.UTF_8);
  }

  /** The word in upper case: mnemonics and units have no case. */
  String upper(int word) {
    return word(word).toUpperCase(Locale.ROOT);
  }

  /** The words from this one on as text, with their quotes, one blank between them. */
  String joined(int from) {
    var joined = new StringBuilder();
    for (int word = from; word < count; word++) {
      joined.append(word == from ? "" : " ");
      joined.append(quoted[word] ? "\"" + word(word) + "\"" : word(word));
    }
    return joined.toString();
  }

  /** Where errors about a word stand; of one that is missing, behind the last one. */
  int offset(int word) {
    if (fixedOffset >= 0) {
      return fixedOffset;
    }
    if (word < count) {
      return quoted[word] ? start[word] - 1 : start[word];
    }
    return count == 0 ? at : end[count - 1] + (quoted[count - 1] ? 1 : 0);
  }

  /** An error about a word; of one that is missing, behind the last one. */
  EntryException error(int word, String message) {
    return new EntryException(offset(word), message);
  }
}
