package net.homeport.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.key.KeyStore;
import net.homeport.registry.key.StoredKey;
import org.xbill.DNS.Name;

/** A store of keys that forgets all at the end of a test. */
public final class MemoryKeyStore implements KeyStore {
  private final Map<Name, StoredKey> keys = new ConcurrentHashMap<>();

  @Override
  public List<StoredKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public void put(StoredKey key) {
    keys.put(key.name(), key);
  }

  @Override
  public void remove(Name name) {
    keys.remove(name);
  }
}
