package net.homeport.registry.key;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.UpdateKey.Material;
import net.homeport.registry.policy.RuleText;
import net.homeport.registry.policy.UpdateRule;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/** Keys to and from what the store keeps. */
final class KeyCodec {
  private final SecretCipher cipher;

  KeyCodec(SecretCipher cipher) {
    this.cipher = cipher;
  }

  StoredKey stored(UpdateKey key) {
    SortedMap<Integer, String> rules = new TreeMap<>();
    key.rules().forEach((number, rule) -> rules.put(number, rule.toString()));
    return switch (key.material()) {
      case Material.Shared shared ->
          stored(
              key,
              shared.algorithm().text(),
              shared.secrets().stream()
                  .map(secret -> sealed(key.name(), shared.algorithm(), secret))
                  .toList(),
              null,
              rules);
      case Material.PublicHalf half -> stored(key, StoredKey.SIG0, List.of(), half.key(), rules);
    };
  }

  private static StoredKey stored(
      UpdateKey key,
      String algorithm,
      List<SealedSecret> secrets,
      @Nullable KEYRecord publicHalf,
      SortedMap<Integer, String> rules) {
    return new StoredKey(
        key.name(),
        algorithm,
        secrets,
        publicHalf,
        key.comment(),
        key.createdAt(),
        key.disabled(),
        rules);
  }

  private SealedSecret sealed(Name key, HmacAlgorithm algorithm, KeySecret secret) {
    return new SealedSecret(
        cipher.seal(key, algorithm, secret.value().octets()),
        secret.createdAt(),
        secret.validUntil());
  }

  /**
   * The key as it was.
   *
   * @throws RegistryStoreException when a secret cannot be decrypted, or the rest makes no sense
   */
  UpdateKey key(StoredKey stored) {
    SortedMap<Integer, UpdateRule> rules = new TreeMap<>();
    try {
      stored.rules().forEach((number, text) -> rules.put(number, RuleText.parse(text)));
    } catch (IllegalArgumentException e) {
      throw damaged(stored, "has an illegible rule: " + e.getMessage(), e);
    }
    return new UpdateKey(
        stored.name(),
        material(stored),
        stored.comment(),
        stored.createdAt(),
        stored.disabled(),
        rules);
  }

  private Material material(StoredKey stored) {
    KEYRecord half = stored.publicHalf();
    if (half != null) {
      return new Material.PublicHalf(half);
    }
    HmacAlgorithm algorithm =
        HmacAlgorithm.of(stored.algorithm())
            .orElseThrow(() ->
                damaged(
                    stored,
                    "has the algorithm '%s', which this version does not know"
                        .formatted(stored.algorithm()),
                    null));
    return new Material.Shared(
        algorithm,
        stored.secrets().stream().map(secret -> opened(stored, algorithm, secret)).toList());
  }

  private KeySecret opened(StoredKey stored, HmacAlgorithm algorithm, SealedSecret secret) {
    byte[] octets = cipher.open(stored.name(), algorithm, secret.octets());
    if (octets == null) {
      throw damaged(
          stored,
          "has a secret that cannot be decrypted: either server.key in the data folder is not the one with which it was kept, or the store is damaged; put back the server.key, or both, of one backup",
          null);
    }
    return new KeySecret(new SharedSecret(octets), secret.createdAt(), secret.validUntil());
  }

  private static RegistryStoreException damaged(
      StoredKey stored, String what, @Nullable RuntimeException cause) {
    String message = "the update key %s %s".formatted(stored.name().toString(true), what);
    return new RegistryStoreException(
        message, cause == null ? new IllegalStateException(message) : cause);
  }
}
