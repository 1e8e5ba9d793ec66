package net.homeport.registry.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/** A store of keys in memory, which can be told to fail. */
public final class MemoryKeyStore implements KeyStore {
  private final Map<Name, StoredKey> keys = new LinkedHashMap<>();
  private boolean failing;

  /** From now on, changes fail or do not. */
  public synchronized void failing(boolean fails) {
    failing = fails;
  }

  private void failIfTold() {
    if (failing) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  @Override
  public synchronized List<StoredKey> keys() {
    return new ArrayList<>(keys.values());
  }

  @Override
  public synchronized void put(StoredKey key) {
    failIfTold();
    keys.put(key.name(), key);
  }

  @Override
  public synchronized void remove(Name name) {
    failIfTold();
    keys.remove(name);
  }
}
