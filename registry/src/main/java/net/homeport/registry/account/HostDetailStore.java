package net.homeport.registry.account;

import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * Where details of hosts are durable. Every change is on disk when the method returns; each throws
 * {@link net.homeport.registry.host.RegistryStoreException} when nothing was stored.
 */
public interface HostDetailStore {
  /** Keeps nothing: what is known lasts as long as the process. */
  HostDetailStore NONE =
      new HostDetailStore() {
        @Override
        public Map<Name, HostDetail> details() {
          return Map.of();
        }

        @Override
        public void putAll(Map<Name, HostDetail> details) {}

        @Override
        public void removeAll(Set<Name> names) {}
      };

  /** All that were kept. */
  Map<Name, HostDetail> details();

  /** Keeps the details of names, all together, whether or not hosts of those names exist yet. */
  void putAll(Map<Name, HostDetail> details);

  /** Forgets them, all together. */
  void removeAll(Set<Name> names);
}
