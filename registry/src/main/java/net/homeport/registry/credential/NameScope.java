package net.homeport.registry.credential;

import java.util.List;
import org.xbill.DNS.Name;

/** Which hosts a credential is for. */
public sealed interface NameScope {
  /** The hosts that were added with it. */
  NameScope OWN = new Own();

  /** No host: those that it was for are gone. */
  NameScope NONE = new None();

  /** Most names that one credential lists. */
  int NAMES_MAX = 50;

  /** The hosts that were added with it. */
  record Own() implements NameScope {}

  /** No host: those that it was for are gone, and that must not make it be for others. */
  record None() implements NameScope {}

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
   * @param accountId of a subtree, whose hosts only are meant, whoever gets names in it later;
   *     {@link #ANYBODY} for all
   */
  record Entry(Name name, boolean subtree, long accountId) {
    /** Hosts of all accounts are meant. */
    public static final long ANYBODY = 0;

    /** Of whoever has hosts there. */
    public Entry(Name name, boolean subtree) {
      this(name, subtree, ANYBODY);
    }

    /** The same, of the hosts of this account only. */
    public Entry of(long account) {
      return new Entry(name, subtree, subtree ? account : ANYBODY);
    }

    /** Whether it is about this name; letter case does not matter. */
    public boolean covers(Name other) {
      return subtree ? other.subdomain(name) : other.equals(name);
    }
  }
}
