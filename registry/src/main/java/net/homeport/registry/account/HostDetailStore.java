package net.homeport.registry.account;

import java.util.Map;
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
        public void put(Name name, HostDetail detail) {}

        @Override
        public void remove(Name name) {}
      };

  /** All that were kept. */
  Map<Name, HostDetail> details();

  /** Keeps the detail of a name, whether or not a host of that name exists yet. */
  void put(Name name, HostDetail detail);

  /** Forgets it. */
  void remove(Name name);
}
