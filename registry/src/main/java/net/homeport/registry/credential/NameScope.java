package net.homeport.registry.credential;

import java.util.List;
import org.xbill.DNS.Name;

/** Which hosts a credential is for. */
public sealed interface NameScope {
  /** The hosts that were added with it. */
  NameScope OWN = new Own();

  /** Most names that one credential lists. */
  int NAMES_MAX = 50;

  /** The hosts that were added with it. */
  record Own() implements NameScope {}

  /** Those listed, whose credential they are not: several credentials may change one host. */
  record Listed(List<Entry> entries) implements NameScope {
    /**
     * @throws IllegalArgumentException that says what is wrong with the list
     */
    public Listed {
      entries = List.copyOf(entries);
      if (entries.isEmpty() || entries.size() > NAMES_MAX) {
        throw new IllegalArgumentException(
            "a credential lists 1 to %d names, not %d".formatted(NAMES_MAX, entries.size()));
      }
    }
  }

  /**
   * The hosts of a site.
   *
   * @param site what the site is called
   */
  record OfSite(String site) implements NameScope {}

  /**
   * One name.
   *
   * @param subtree whether all names below it are meant, too
   */
  record Entry(Name name, boolean subtree) {
    /** Whether it is about this name; letter case does not matter. */
    public boolean covers(Name other) {
      return subtree ? other.subdomain(name) : other.equals(name);
    }
  }
}
