package net.homeport.registry.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lists as text: an entry a line, in lower case; {@code #} after a blank begins a comment. */
final class ListText {
  static final int LINES_MAX = 20_000;

  private ListText() {}

  /**
   * The entries.
   *
   * @param reader what to make of a line; throws an IllegalArgumentException that says what is
   *     wrong
   * @throws IllegalArgumentException that says what is wrong in which line
   */
  static <T> List<T> parse(String text, Function<String, T> reader) {
    var entries = new ArrayList<T>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (number > LINES_MAX) {
        throw new IllegalArgumentException("more than %d lines".formatted(LINES_MAX));
      }
      String entry = line.replaceFirst("(^|\\s)#\\s.*|(^|\\s)#$", "").strip();
      if (!entry.isEmpty()) {
        try {
          entries.add(reader.apply(entry.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line %d: %s".formatted(number, e.getMessage()), e);
        }
      }
    }
    return entries;
  }
}
