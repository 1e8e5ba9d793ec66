package net.homeport.registry.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.OlderSecret;
import net.homeport.registry.credential.SecretHash;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All credentials in memory, and what is special about few of them. Reads take no lock; whoever
 * changes it holds the lock of the {@link HostRegistry}.
 */
final class CredentialTable {
  private final Map<String, Credential> byUsername = new ConcurrentHashMap<>();
  private final Map<Long, Credential> byId = new ConcurrentHashMap<>();
  private final Map<SecretHash, Credential> byHash = new ConcurrentHashMap<>();
  private final Map<Long, CredentialProfile> profiles = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  /** Credentials by the hosts that their profiles name one by one; under the registry's lock. */
  private final Map<Name, Set<Long>> listing = new HashMap<>();

  private long lastId;

  /** User names are host names as a rule, so their letter case does not matter. */
  private static String usernameKey(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  @Nullable Credential named(String username) {
    return byUsername.get(usernameKey(username));
  }

  @Nullable Credential numbered(long id) {
    return byId.get(id);
  }

  /** The credential that has this secret, or had it. */
  @Nullable Credential withSecret(SecretHash hash) {
    return byHash.get(hash);
  }

  /** What is special about it; null if nothing is. */
  @Nullable CredentialProfile profile(long id) {
    // Most servers have none, and a look-up would box the number.
    return profiles.isEmpty() ? null : profiles.get(id);
  }

  /** A number that grows with each change of a profile. */
  long version() {
    return version.get();
  }

  Collection<Credential> all() {
    return byId.values();
  }

  Collection<CredentialProfile> profiles() {
    return profiles.values();
  }

  /** The profiles that name this host itself; under the registry's lock. */
  List<CredentialProfile> listing(Name host) {
    return listing.getOrDefault(host, Set.of()).stream()
        .map(profiles::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private void list(CredentialProfile profile) {
    for (Name host : named(profile)) {
      listing.computeIfAbsent(host, _ -> new HashSet<>()).add(profile.credentialId());
    }
  }

  private void unlist(CredentialProfile profile) {
    for (Name host : named(profile)) {
      listing.computeIfPresent(
          host,
          (_, ids) -> {
            ids.remove(profile.credentialId());
            return ids.isEmpty() ? null : ids;
          });
    }
  }

  private static List<Name> named(CredentialProfile profile) {
    return profile.scope().names() instanceof NameScope.Listed listed
        ? listed.entries().stream()
            .filter(entry -> !entry.subtree())
            .map(NameScope.Entry::name)
            .toList()
        : List.of();
  }

  /** No new credential has this number, or a lower one, although what had it may be gone. */
  void given(long id) {
    lastId = Math.max(lastId, id);
  }

  /** The number of the next new credential, which none ever had. */
  long nextId() {
    return lastId + 1;
  }

  /** Adds it, or puts it in place of that of its number. */
  void put(Credential credential) {
    Credential before = byId.put(credential.id(), credential);
    byUsername.put(usernameKey(credential.username()), credential);
    byHash.put(credential.secretHash(), credential);
    if (before != null && !before.secretHash().isSame(credential.secretHash())) {
      byHash.remove(before.secretHash());
    }
    given(credential.id());
  }

  /** Puts a credential and its profile in place of those before. */
  void put(Credential credential, CredentialProfile profile) {
    CredentialProfile before = profiles.get(credential.id());
    if (before != null) {
      before.older().forEach(older -> byHash.remove(older.hash()));
      unlist(before);
    }
    put(credential);
    for (OlderSecret older : profile.older()) {
      byHash.put(older.hash(), credential);
    }
    profiles.put(credential.id(), profile);
    version.incrementAndGet();
    list(profile);
  }

  void remove(Credential credential) {
    byId.remove(credential.id());
    byUsername.remove(usernameKey(credential.username()));
    byHash.remove(credential.secretHash());
    CredentialProfile profile = profiles.remove(credential.id());
    if (profile != null) {
      profile.older().forEach(older -> byHash.remove(older.hash()));
      version.incrementAndGet();
      unlist(profile);
    }
  }
}
