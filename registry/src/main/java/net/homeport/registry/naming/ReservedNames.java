package net.homeport.registry.naming;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Labels that mean something to programs, so that whoever holds such a name could speak for the
 * whole zone: mail servers and their settings, proxies, name servers, certificates. Immutable.
 */
final class ReservedNames {
  private final List<LabelPattern> patterns;

  private ReservedNames(List<LabelPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Those of this text, one a line; see {@link LabelPattern}.
   *
   * @throws IllegalArgumentException that says what is wrong in which line
   */
  static ReservedNames parse(String text) {
    return new ReservedNames(ListText.parse(text, LabelPattern::parse));
  }

  /** Why this name is reserved, in words; null if it is not. */
  @Nullable String objection(Name name, Name zone) {
    int labels = name.labels() - zone.labels();
    for (int i = 0; i < labels; i++) {
      String label = name.getLabelString(i).toLowerCase(Locale.ROOT);
      for (LabelPattern pattern : patterns) {
        if ((pattern.atAnyDepth() || i == labels - 1) && pattern.matches(label)) {
          return "'%s' is reserved ('%s' in the list of reserved names): programs ask for it by themselves"
              .formatted(label, pattern.text());
        }
      }
    }
    return null;
  }
}
