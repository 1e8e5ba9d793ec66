package net.homeport.registry.naming;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Names that a person would take for a brand's, as phishing needs them. Immutable. */
final class LookAlikes {
  private static final String ACE_PREFIX = "xn--";

  /** Shortest brand that is looked for within words: more words have a shorter one by chance. */
  static final int WITHIN_MIN = 6;

  /** The brands by what they look like. */
  private final Map<String, String> brands;

  /** Those that are looked for within words, by how they are read. */
  private final Map<String, String> within = new TreeMap<>(); // never changed after it is made

  private LookAlikes(Map<String, String> brands) {
    this.brands = Map.copyOf(brands);
    for (String brand : brands.values()) {
      String reading = Confusables.readings(Confusables.shown(brand)).iterator().next();
      String letters = reading.replace("-", "");
      if (letters.length() >= WITHIN_MIN) {
        within.put(letters, brand);
      }
    }
  }

  /**
   * Those of the brands of this text, one a line.
   *
   * @throws IllegalArgumentException that says what is wrong in which line
   */
  static LookAlikes parse(String text) {
    var brands = new HashMap<String, String>();
    for (String brand : ListText.parse(text, LookAlikes::brand)) {
      brands.put(Confusables.skeleton(Confusables.shown(brand)).replace("-", ""), brand);
    }
    return new LookAlikes(brands);
  }

  private static String brand(String text) {
    if (!text.matches("[\\p{L}\\p{N}-]{3,63}")) {
      throw new IllegalArgumentException(
          "'%s' is not a brand as a label: 3 to 63 letters, digits and hyphens".formatted(text));
    }
    return text;
  }

  /** What this name could be taken for, in words; null if for nothing that is listed. */
  @Nullable String objection(Name name, Name zone) {
    for (int i = 0; i < name.labels() - zone.labels(); i++) {
      String objection = objection(name.getLabelString(i).toLowerCase(Locale.ROOT));
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private @Nullable String objection(String label) {
    String shown = Confusables.shown(label);
    if (label.startsWith(ACE_PREFIX) && shown.equals(label)) {
      return "'%s' is not an internationalized label, though it begins like one".formatted(label);
    }
    String mixture = Confusables.mixture(shown);
    if (mixture != null) {
      return "'%s' (%s) mixes letters of %s, which look alike".formatted(shown, label, mixture);
    }
    String skeleton = Confusables.skeleton(shown);
    String brand = brands.get(skeleton.replace("-", ""));
    for (String word : skeleton.split("-", -1)) {
      brand = brand == null ? brands.get(word) : brand;
    }
    return brand == null
        ? null
        : "'%s' can be taken for '%s' of the list of brands".formatted(shown, brand);
  }

  /**
   * The brand that a label of this name has within it, in words; null if there is none. It may be
   * by chance, so it is no reason by itself: {@code amazonas} is a river. What {@link #objection}
   * says is not said again.
   */
  @Nullable String remark(Name name, Name zone) {
    for (int i = 0; i < name.labels() - zone.labels(); i++) {
      String label = name.getLabelString(i).toLowerCase(Locale.ROOT);
      if (objection(label) == null) {
        String shown = Confusables.shown(label);
        String brand = brandWithin(shown);
        if (brand != null) {
          return "'%s' has '%s' of the list of brands within it".formatted(shown, brand);
        }
      }
    }
    return null;
  }

  private @Nullable String brandWithin(String shown) {
    if (shown.length() < WITHIN_MIN) {
      return null;
    }
    for (String reading : Confusables.readings(shown)) {
      for (Map.Entry<String, String> brand : within.entrySet()) {
        if (reading.contains(brand.getKey()) || isOfWords(brand.getKey(), reading)) {
          return brand.getValue();
        }
      }
    }
    return null;
  }

  /** Whether it is made of whole words in a row: {@code pay-pal-login}, not {@code public-loud}. */
  private static boolean isOfWords(String brand, String reading) {
    String[] words = reading.split("-", -1);
    for (int from = 0; from < words.length; from++) {
      var joined = new StringBuilder();
      for (int to = from; to < words.length && joined.length() < brand.length(); to++) {
        joined.append(words[to]);
      }
      if (joined.toString().equals(brand)) {
        return true;
      }
    }
    return false;
  }
}
