package net.homeport.registry.host;

import java.util.List;
import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Where hosts and credentials are durable. Every change is on disk when the method returns. */
public interface RegistryStore {
  /** All credentials. */
  List<Credential> credentials();

  /** The highest number that a credential has or ever had, also one that is gone; 0 for none. */
  long lastCredentialId();

  /** All hosts. */
  List<Host> hosts();

  /**
   * Adds hosts, and the credentials made for them, all together.
   *
   * @throws RegistryStoreException when nothing was stored
   */
  void addHosts(List<HostEntry> entries);

  /** As {@link #addHosts}, one. */
  default void addHost(Host host, @Nullable Credential made) {
    addHosts(List.of(new HostEntry(host, made)));
  }

  /**
   * Removes a host, and its credential with it when no other host uses it.
   *
   * @throws RegistryStoreException when nothing was removed
   */
  void removeHost(Name name);
}
