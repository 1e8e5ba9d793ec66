package net.homeport.registry.key;

import java.util.List;
import net.homeport.registry.policy.UpdateRule;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/**
 * A key to add.
 *
 * @param material what it verifies with
 * @param comment what a person noted; at most {@link #COMMENT_MAX} characters
 * @param rules what it may do; numbered from 1 in this order
 */
public record NewKey(Name name, Material material, String comment, List<UpdateRule> rules) {
  /** Most characters of a comment. */
  public static final int COMMENT_MAX = 500;

  public NewKey {
    rules = List.copyOf(rules);
  }

  /** What a new key verifies with. */
  public sealed interface Material {
    /**
     * TSIG.
     *
     * @param secret one that others have already; null to make one
     * @param md5Allowed whether HMAC-MD5 is wanted with open eyes
     */
    record Shared(HmacAlgorithm algorithm, @Nullable SharedSecret secret, boolean md5Allowed)
        implements Material {}

    /** SIG(0). */
    record PublicHalf(KEYRecord key) implements Material {}
  }
}
