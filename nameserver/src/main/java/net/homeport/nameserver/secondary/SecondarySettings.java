package net.homeport.nameserver.secondary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone that another server is the primary of.
 *
 * @param primaries asked in this order; at least one
 * @param key name of the key that signs what is said; null for none
 */
public record SecondarySettings(Name zone, List<Primary> primaries, @Nullable Name key) {
  /** Most primaries of a zone. */
  public static final int PRIMARIES_MAX = 8;

  public SecondarySettings {
    primaries = List.copyOf(primaries);
    if (primaries.isEmpty() || primaries.size() > PRIMARIES_MAX) {
      throw new IllegalArgumentException("a zone has 1 to " + PRIMARIES_MAX + " primaries");
    }
  }
}
