package net.homeport.registry.key;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.UpdateKey.Material;
import net.homeport.registry.policy.Grant;
import net.homeport.registry.policy.Grants;
import net.homeport.registry.policy.OwnerPattern;
import net.homeport.registry.policy.UpdateRule;
import net.homeport.zone.update.Requestor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/**
 * All keys, in memory over a durable store. Reads take no lock; changes come one after the other,
 * stored first. What ends with time ends here by the clock, without a change.
 */
public final class KeyRegistry implements Grants {
  /** Most keys. */
  public static final int KEYS_MAX = 100_000;

  /** Longest time for which a replaced secret stays valid. */
  public static final Duration OVERLAP_MAX = Duration.ofDays(365);

  /** Octets of a secret that is made here: as many as HMAC-SHA256 uses (RFC 8945 8). */
  private static final int SECRET_OCTETS = 32;

  // KEY flags, RFC 2535 3.1.2: both bits say that there is no key.
  private static final int NO_KEY = 0xC000;
  private static final int PROTOCOL_DNSSEC = 3;

  private final KeyStore store;
  private final KeyCodec codec;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<Name, UpdateKey> keys = new ConcurrentHashMap<>();

  /** Of each key; made when the key changes, since each update asks for one. */
  private final Map<Name, Grant> grants = new ConcurrentHashMap<>();

  /**
   * Loads what the store holds.
   *
   * @param random a cryptographically strong source of secrets
   * @throws RegistryStoreException when a secret cannot be decrypted with this cipher
   */
  public KeyRegistry(
      KeyStore store, SecretCipher cipher, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.codec = new KeyCodec(cipher);
    this.clock = clock;
    this.random = random;
    for (StoredKey stored : store.keys()) {
      remember(codec.key(stored));
    }
  }

  private void remember(UpdateKey key) {
    grants.put(key.name(), new Grant(key.name(), key.disabled(), key.rules()));
    keys.put(key.name(), key);
  }

  /** The key of this name, or null. */
  public @Nullable UpdateKey key(Name name) {
    return keys.get(name);
  }

  /** All keys in canonical order of their names (RFC 4034 6.1). */
  public List<UpdateKey> keys() {
    return keys.values().stream().sorted(Comparator.comparing(UpdateKey::name)).toList();
  }

  /**
   * The secrets of a TSIG key that verify now, the newest first; none if there is no such key, it
   * is disabled, or of another kind.
   */
  public List<KeySecret> validSecrets(Name name) {
    UpdateKey key = keys.get(name);
    if (key == null || key.disabled() || !(key.material() instanceof Material.Shared shared)) {
      return List.of();
    }
    Instant now = clock.instant();
    return shared.secrets().stream().filter(secret -> secret.isValid(now)).toList();
  }

  /** The KEY record of a SIG(0) key that is not disabled, or null. */
  public @Nullable KEYRecord publicHalf(Name name) {
    UpdateKey key = keys.get(name);
    return key != null && !key.disabled() && key.material() instanceof Material.PublicHalf half
        ? half.key()
        : null;
  }

  @Override
  public @Nullable Grant of(Requestor.Proof proof) {
    UpdateKey key =
        switch (proof) {
          case Requestor.Proof.None _ -> null;
          case Requestor.Proof.SharedKey shared -> {
            UpdateKey found = keys.get(shared.key());
            yield found != null && found.material() instanceof Material.Shared ? found : null;
          }
          case Requestor.Proof.PublicKey half -> {
            UpdateKey found = keys.get(half.key());
            yield found != null && found.material() instanceof Material.PublicHalf ? found : null;
          }
        };
    return key == null ? null : grants.get(key.name());
  }

