package net.homeport.registry.key;

import java.util.List;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/** Where keys are durable. Every change is on disk when the method returns. */
public interface KeyStore {
  /** All keys. */
  List<StoredKey> keys();

  /**
   * Keeps a key, in place of that of the same name.
   *
   * @throws RegistryStoreException when nothing was stored
   */
  void put(StoredKey key);

  /**
   * Removes a key with its secrets and rules.
   *
   * @throws RegistryStoreException when nothing was removed
   */
  void remove(Name name);
}
