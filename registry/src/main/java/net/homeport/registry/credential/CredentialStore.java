package net.homeport.registry.credential;

import java.util.List;
import java.util.Map;

/**
 * Where what is special about credentials is durable, and when they were used. Every change is on
 * disk when the method returns; each throws {@code RegistryStoreException} when nothing was stored.
 */
public interface CredentialStore {
  /** The profiles of all credentials that have one. */
  List<CredentialProfile> profiles();

  /** Adds a credential that stands for itself. */
  void add(Credential credential, CredentialProfile profile);

  /** Keeps a credential's present secret and its profile, in place of those before. */
  void change(Credential credential, CredentialProfile profile);

  /** Removes a credential that has no host, with its profile. */
  void remove(long credentialId);

  /** What {@link #saveUses} kept, by number of the page. */
  Map<Integer, int[]> uses();

  /**
   * Keeps pages of {@link CredentialUses}.
   *
   * @param pages minutes since 1970 of each credential's last use, by number of the page
   */
  void saveUses(Map<Integer, int[]> pages);
}