  /**
   * Adds a key.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized KeyChange add(NewKey wanted) {
    UpdateKey present = keys.get(wanted.name());
    if (present != null) {
      return new KeyChange.AlreadyThere(present);
    }
    String objection = objection(wanted);
    if (objection != null) {
      return new KeyChange.Refused(objection);
    }
    Instant now = clock.instant();
    KeySecret secret = null;
    Material material;
    switch (wanted.material()) {
      case NewKey.Material.Shared shared -> {
        SharedSecret given = shared.secret();
        secret = new KeySecret(given == null ? newSecret() : given, now, null);
        material = new Material.Shared(shared.algorithm(), List.of(secret));
      }
      case NewKey.Material.PublicHalf half -> material = new Material.PublicHalf(half.key());
    }
    SortedMap<Integer, UpdateRule> rules = new TreeMap<>();
    wanted.rules().forEach(rule -> rules.put(rules.size() + 1, rule));
    return done(
        new UpdateKey(wanted.name(), material, wanted.comment(), now, false, rules), secret);
  }

  private @Nullable String objection(NewKey wanted) {
    Name name = wanted.name();
    if (name.labels() < 2 || name.isWild()) {
      return "'%s' cannot name a key; take a name such as router1.dyn.example.org".formatted(name);
    }
    if (keys.size() >= KEYS_MAX) {
      return "there are %d keys, and no more can be added; remove some".formatted(keys.size());
    }
    if (wanted.rules().size() > UpdateKey.RULES_MAX) {
      return "a key has at most %d rules".formatted(UpdateKey.RULES_MAX);
    }
    if (wanted.comment().length() > NewKey.COMMENT_MAX) {
      return "a comment has at most %d characters".formatted(NewKey.COMMENT_MAX);
    }
    return switch (wanted.material()) {
      case NewKey.Material.Shared shared -> objection(shared);
      case NewKey.Material.PublicHalf half -> objection(half.key());
    };
  }

  private static @Nullable String objection(NewKey.Material.Shared shared) {
    if (shared.algorithm() == HmacAlgorithm.HMAC_MD5 && !shared.md5Allowed()) {
      return "hmac-md5 is for devices that know nothing better; if this is one, add --allow-md5";
    }
    SharedSecret secret = shared.secret();
    return secret == null ? null : objection(secret);
  }

  private static @Nullable String objection(SharedSecret secret) {
    return secret.length() < SharedSecret.OCTETS_MIN || secret.length() > SharedSecret.OCTETS_MAX
        ? "the secret has %d octets; from %d to %d are taken. Leave it out, and a good one is made"
            .formatted(secret.length(), SharedSecret.OCTETS_MIN, SharedSecret.OCTETS_MAX)
        : null;
  }

  private static @Nullable String objection(KEYRecord key) {
    if ((key.getFlags() & NO_KEY) == NO_KEY || key.getProtocol() != PROTOCOL_DNSSEC) {
      return "the KEY record holds no key for DNS (RFC 2535 3.1): its protocol is 3, and its flags do not say 'no key'";
    }
    return switch (key.getAlgorithm()) {
      case 8, 10, 13, 14, 15 -> null;
      default ->
          "the KEY record's algorithm %d is not taken; take 13 (ECDSAP256SHA256), 15 (ED25519), 8, 10 or 14"
              .formatted(key.getAlgorithm());
    };
  }

  private SharedSecret newSecret() {
    byte[] secret = new byte[SECRET_OCTETS];
    random.nextBytes(secret);
    return new SharedSecret(secret);
  }

  private KeyChange done(UpdateKey key, @Nullable KeySecret secret) {
    store.put(codec.stored(key));
    remember(key);
    return new KeyChange.Done(key, secret);
  }

  /**
   * Gives a TSIG key another secret; those that it has stay valid for a while.
   *
   * @param overlap how long, from nothing to {@link #OVERLAP_MAX}
   * @param given the new secret; null to make one
   * @throws RegistryStoreException when it could not be stored; the old secrets stay then
   */
  public synchronized KeyChange rotate(Name name, Duration overlap, @Nullable SharedSecret given) {
    UpdateKey key = keys.get(name);
    if (key == null) {
      return new KeyChange.NoSuchKey(name);
    }
    if (!(key.material() instanceof Material.Shared shared)) {
      return new KeyChange.Refused(
          "%s is a SIG(0) key: its owner makes a new one, which is added under a new name"
              .formatted(name.toString(true)));
    }
    if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
      return new KeyChange.Refused(
          "the overlap is from nothing to %d days".formatted(OVERLAP_MAX.toDays()));
    }
    String objection = given == null ? null : objection(given);
    if (objection != null) {
      return new KeyChange.Refused(objection);
    }
    Instant now = clock.instant();
    var secret = new KeySecret(given == null ? newSecret() : given, now, null);
    var secrets = new ArrayList<KeySecret>();
    secrets.add(secret);
    for (KeySecret old : shared.secrets()) {
      KeySecret ending = old.until(now.plus(overlap));
      if (given != null && old.isValid(now) && old.value().equals(given)) {
        return new KeyChange.Refused("the key has this secret already");
      }
      if (ending.isValid(now)) {
        secrets.add(ending);
      }
    }
    if (secrets.size() > Material.Shared.SECRETS_MAX) {
      return new KeyChange.Refused(
          "%d older secrets are still valid, and no more can be; wait, or rotate with --overlap 0s, which ends them"
              .formatted(secrets.size() - 1));
    }
    return done(key.with(new Material.Shared(shared.algorithm(), secrets)), secret);
  }

  /**
   * Takes a key's force away for a while, or gives it back.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized KeyChange disable(Name name, boolean disabled) {
    UpdateKey key = keys.get(name);
    return key == null ? new KeyChange.NoSuchKey(name) : done(key.disabled(disabled), null);
  }

  /**
   * Adds a rule, under the number after the highest.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized KeyChange addRule(Name name, UpdateRule rule) {
    UpdateKey key = keys.get(name);
    if (key == null) {
      return new KeyChange.NoSuchKey(name);
    }
    if (key.rules().size() >= UpdateKey.RULES_MAX) {
      return new KeyChange.Refused(
          "a key has at most %d rules; remove one".formatted(UpdateKey.RULES_MAX));
    }
    SortedMap<Integer, UpdateRule> rules = new TreeMap<>(key.rules());
    rules.put(rules.isEmpty() ? 1 : rules.lastKey() + 1, rule);
    return done(key.with(rules), null);
  }

  /**
   * Removes a rule; the others keep their numbers.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized KeyChange removeRule(Name name, int number) {
    UpdateKey key = keys.get(name);
    if (key == null) {
      return new KeyChange.NoSuchKey(name);
    }
    SortedMap<Integer, UpdateRule> rules = new TreeMap<>(key.rules());
    return rules.remove(number) == null
        ? new KeyChange.NoSuchRule(key, number)
        : done(key.with(rules), null);
  }

  /**
   * Ends what keys could do as this host, which will be removed: whoever is called like that next
   * is somebody else. Rules for exactly its name go, and keys that had no others; rules for static
   * records stay, which are no host's.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized void hostLeaving(Host host) {
    for (UpdateKey key : keys()) {
      SortedMap<Integer, UpdateRule> rules = new TreeMap<>(key.rules());
      rules.values().removeIf(rule -> isOf(rule, host.name()));
      if (rules.isEmpty() && !key.rules().isEmpty()) {
        remove(key.name());
      } else if (rules.size() < key.rules().size()) {
        done(key.with(rules), null);
      }
    }
  }

  private static boolean isOf(UpdateRule rule, Name host) {
    if (rule.touchesStatic()) {
      return false;
    }
    for (OwnerPattern owner : rule.owners()) {
      if (!(owner instanceof OwnerPattern.Exact exact && exact.name().equals(host))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Removes a key; the records that it made stay.
   *
   * @throws RegistryStoreException when it could not be stored; the key is still there
   */
  public synchronized KeyChange remove(Name name) {
    UpdateKey key = keys.get(name);
    if (key == null) {
      return new KeyChange.NoSuchKey(name);
    }
    store.remove(name);
    keys.remove(name);
    grants.remove(name);
    return new KeyChange.Done(key, null);
  }
}
