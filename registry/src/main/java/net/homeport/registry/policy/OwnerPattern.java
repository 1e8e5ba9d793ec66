package net.homeport.registry.policy;

import java.util.Arrays;
import org.xbill.DNS.Name;

/** Which owner names a rule is about. Letter case never matters. */
public sealed interface OwnerPattern {
  /** Exactly this name. The only pattern that a wildcard owner name ({@code *.x}) can match. */
  record Exact(Name name) implements OwnerPattern {}

  /** This name and all names below it. */
  record Subtree(Name name) implements OwnerPattern {}

  /**
   * Names with as many labels as the pattern, label by label the same; one {@code *} in a label of
   * the pattern stands for any octets within that label.
   */
  record Glob(Name pattern) implements OwnerPattern {
    /**
     * @throws IllegalArgumentException if no label has a {@code *}, one has two, or the last has
     *     one
     */
    public Glob {
      boolean any = false;
      for (int label = 0; label < pattern.labels() - 1; label++) {
        int asterisks = asterisks(pattern.getLabel(label));
        boolean last = label == pattern.labels() - 2;
        if (asterisks > 1 || (asterisks == 1 && last)) {
          throw new IllegalArgumentException(
              "the pattern '%s' has %s; each label but the last may have one '*', such as '_acme-challenge.*.example.org'"
                  .formatted(
                      pattern.toString(true),
                      last ? "a '*' in its last label" : "two '*' in one label"));
        }
        any |= asterisks == 1;
      }
      if (!any) {
        throw new IllegalArgumentException(
            "the pattern '%s' has no '*'; write it as an owner".formatted(pattern.toString(true)));
      }
    }

    private static int asterisks(byte[] label) {
      int count = 0;
      for (int i = 1; i <= label[0]; i++) {
        count += label[i] == '*' ? 1 : 0;
      }
      return count;
    }

    private boolean covers(Name owner) {
      if (owner.labels() != pattern.labels()) {
        return false;
      }
      Name wanted = pattern.canonicalize();
      Name given = owner.canonicalize();
      for (int label = 0; label < wanted.labels(); label++) {
        if (!matches(wanted.getLabel(label), given.getLabel(label))) {
          return false;
        }
      }
      return true;
    }

    /** Both begin with their length. */
    private static boolean matches(byte[] wanted, byte[] given) {
      int asterisk = 1;
      while (asterisk <= wanted[0] && wanted[asterisk] != '*') {
        asterisk++;
      }
      if (asterisk > wanted[0]) {
        return Arrays.equals(wanted, 0, wanted[0] + 1, given, 0, given[0] + 1);
      }
      int behind = wanted[0] - asterisk;
      int fixed = wanted[0] - 1;
      return given[0] >= fixed
          && Arrays.equals(wanted, 1, asterisk, given, 1, asterisk)
          && Arrays.equals(
              wanted, asterisk + 1, wanted[0] + 1, given, given[0] + 1 - behind, given[0] + 1);
    }
  }

  /** The name that is the key's own. */
  record Self() implements OwnerPattern {}

  /** The name that is the key's own, and all names below it. */
  record SelfSubtree() implements OwnerPattern {}

  /**
   * Whether the pattern covers this owner name.
   *
   * @param key the name of the key that asks
   */
  default boolean covers(Name owner, Name key) {
    // A wildcard answers for names that nobody listed, so only who names it may change it.
    boolean named = this instanceof Exact;
    return (named || !owner.isWild())
        && switch (this) {
          case Exact exact -> owner.equals(exact.name());
          case Subtree subtree -> owner.subdomain(subtree.name());
          case Glob glob -> glob.covers(owner);
          case Self _ -> owner.equals(key);
          case SelfSubtree _ -> owner.subdomain(key);
        };
  }

  /** Whether the pattern names this one owner and no other: what the apex's NS and SOA need. */
  default boolean names(Name owner, Name key) {
    return switch (this) {
      case Exact exact -> owner.equals(exact.name());
      case Self _ -> owner.equals(key);
      case Subtree _, Glob _, SelfSubtree _ -> false;
    };
  }
}
