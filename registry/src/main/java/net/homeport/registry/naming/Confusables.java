package net.homeport.registry.naming;

import java.net.IDN;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What labels look like: two that have the same skeleton can be taken for each other (the idea of
 * Unicode Technical Standard 39, section 4), with the swaps of digits and letters that are used for
 * that.
 *
 * <p>It knows the letters of Greek, Cyrillic and Armenian that look Latin, not all of Unicode.
 */
final class Confusables {
  /** A Latin letter, then the letters that look like it. */
  private static final String[] LETTERS = {
    "a\u0430\u03B1\u0251", "b\u044C\u0185\u0432", "c\u0441\u03F2\u1D04", "d\u0501\u0257\u0111",
    "e\u0435\u04BD\u0454\u03B5", "f\u0192\u03DD", "g\u0261\u0581\u050D", "h\u04BB\u0570\u0127",
    "i\u0456\u0131\u0269\u03B9", "j\u0458\u03F3", "k\u03BA\u043A", "l\u04CF\u0142\u026D",
    "m\u043C", "n\u0578\u043F\u03B7", "o\u043E\u03BF\u0585\u03C3\u00F8", "p\u0440\u03C1\u00FE",
    "q\u051B\u0563", "r\u0433\u1D26", "s\u0455\uA731", "t\u0442\u03C4\u0167",
    "u\u03C5\u057D\u028B", "v\u03BD\u0475", "w\u051D\u0461\u03C9\u0448", "x\u0445\u03C7",
    "y\u0443\u03B3\u04AF", "z\u1D22",
  };

  private static final Map<Character, Character> LATIN = latin();

  private Confusables() {}

  private static Map<Character, Character> latin() {
    var map = new HashMap<Character, Character>();
    for (String letters : LETTERS) {
      letters.chars().skip(1).forEach(other -> map.put((char) other, letters.charAt(0)));
    }
    String digits = "0o1l3e4a5s7t8b9g|lil";
    for (int i = 0; i < digits.length(); i += 2) {
      map.put(digits.charAt(i), digits.charAt(i + 1));
    }
    return Map.copyOf(map);
  }

  /** A label as a person sees it: an A-label (RFC 5890 2.3.2.1) decoded. */
  static String shown(String label) {
    return IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
  }

  /** What a label looks like. */
  static String skeleton(String shown) {
    String folded =
        Normalizer.normalize(shown, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    var skeleton = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      char latin = LATIN.getOrDefault(c, c);
      // A Greek iota looks like an i, and an i like an l.
      skeleton.append(LATIN.getOrDefault(latin, latin));
    }
    return skeleton.toString().replace("rn", "m").replace("vv", "w");
  }

  /**
   * The ways in which a label may be read as a person reads a word within it: letters of other
   * scripts and digits stand for the Latin ones they look like, but no Latin letter for another: an
   * i for an l would make {@code localcloud} of {@code icloud}.
   */
  static Set<String> readings(String shown) {
    String folded =
        Normalizer.normalize(shown, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    var reading = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      reading.append(c >= 'a' && c <= 'z' ? c : LATIN.getOrDefault(c, c));
    }
    var readings = new LinkedHashSet<String>(4);
    readings.add(reading.toString());
    // A 1 was read as an l; it looks like an i as well.
    for (int i = folded.indexOf('1'); i >= 0; i = folded.indexOf('1', i + 1)) {
      reading.setCharAt(i, 'i');
    }
    readings.add(reading.toString());
    for (String one : List.copyOf(readings)) {
      readings.add(one.replace("rn", "m").replace("vv", "w"));
    }
    return readings;
  }

  /**
   * Two scripts of one label of which one looks like the other, in words; null if there are none.
   */
  static @Nullable String mixture(String shown) {
    boolean latin = false;
    String other = null;
    for (int point : shown.codePoints().filter(Character::isLetter).toArray()) {
      Character.UnicodeScript script = Character.UnicodeScript.of(point);
      switch (script) {
        case LATIN -> latin = true;
        case CYRILLIC, GREEK, ARMENIAN, CHEROKEE, COPTIC ->
            other = script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT);
        default -> {}
      }
    }
    return latin && other != null ? "Latin and " + other : null;
  }
}
