package net.homeport.registry.key;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/**
 * A key as the store keeps it: its secrets encrypted, its rules as text.
 *
 * @param algorithm name of the HMAC algorithm, or {@link #SIG0}
 * @param secrets encrypted, the newest first; none of a SIG(0) key
 * @param publicHalf the KEY record of a SIG(0) key, else null
 * @param rules texts by their numbers
 */
public record StoredKey(
    Name name,
    String algorithm,
    List<SealedSecret> secrets,
    @Nullable KEYRecord publicHalf,
    String comment,
    Instant createdAt,
    boolean disabled,
    SortedMap<Integer, String> rules) {
  /** In place of an algorithm, of keys that are a public half. */
  public static final String SIG0 = "sig0";

  public StoredKey {
    secrets = List.copyOf(secrets);
    rules = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Integer, String>) rules));
  }
}
