package net.homeport.registry.naming;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Names that a person would take for a brand's, as phishing needs them. Immutable. */
final class LookAlikes {
  private static final String ACE_PREFIX = "xn--";

  /** The brands by what they look like. */
  private final Map<String, String> brands;

  private LookAlikes(Map<String, String> brands) {
    this.brands = Map.copyOf(brands);
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
}
