package net.homeport.app.assembly;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import net.homeport.nameserver.notify.NotifyDoor;
import net.homeport.nameserver.query.RequestDoors;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.key.SharedSecret;
import net.homeport.registry.key.UpdateKey;
import net.homeport.registry.policy.UpdatePolicy;
import net.homeport.registry.update.DnsUpdates;
import net.homeport.registry.update.SignedUpdateJudge;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteKeyStore;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/**
 * The keys that sign updates, joined: as the registry keeps them, as the name server verifies with
 * them, and what they may do.
 */
public final class UpdateKeys {
  private static final int MADE_MAX = 10_000;

  private final KeyRegistry registry;
  private final DnsUpdates updates;
  private final Map<Secret, TsigKey> made = new ConcurrentHashMap<>();

  private UpdateKeys(KeyRegistry registry, DnsUpdates updates) {
    this.registry = registry;
    this.updates = updates;
  }

  /**
   * Loads the keys.
   *
   * @param serverKey under which their secrets are encrypted
   * @throws net.homeport.registry.host.RegistryStoreException when they cannot be decrypted with it
   */
  static UpdateKeys open(
      SqliteDatabase database,
      byte[] serverKey,
      ZoneWriter writer,
      ZoneRoles roles,
      InstantSource clock,
      SecureRandom random,
      RejectedAttempts rejected,
      SignedUpdateJudge judge,
      BiConsumer<Name, Instant> heard) {
    var registry =
        new KeyRegistry(
            new SqliteKeyStore(database), new SecretCipher(serverKey, random), clock, random);
    return new UpdateKeys(
        registry,
        new DnsUpdates(
            new UpdatePolicy(registry, clock), writer, roles, clock, rejected, judge, heard));
  }

  /** Reads and decrypts all stored keys anew, and forgets them; throws what {@link #open} does. */
  static Runnable decryption(
      SqliteDatabase database, byte[] serverKey, InstantSource clock, SecureRandom random) {
    return () -> {
      var _ =
          new KeyRegistry(
              new SqliteKeyStore(database), new SecretCipher(serverKey, random), clock, random);
    };
  }

  /** The keys as they are kept. */
  public KeyRegistry registry() {
    return registry;
  }

  /** The door for updates that were verified. */
  public DnsUpdates updates() {
    return updates;
  }

  /** The keys as the name server verifies with them. */
  public TsigKeys tsigKeys() {
    return this::find;
  }

  private List<TsigKey> find(Name name) {
    UpdateKey key = registry.key(name);
    if (key == null || !(key.material() instanceof UpdateKey.Material.Shared shared)) {
      return List.of();
    }
    TsigAlgorithm algorithm = algorithm(shared.algorithm());
    return registry.validSecrets(name).stream()
        .map(secret -> made(key.name(), algorithm, secret.value()))
        .toList();
  }

  /** The same object for the same secret, so that it is set up once. */
  private TsigKey made(Name name, TsigAlgorithm algorithm, SharedSecret secret) {
    if (made.size() >= MADE_MAX) {
      made.clear(); // Keys that are gone are among them; the others are made again when needed.
    }
    return made.computeIfAbsent(
        new Secret(name, algorithm, secret),
        wanted -> new TsigKey(wanted.name(), wanted.algorithm(), wanted.secret().octets()));
  }

  private record Secret(Name name, TsigAlgorithm algorithm, SharedSecret secret) {}

  /** All that the name server asks of those who know the requestors. */
  RequestDoors doors(NotifyDoor notifies) {
    return new RequestDoors(tsigKeys(), this::publicKeys, updates, notifies);
  }

  private List<KEYRecord> publicKeys(Name name) {
    KEYRecord key = registry.publicHalf(name);
    return key == null ? List.of() : List.of(key);
  }

  private static TsigAlgorithm algorithm(HmacAlgorithm algorithm) {
    return switch (algorithm) {
      case HMAC_MD5 -> TsigAlgorithm.HMAC_MD5;
      case HMAC_SHA1 -> TsigAlgorithm.HMAC_SHA1;
      case HMAC_SHA224 -> TsigAlgorithm.HMAC_SHA224;
      case HMAC_SHA256 -> TsigAlgorithm.HMAC_SHA256;
      case HMAC_SHA384 -> TsigAlgorithm.HMAC_SHA384;
      case HMAC_SHA512 -> TsigAlgorithm.HMAC_SHA512;
    };
  }
}
