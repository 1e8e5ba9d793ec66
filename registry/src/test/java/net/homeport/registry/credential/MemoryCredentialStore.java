package net.homeport.registry.credential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.host.RegistryStoreException;

/** A store in memory, which can be told to fail. */
public final class MemoryCredentialStore implements CredentialStore {
  public final Map<Long, Credential> credentials = new ConcurrentHashMap<>();
  private final Map<Long, CredentialProfile> profiles = new ConcurrentHashMap<>();
  private final Map<Integer, int[]> uses = new ConcurrentHashMap<>();
  private volatile boolean failing;

  /** From now on, changes fail or do not. */
  public void failing(boolean fails) {
    failing = fails;
  }

  private void failIfTold() {
    if (failing) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  @Override
  public List<CredentialProfile> profiles() {
    return List.copyOf(profiles.values());
  }

  @Override
  public void add(Credential credential, CredentialProfile profile) {
    change(credential, profile);
  }

  @Override
  public void change(Credential credential, CredentialProfile profile) {
    failIfTold();
    credentials.put(credential.id(), credential);
    profiles.put(credential.id(), profile);
  }

  @Override
  public void remove(long credentialId) {
    failIfTold();
    credentials.remove(credentialId);
    profiles.remove(credentialId);
  }

  @Override
  public Map<Integer, int[]> uses() {
    return new HashMap<>(uses);
  }

  @Override
  public void saveUses(Map<Integer, int[]> pages) {
    failIfTold();
    uses.putAll(pages);
  }
}
