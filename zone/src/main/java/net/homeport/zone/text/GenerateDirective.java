package net.homeport.zone.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Type;

/**
 * {@code $GENERATE start-stop[/step] lhs [ttl] [class] type rhs}, as name servers commonly know it:
 * each {@code $} of both sides becomes the number, {@code ${offset[,width[,radix]]}} a form of it
 * (radix d, o, x, X, or n and N for reversed nibbles), {@code $$} and {@code \$} a dollar sign.
 */
final class GenerateDirective {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})-(\\d{1,10})(?:/(\\d{1,10}))?");
  private static final Pattern FORM =
      Pattern.compile("(-?\\d{1,10})(?:,(\\d{1,10})(?:,([doxXnN]))?)?");
  private static final long NUMBER_MAX = Integer.MAX_VALUE;
  private static final int WIDTH_MAX = 99;

  private final Receiver receiver;
  private long made;

  GenerateDirective(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Takes each entry that is made, before its first word is read. */
  interface Receiver {
    void take(EntryScanner made) throws EntryException;
  }

  void expand(EntryScanner entry) throws EntryException {
    int type = 3;
    while (type < entry.count() && (isTtl(entry, type) || RecordWords.isClass(entry, type))) {
      type++;
    }
    if (entry.count() <= type + 1) {
      throw entry.error(
          entry.count(),
          "$GENERATE takes a range, a name, a type and data, such as '$GENERATE 1-9 host$ A 192.0.2.$'");
    }
    Matcher range = RANGE.matcher(entry.word(1));
    long start = range.matches() ? Long.parseLong(range.group(1)) : -1;
    long stop = start < 0 ? -1 : Long.parseLong(range.group(2));
    long step = start < 0 || range.group(3) == null ? 1 : Long.parseLong(range.group(3));
    if (start < 0 || stop < start || step < 1 || stop > NUMBER_MAX) {
      throw entry.error(
          1,
          "the range of $GENERATE is START-STOP or START-STOP/STEP, with START not above STOP, STEP at least 1 and none above %d; not '%s'"
              .formatted(NUMBER_MAX, entry.word(1)));
    }
    bound(entry, (stop - start) / step + 1);
    List<Part> template = template(entry, type);
    for (long number = start; number <= stop; number += step) {
      byte[] line = line(template, number);
      var one = new EntryScanner(entry.source(), entry.offset(0), line);
      try {
        receiver.take(one);
      } catch (EntryException e) {
        throw entry.error(
            0,
            "$GENERATE makes '%s': %s"
                .formatted(new String(line, StandardCharsets.UTF_8), e.getMessage()));
      }
    }
  }

  private static boolean isTtl(EntryScanner entry, int word) {
    return Numbers.looksLikeTtl(entry, word);
  }

  private void bound(EntryScanner entry, long count) throws EntryException {
    if (count > ZoneText.GENERATED_MAX) {
      throw entry.error(
          1,
          "this $GENERATE makes %d records; one makes at most %d"
              .formatted(count, ZoneText.GENERATED_MAX));
    }
    made += count;
    if (made > ZoneText.GENERATED_IN_FILE_MAX) {
      throw entry.error(
          1,
          "with this $GENERATE the file makes %d records; all of a file make at most %d"
              .formatted(made, ZoneText.GENERATED_IN_FILE_MAX));
    }
  }

  private static List<Part> template(EntryScanner entry, int type) throws EntryException {
    var parts = new ArrayList<Part>();
    for (int word = 2; word < entry.count(); word++) {
      if (word > 2) {
        parts.add(new Part.Literal(" "));
      }
      // All data in one pair of quotes is how it may hold blanks; a text keeps its quotes.
      boolean text = RecordWords.type(entry, type) == Type.TXT;
      boolean whole = word == type + 1 && entry.count() == type + 2 && !text;
      boolean quotes = entry.isQuoted(word) && !whole;
      if (quotes) {
        parts.add(new Part.Literal("\""));
      }
      parts(entry, word, parts);
      if (quotes) {
        parts.add(new Part.Literal("\""));
      }
    }
    return parts;
  }

  private static void parts(EntryScanner entry, int word, List<Part> parts) throws EntryException {
    String text = entry.word(word);
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (next == '\\' && at + 1 < text.length()) {
        literal.append(after == '$' ? "$" : text.substring(at, at + 2));
        at += 2;
      } else if (next == '$' && after == '$') {
        literal.append('$');
        at += 2;
      } else if (next == '$') {
        parts.add(new Part.Literal(literal.toString()));
        literal.setLength(0);
        int close = after == '{' ? text.indexOf('}', at) : at;
        String form = after == '{' && close > 0 ? text.substring(at + 2, close) : "0";
        parts.add(number(entry, word, after == '{' && close < 0 ? "" : form));
        at = close + 1;
      } else {
        literal.append(next);
        at++;
      }
    }
    parts.add(new Part.Literal(literal.toString()));
  }

  private static Part number(EntryScanner entry, int word, String form) throws EntryException {
    Matcher matcher = FORM.matcher(form);
    boolean right = matcher.matches();
    long width = right && matcher.group(2) != null ? Long.parseLong(matcher.group(2)) : 0;
    if (!right || width > WIDTH_MAX) {
      throw entry.error(
          word,
          "in $GENERATE '${...}' is ${OFFSET,WIDTH,RADIX} with a width of at most %d and a radix of d, o, x, X, n or N; not '%s'"
              .formatted(WIDTH_MAX, entry.word(word)));
    }
    char radix = matcher.group(3) == null ? 'd' : matcher.group(3).charAt(0);
    return new Part.Counter(Long.parseLong(matcher.group(1)), (int) width, radix);
  }

  private static byte[] line(List<Part> template, long number) {
    var out = new ByteArrayOutputStream();
    for (Part part : template) {
      String text =
          switch (part) {
            case Part.Literal literal -> literal.text();
            case Part.Counter form -> form.text(number);
          };
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  /** A piece of the line that is made again and again. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Counter(long offset, int width, char radix) implements Part {
      String text(long number) {
        long value = number + offset;
        return switch (radix) {
          case 'o' -> padded(Integer.toOctalString((int) value));
          case 'x' -> padded(Integer.toHexString((int) value));
          case 'X' -> padded(Integer.toHexString((int) value).toUpperCase(java.util.Locale.ROOT));
          case 'n' -> nibbles("0123456789abcdef", (int) value);
          case 'N' -> nibbles("0123456789ABCDEF", (int) value);
          default -> padded(Long.toString(value));
        };
      }

      private String padded(String digits) {
        boolean negative = digits.startsWith("-");
        String bare = negative ? digits.substring(1) : digits;
        int zeros = Math.max(0, width - digits.length());
        return (negative ? "-" : "") + "0".repeat(zeros) + bare;
      }

      /** Nibbles from the lowest on, with dots between, as ip6.arpa has them; width counts both. */
      private String nibbles(String digits, int value) {
        var text = new StringBuilder();
        int rest = value;
        do {
          text.append(text.isEmpty() ? "" : ".").append(digits.charAt(rest & 0xF));
          rest >>>= 4;
        } while (rest != 0 || text.length() + 1 < width);
        return text.toString();
      }
    }
  }
}
