package net.homeport.registry.host;

import java.util.List;
import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Where hosts and credentials are durable. Every change is on disk when the method returns. */
public interface RegistryStore {
  /** All credentials. */
  List<Credential> credentials();

  /** All hosts. */
  List<Host> hosts();

  /**
   * Adds a host, and the credential made for it if it is new, together.
   *
   * @param credential null when the host joins a credential that exists
   * @throws RegistryStoreException when nothing was stored
   */
  void addHost(Host host, @Nullable Credential credential);

  /**
   * Removes a host, and its credential with it when no other host uses it.
   *
   * @throws RegistryStoreException when nothing was removed
   */
  void removeHost(Name name);
}
