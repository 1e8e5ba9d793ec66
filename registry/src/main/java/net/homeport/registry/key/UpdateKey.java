package net.homeport.registry.key;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.homeport.registry.policy.UpdateRule;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/**
 * A key that signs updates.
 *
 * @param name the same on both sides
 * @param material what verifies its signatures
 * @param comment what a person noted; may be empty
 * @param createdAt when it was added
 * @param disabled whether it verifies nothing for now
 * @param rules what it may do, by numbers that stay with a rule
 */
public record UpdateKey(
    Name name,
    Material material,
    String comment,
    Instant createdAt,
    boolean disabled,
    SortedMap<Integer, UpdateRule> rules) {
  /** Most rules of a key. */
  public static final int RULES_MAX = 100;

  public UpdateKey {
    rules = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Integer, UpdateRule>) rules));
  }

  /** What verifies signatures. */
  public sealed interface Material {
    /**
     * TSIG (RFC 8945).
     *
     * @param secrets the newest first; more than one while clients move to the newest
     */
    record Shared(HmacAlgorithm algorithm, List<KeySecret> secrets) implements Material {
      /** Most secrets at a time. */
      public static final int SECRETS_MAX = 4;

      public Shared {
        secrets = List.copyOf(secrets);
      }
    }

    /** SIG(0) (RFC 2931): the public half; the private one is the requestor's alone. */
    record PublicHalf(KEYRecord key) implements Material {}
  }

  UpdateKey with(Material changed) {
    return new UpdateKey(name, changed, comment, createdAt, disabled, rules);
  }

  UpdateKey disabled(boolean off) {
    return new UpdateKey(name, material, comment, createdAt, off, rules);
  }

  UpdateKey with(SortedMap<Integer, UpdateRule> changed) {
    return new UpdateKey(name, material, comment, createdAt, disabled, changed);
  }
}
