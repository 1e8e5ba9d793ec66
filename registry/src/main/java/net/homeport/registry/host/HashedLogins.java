package net.homeport.registry.host;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials that sign by FreeDNS's name of their login, which names nobody. In memory only,
 * as hashes under the server's key, and nothing at all until it is first asked. Thread safe.
 */
final class HashedLogins {
  private final HostRegistry registry;
  private final RequestSignatures signatures;
  private final SecretHasher hasher;
  private final Map<Long, Entry> entries = new HashMap<>(); // guarded by this, as the next
  private final Map<SecretHash, Long> ids = new HashMap<>();
  private long known = -1;

  /** What was made of a profile, so that it is made once. */
  private record Entry(CredentialProfile profile, List<SecretHash> hashes) {}

  HashedLogins(HostRegistry registry, RequestSignatures signatures, SecretHasher hasher) {
    this.registry = registry;
    this.signatures = signatures;
    this.hasher = hasher;
  }

  /** The credential that this is the login of, or was; null if there is none. */
  synchronized @Nullable Credential find(String digest) {
    long version = registry.credentials().version();
    if (version != known) {
      refresh();
      known = version;
    }
    Long id = ids.get(hash(digest.toLowerCase(Locale.ROOT)));
    return id == null ? null : registry.credentials().numbered(id);
  }

  /** No secret has a blank in it, so none has this hash. */
  private SecretHash hash(String digest) {
    return hasher.hash("freedns login " + digest);
  }

  private void refresh() {
    Map<Long, Entry> before = Map.copyOf(entries);
    entries.clear();
    ids.clear();
    for (CredentialProfile profile : registry.credentials().profiles()) {
      Credential credential = registry.credentials().numbered(profile.credentialId());
      if (credential != null && !profile.signing().isEmpty()) {
        Entry entry = before.get(profile.credentialId());
        if (entry == null || !entry.profile.equals(profile)) {
          entry =
              new Entry(
                  profile,
                  signatures.loginDigests(credential.username(), profile).stream()
                      .map(this::hash)
                      .toList());
        }
        entries.put(profile.credentialId(), entry);
        entry.hashes.forEach(hash -> ids.put(hash, profile.credentialId()));
      }
    }
  }
}
