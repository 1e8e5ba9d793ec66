package net.homeport.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialStore;

/** A store of credentials that forgets all at the end of a test. */
public final class MemoryCredentialStore implements CredentialStore {
  private final Map<Long, CredentialProfile> profiles = new ConcurrentHashMap<>();

  @Override
  public List<CredentialProfile> profiles() {
    return List.copyOf(profiles.values());
  }

  @Override
  public void add(Credential credential, CredentialProfile profile) {
    profiles.put(profile.credentialId(), profile);
  }

  @Override
  public void change(Credential credential, CredentialProfile profile) {
    profiles.put(profile.credentialId(), profile);
  }

  @Override
  public void remove(long credentialId) {
    profiles.remove(credentialId);
  }

  @Override
  public Map<Integer, int[]> uses() {
    return new HashMap<>();
  }

  @Override
  public void saveUses(Map<Integer, int[]> pages) {}
}
